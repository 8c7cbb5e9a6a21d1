// The charts. Each function takes the numbers and a width in pixels and returns elements. Colours
// are the page's variables, so that they follow light and dark; each line also has a symbol of its
// own. All text is inserted as text, because names come from reports that anyone may have written.
//
// The library is Observable Plot: it draws SVG, which follows the style sheet, prints, and has a
// name for people who cannot see it. It costs 240 kB in the page; uPlot, which paints a canvas,
// costs 50.
import {axisX, axisY, dot, gridY, line, plot, ruleX, tickX} from '@observablehq/plot';

const colours = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `var(--c${n})`);
// All symbols are filled, to stand out from a line; the open cross means "still alive".
const symbols = ['circle', 'square', 'triangle', 'diamond', 'star', 'cross', 'wye'];
const verdicts = ['fail', 'inconclusive', 'pass'];
const verdictColours = ['var(--bad)', 'var(--unsure)', 'var(--good)'];
const verdictSymbols = ['times', 'triangle', 'circle'];
// With more values than this, their marks would hide the line.
const mostDots = 60;

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// The time scale. A margin keeps it from having no length if there is one run, or if all runs began
// at once.
function timeScale(trends, width) {
  const times = trends.runs.map(([time]) => Date.parse(time));
  const first = Math.min(...times);
  const last = Math.max(...times);
  const margin = first === last ? 12 * 3600e3 : (last - first) * 0.015;
  return {type: 'utc', domain: [new Date(first - margin), new Date(last + margin)],
          ticks: Math.max(2, Math.floor(width / 130))};
}

function drawing(label, width, options) {
  const svg = plot({width, marginLeft: 64, marginRight: 12, marginTop: 14, marginBottom: 28,
                    style: {background: 'none', color: 'var(--soft)', fontSize: '12px',
                            fontFamily: 'inherit', overflow: 'visible'},
                    ...options});
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', label);
  // Nothing inside an image has a name of its own; the library names every group.
  for (const group of svg.querySelectorAll('[aria-label]')) {
    group.dataset.mark = group.getAttribute('aria-label');
    group.removeAttribute('aria-label');
  }
  return svg;
}

function legend(names, withCross) {
  const sign = (symbol, colour) => {
    const svg = plot({width: 14, height: 14, margin: 0, axis: null, x: {domain: [0, 1]},
                      y: {domain: [0, 1]}, symbol: {domain: [symbol], range: [symbol]},
                      marks: [dot([symbol], {x: 0.5, y: 0.5, r: 4, symbol: (s) => s, stroke: colour,
                                             fill: colour})]});
    svg.setAttribute('aria-hidden', 'true');
    return svg;
  };
  const list = element('ul', {class: 'key-list'});
  names.forEach((name, i) => {
    const symbol = symbols[i % symbols.length];
    list.append(element('li', {}, sign(symbol, colours[i % colours.length]), name));
  });
  if (withCross) list.append(element('li', {}, sign('times', 'var(--bad)'), 'still alive'));
  return list;
}

// A power of ten in a few characters: 0.01, 1, 100, 10 k, 1 M.
function power(value) {
  if (value >= 1e9) return `${value / 1e9} G`;
  if (value >= 1e6) return `${value / 1e6} M`;
  if (value >= 1e4) return `${value / 1e3} k`;
  return String(value);
}

// Whole powers of ten around the values. Zero has no logarithm and is drawn at the lower end.
function logScale(values) {
  const positive = values.filter((value) => value > 0);
  const low = positive.length > 0 ? Math.min(...positive) : 0.1;
  const high = positive.length > 0 ? Math.max(...positive) : 1;
  const from = Math.floor(Math.log10(low));
  const to = Math.max(from + 1, Math.ceil(Math.log10(high)));
  const step = Math.max(1, Math.ceil((to - from) / 5));
  const ticks = [];
  for (let n = from; n <= to; n += step) ticks.push(Number(`1e${n}`));
  return {floor: Number(`1e${from}`), ticks,
          scale: {type: 'log', domain: [Number(`1e${from}`), Number(`1e${to}`)], label: null}};
}

function axes(scale) {
  return [gridY(scale.ticks, {stroke: 'var(--line)', strokeOpacity: 1}),
          axisY(scale.ticks, {tickFormat: power, tickSize: 0, label: null}),
          axisX({label: null, tickSize: 4})];
}

