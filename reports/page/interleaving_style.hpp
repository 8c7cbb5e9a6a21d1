// The style sheets of the interleaving page: one for the drawing with its key and its table, which
// other pages may hold too, and one for the page around them. They refer to nothing outside the
// page, and nothing is told by colour alone: a shape or a word tells it too.
#ifndef AWLAB_REPORTS_PAGE_INTERLEAVING_STYLE_HPP_
#define AWLAB_REPORTS_PAGE_INTERLEAVING_STYLE_HPP_

#include <string_view>

namespace awlab::reports {

/// Colours, also for the page around, and everything that interleaving_figure(), its legend and
/// interleaving_table() need beside the page's own style of tables.
inline constexpr std::string_view kFigureStyle = R"css(
:root {
  color-scheme: light dark;
  --page: #fff; --text: #1b1f24; --soft: #59636e; --line: #d0d7de; --panel: #f6f8fa;
  --atomic: #dbeafe; --atomic-edge: #6b97d6; --plain: #e8eaed; --plain-edge: #8b949e;
  --decisive: #fff1c2; --decisive-edge: #8a5a00; --arrow: #4a6fa5; --stale: #c01c28; --ok: #1a7f37;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #11151a; --text: #e6edf3; --soft: #9da7b3; --line: #323a44; --panel: #1a2027;
    --atomic: #1c3557; --atomic-edge: #5a8fd6; --plain: #2b323b; --plain-edge: #7d8793;
    --decisive: #4a3a0c; --decisive-edge: #f0b93a; --arrow: #8ab4f0; --stale: #ff7b7b;
    --ok: #56d364;
  }
}
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0 0 .5rem; padding: 0;
  list-style: none; color: var(--soft); font-size: .85rem; }
.legend svg { vertical-align: -.2em; margin-right: .35rem; }
.figure { display: block; margin: 0 auto; }
.figure text { fill: var(--text); font: 12px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas,
  monospace; text-anchor: middle; }
.lane { stroke: var(--line); stroke-width: 2; }
.switch { stroke: var(--soft); stroke-dasharray: 1 5; stroke-linecap: round; }
.figure text.head { font-size: 13px; font-weight: 700; }
.figure text.who, .figure text.number { fill: var(--soft); font-size: 11px; }
.figure text.number { text-anchor: end; }
.figure text.who, .figure text.event { paint-order: stroke; stroke: var(--page); stroke-width: 5px;
  stroke-linejoin: round; }
.figure text.event { fill: var(--soft); }
.figure text.operation { font-weight: 700; }
.figure text.warn { fill: var(--stale); font-weight: 700; }
.atomic { fill: var(--atomic); stroke: var(--atomic-edge); }
.plain { fill: var(--plain); stroke: var(--plain-edge); }
.decisive rect { fill: var(--decisive); stroke: var(--decisive-edge); stroke-width: 3; }
.decisive text.number, .decisive text.event { fill: var(--text); font-weight: 700; stroke: none; }
.mark { fill: var(--decisive-edge); stroke: var(--page); }
.arrow, .key { fill: none; stroke: var(--arrow); stroke-width: 1.5; }
.tip { fill: var(--arrow); stroke: none; }
.arrow.stale, .key.stale { stroke: var(--stale); stroke-width: 3; stroke-dasharray: 7 3; }
.arrow.stale .tip, .tip.stale { fill: var(--stale); }
tr.decisive { background: var(--decisive); }
tr.decisive > th { box-shadow: inset .3rem 0 var(--decisive-edge); }
tr.switch > * { border-top: 2px dotted var(--soft); }
tr.row strong { color: var(--stale); }
tr.decisive strong { color: inherit; }
)css";

/// The style of the page, used together with kFigureStyle.
inline constexpr std::string_view kInterleavingStyle = R"css(
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 90rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: .25rem 0 .75rem; }
h2 { font-size: 1.15rem; margin: 1.75rem 0 .5rem; }
a { color: var(--arrow); }
code, pre, td { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
.verdict { margin: 0; padding: .5rem .75rem; border-left: .3rem solid var(--stale);
  background: var(--panel); font-weight: 600; }
.verdict.none { border-color: var(--ok); }
.verdict span { font-weight: 400; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: .75rem 0; }
dt { color: var(--soft); }
dd { margin: 0; min-width: 0; }
.chain { margin: .5rem 0; padding-left: 2rem; }
.chain li { padding: .1rem 0; }
pre { margin: .25rem 0; padding: .5rem .75rem; background: var(--panel); overflow-x: auto;
  border: 1px solid var(--line); border-radius: .3rem; white-space: pre-wrap; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: .3rem; }
.scroll:focus-visible { outline: 3px solid var(--arrow); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-size: .85rem; }
caption { text-align: left; padding: .5rem; color: var(--soft); }
th, td { padding: .2rem .5rem; border-bottom: 1px solid var(--line); text-align: left;
  vertical-align: top; }
thead th { background: var(--panel); }
td { max-width: 24rem; overflow-wrap: break-word; }
th { overflow-wrap: normal; }
@media (max-width: 40rem) {
  body { padding: .6rem; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .5rem; }
}
)css";

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_PAGE_INTERLEAVING_STYLE_HPP_
