// The page's script: it draws the charts from the numbers in #trends-data and adds the copy
// buttons. The page shows everything without it, so an error here must cost no more than a chart.
import {drawCanaries, drawRates, drawVerdicts} from './charts.mjs';
import {addCopyButtons} from './copy.mjs';

const charts = {verdicts: drawVerdicts, rates: drawRates, canaries: drawCanaries};

function drawAll(trends) {
  for (const box of document.querySelectorAll('[data-chart]')) {
    const width = Math.floor(box.getBoundingClientRect().width);
    box.replaceChildren(...charts[box.dataset.chart](trends, width));
  }
}

// Charts are as wide as the page, so a new width redraws them; a new height (a phone's keyboard,
// say) does not.
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