// Lines with a symbol on each value. `series`: [{name, values}], null where a run has no value.
function seriesMarks(trends, series, floor) {
  return series.flatMap(({name, values, alive = []}, i) => {
    const colour = colours[i % colours.length];
    const points = values.map((value, run) => ({
      at: new Date(trends.runs[run][0]),
      value: value === null ? NaN : Math.max(value, floor),
      text: `${name}, ${trends.runs[run][0].slice(0, 10)}: ${value}`,
    }));
    const known = points.filter((point, run) => !Number.isNaN(point.value) && !alive.includes(run));
    const marks = [line(points, {x: 'at', y: 'value', stroke: colour, strokeWidth: 1.5})];
    const shown = known.length <= mostDots ? known : known.slice(-1);
    marks.push(dot(shown, {x: 'at', y: 'value', r: 4, fill: colour, stroke: 'var(--page)',
                           strokeWidth: 0.75, symbol: symbols[i % symbols.length], title: 'text'}));
    marks.push(dot(alive.map((run) => points[run]),
                   {x: 'at', y: 'value', r: 4.5, symbol: 'times', stroke: 'var(--bad)',
                    strokeWidth: 2, title: 'text'}));
    return marks;
  });
}

export function drawVerdicts(trends, width) {
  if (trends.runs.length === 0) return [element('p', {class: 'nothing'}, 'There is no run.')];
  const runs = trends.runs.map(([time, verdict, findings]) => ({
    at: new Date(time), verdict, findings,
    text: `${time.slice(0, 10)}: ${verdict}, findings: ${findings}`,
  }));
  const x = timeScale(trends, width);
  const many = runs.length > mostDots;
  const strip = drawing('Verdict of each run over time', width, {
    height: 110, marginLeft: 96, x,
    y: {type: 'band', domain: verdicts, label: null, padding: 0.3},
    marks: [
      gridY({stroke: 'var(--line)', strokeOpacity: 1}), axisY({tickSize: 0, label: null}),
      axisX({label: null, tickSize: 4}),
      // A year of symbols would run together; strokes do not.
      ...verdicts.map((verdict, i) => {
        const some = runs.filter((run) => run.verdict === verdict);
        const look = {x: 'at', y: 'verdict', stroke: verdictColours[i], strokeWidth: 2, title: 'text'};
        return many ? tickX(some, {...look, strokeWidth: Math.max(1, width / runs.length / 2)})
                    : dot(some, {...look, r: 4, symbol: verdictSymbols[i]});
      }),
    ],
  });
  const most = Math.max(1, ...runs.map((run) => run.findings));
  const counts = [...new Set([0, Math.ceil(most / 2), most])];
  const bars = drawing('Findings of each run over time', width, {
    height: 110, marginLeft: 96, x, y: {domain: [0, most], label: null},
    marks: [
      gridY(counts, {stroke: 'var(--line)', strokeOpacity: 1}),
      axisY(counts, {tickSize: 0, label: null, tickFormat: (n) => `${n}`}),
      axisX({label: null, tickSize: 4}),
      ruleX(runs, {x: 'at', y1: 0, y2: 'findings', stroke: 'var(--c1)', title: 'text',
                   strokeWidth: Math.max(1.5, Math.min(10, width / runs.length / 2))}),
    ],
  });
  return [strip, element('p', {class: 'panel'}, 'Findings'), bars];
}

export function drawRates(trends, width) {
  const series = trends.rates.map(({lane, values}) => ({name: lane, values}));
  if (series.length === 0) return [element('p', {class: 'nothing'}, 'No lane has run.')];
  const scale = logScale(series.flatMap(({values}) => values.filter((v) => v !== null)));
  const svg = drawing('Executions per second of each lane over time', width, {
    height: 280, x: timeScale(trends, width), y: scale.scale,
    marks: [...axes(scale), ...seriesMarks(trends, series, scale.floor)],
  });
  return [legend(series.map(({name}) => name), false), svg];
}

export function drawCanaries(trends, width) {
  if (trends.canaries.length === 0) {
    return [element('p', {class: 'nothing'}, 'No lane had a canary.')];
  }
  const faults = [...new Set(trends.canaries.map(({fault}) => fault))];
  const lanes = [...new Set(trends.canaries.map(({lane}) => lane))];
  const scale = logScale(
      trends.canaries.flatMap(({seconds}) => seconds.filter((v) => v !== null)));
  const anyAlive = trends.canaries.some(({alive}) => alive.length > 0);
  const x = timeScale(trends, width);
  const panels = lanes.flatMap((lane) => {
    // Each fault has one index, and so one colour and one symbol in all panels.
    const series = faults.map((fault) => {
      const found = trends.canaries.find((one) => one.lane === lane && one.fault === fault);
      return {name: fault, values: found ? found.seconds : trends.runs.map(() => null),
              alive: found ? found.alive : []};
    });
    return [
      element('p', {class: 'panel'}, lane),
      drawing(`Seconds until each canary of ${lane} was killed, over time`, width, {
        height: 150, x, y: scale.scale,
        marks: [...axes(scale), ...seriesMarks(trends, series, scale.floor)],
      }),
    ];
  });
  return [legend(faults, anyAlive), ...panels];
}
