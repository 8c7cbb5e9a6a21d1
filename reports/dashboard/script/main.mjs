// The page's script: it draws the charts from the numbers in #trends-data and adds the buttons that
// copy. The page says everything without it; so a fault in here must cost no more than a chart.
import {drawCanaries, drawRates, drawVerdicts} from './charts.mjs';
import {addCopyButtons} from './copy.mjs';

const charts = {verdicts: drawVerdicts, rates: drawRates, canaries: drawCanaries};

function drawAll(trends) {
  for (const box of document.querySelectorAll('[data-chart]')) {
    const width = Math.floor(box.getBoundingClientRect().width);
    box.replaceChildren(...charts[box.dataset.chart](trends, width));
  }
}

// Charts have the width of the page, so a new width draws them anew; a new height (the keyboard of a
// phone, say) does not.
function redrawOnResize(trends) {
  let width = document.documentElement.clientWidth;
  let waiting = 0;
  addEventListener('resize', () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => {
      if (width === document.documentElement.clientWidth) return;
      width = document.documentElement.clientWidth;
      drawAll(trends);
    });
  });
}

addCopyButtons(document.querySelectorAll('pre.command'));
const trends = JSON.parse(document.getElementById('trends-data').textContent);
drawAll(trends);
redrawOnResize(trends);
