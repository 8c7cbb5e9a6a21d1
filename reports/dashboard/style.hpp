// The style sheet of the dashboard, beside kFigureStyle, whose colours it shares. Nothing is told
// by colour alone, and the page is as wide as its window: only tables and drawings scroll, in boxes
// of their own.
#ifndef AWLAB_REPORTS_DASHBOARD_STYLE_HPP_
#define AWLAB_REPORTS_DASHBOARD_STYLE_HPP_

#include <string_view>

namespace awlab::reports {

inline constexpr std::string_view kDashboardStyle = R"css(
:root {
  --good: #116329; --good-back: #e3f4e7; --bad: #a40e26; --bad-back: #fdeaea;
  --unsure: #7a4b00; --unsure-back: #fdf2d6; --link: #1f5aa8; --rule: #e3e7ec;
  --c1: #1f5aa8; --c2: #a84300; --c3: #12703f; --c4: #8a3ea8; --c5: #7a5c00; --c6: #a02060;
  --c7: #0b6b77; --c8: #5a5f6a;
  --h1: #eaf3fb; --h2: #cfe3f5; --h3: #a6cbeb; --h4: #74aede; --h5: #2f6fae; --h6: #174a80;
}
@media (prefers-color-scheme: dark) {
  :root {
    --good: #6fd58a; --good-back: #14301d; --bad: #ff9a9a; --bad-back: #3d1a1e;
    --unsure: #f0c060; --unsure-back: #362a10; --link: #8ab4f0; --rule: #262d36;
    --c1: #8ab4f0; --c2: #f0a070; --c3: #6fd58a; --c4: #d0a0f0; --c5: #e0c060; --c6: #f090b8;
    --c7: #60cfd8; --c8: #b0b6c0;
    --h1: #16222f; --h2: #1a3048; --h3: #1e4063; --h4: #245382; --h5: #77b0e6; --h6: #b5d8f8;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: 3.5rem; }
body { margin: 0; background: var(--page); color: var(--text); overflow-wrap: anywhere;
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif;
  font-variant-numeric: tabular-nums; }
main, nav ul, footer { max-width: 76rem; margin: 0 auto; padding: 0 1.5rem; }
main:focus { outline: none; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: .2rem; }
a { color: var(--link); text-underline-offset: .15em; }
.skip { position: absolute; left: -100vw; top: 0; z-index: 2; padding: .5rem 1rem;
  background: var(--page); }
.skip:focus { left: .5rem; top: .25rem; }
nav { position: sticky; top: 0; z-index: 1; background: var(--page);
  border-bottom: 1px solid var(--line); }
nav ul { display: flex; flex-wrap: wrap; gap: 0 1.25rem; list-style: none;
  padding-top: .5rem; padding-bottom: .5rem; font-size: .9rem; }
nav a { color: var(--soft); text-decoration: none; display: inline-block; padding: .15rem 0; }
nav a:hover { color: var(--text); text-decoration: underline; }
#verdict { margin-top: 2.5rem; }
.lab { margin: 0; color: var(--soft); font-size: .9rem; }
h1 { margin: .1rem 0 1rem; line-height: 1.15; font-size: 1.5rem; font-weight: 500; display: flex;
  flex-wrap: wrap; align-items: baseline; gap: .25rem 1.25rem; }
.word { font-size: clamp(2.5rem, 9vw, 4.25rem); font-weight: 700; letter-spacing: -.02em; }
.pass .word { color: var(--good); }
.fail .word { color: var(--bad); }
.inconclusive .word { color: var(--unsure); }
.lead { font-size: 1.1rem; margin: 0 0 .75rem; max-width: 75ch; }
.reasons { margin: 0 0 1rem; padding-left: 1.25rem; }
section { margin-top: 3.5rem; }
h2 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 .75rem; padding-top: .75rem;
  border-top: 1px solid var(--line); }
h3 { font-size: 1.1rem; line-height: 1.35; margin: 2rem 0 .5rem; }
h4 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
p { margin: 0 0 .75rem; max-width: 75ch; }
time { white-space: nowrap; }
.label { margin: 1rem 0 .25rem; color: var(--soft); font-size: .875rem; }
.nothing, .soft { color: var(--soft); }
code, pre { font: .875em/1.5 ui-monospace, "SF Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(21rem, 100%), 1fr));
  gap: .5rem 2rem; margin: 1rem 0; font-size: .9rem; }
.facts > div { border-top: 1px solid var(--rule); padding-top: .35rem; }
dt { color: var(--soft); font-size: .8125rem; }
dd { margin: 0; }
.badge { display: inline-block; padding: 0 .45rem; border-radius: .25rem; white-space: nowrap;
  font-size: .875em; font-weight: 600; }
.badge.good { color: var(--good); background: var(--good-back); }
.badge.bad { color: var(--bad); background: var(--bad-back); }
.badge.unsure { color: var(--unsure); background: var(--unsure-back); }
.badge.quiet { color: var(--soft); background: var(--panel); font-weight: 400; }
.scroll { overflow-x: auto; margin: .75rem 0; border: 1px solid var(--line); border-radius: .35rem; }
details .scroll { max-height: 32rem; overflow-y: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; line-height: 1.45; }
caption { text-align: left; padding: .6rem .75rem; color: var(--soft); font-size: .875rem; }
th, td { padding: .4rem .75rem; border-top: 1px solid var(--rule); text-align: left;
  vertical-align: top; overflow-wrap: normal; }
thead th { background: var(--panel); font-size: .8125rem; font-weight: 600; white-space: nowrap;
  border-bottom: 1px solid var(--line); }
tbody th { font-weight: 600; }
td, tbody th { max-width: 26rem; overflow-wrap: break-word; }
thead th { max-width: 16rem; overflow: hidden; text-overflow: ellipsis; }
.number { text-align: right; white-space: nowrap; }
.sum > * { border-top: 2px solid var(--line); font-weight: 600; }
.change { display: block; color: var(--soft); font-weight: 400; font-size: .8125rem;
  min-width: 14rem; }
.plain-list { margin: 0; padding: 0; list-style: none; }
.plain-list li + li { margin-top: .25rem; }
details { margin: .75rem 0; }
summary { cursor: pointer; color: var(--link); width: fit-content; }
.finding { margin: 1.5rem 0; padding: 0 1.25rem 1rem; border: 1px solid var(--line);
  border-left-width: .3rem; border-radius: .35rem; }
.finding.new, .finding.ongoing { border-left-color: var(--bad); }
.finding.rare { border-left-color: var(--unsure); }
.finding.resolved { border-left-color: var(--good); }
.finding h3 { margin-top: 1rem; }
.finding h3 code { color: var(--soft); font-weight: 400; }
.chain { margin: .25rem 0 .75rem; padding-left: 1.75rem; }
pre { margin: 0 0 .75rem; padding: .6rem .8rem; background: var(--panel); white-space: pre-wrap;
  border: 1px solid var(--line); border-radius: .35rem; max-width: 100%; }
.command { user-select: all; }
.copy { margin-bottom: .75rem; padding: .25rem .8rem; font: inherit; font-size: .875rem;
  color: var(--text); background: var(--page); border: 1px solid var(--soft); border-radius: .35rem;
  cursor: pointer; }
.copy:hover { background: var(--panel); }
.tall { max-height: 44rem; overflow: auto; }
.steps td { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace;
  font-size: .8125rem; }
.note { font-size: .75rem; vertical-align: super; padding: 0 .25rem; }
.notes { font-size: .875rem; color: var(--soft); padding-left: 1.75rem; }
.notes li:target { color: var(--text); background: var(--unsure-back); }
.outcome { white-space: nowrap; }
.heat { color: var(--text); }
td.heat { border-left: 1px solid var(--page); }
.h0 { color: var(--soft); background: repeating-linear-gradient(135deg, var(--page) 0 6px,
  var(--panel) 6px 8px); }
.h1 { background: var(--h1); } .h2 { background: var(--h2); } .h3 { background: var(--h3); }
.h4 { background: var(--h4); }
.h5 { background: var(--h5); color: var(--page); } .h6 { background: var(--h6); color: var(--page); }
.heat-key { display: flex; flex-wrap: wrap; gap: .25rem; align-items: center; font-size: .8125rem;
  color: var(--soft); }
.heat-key .heat { padding: .1rem .5rem; min-width: 3.2rem; text-align: center; }
em { font-style: normal; font-weight: 400; font-size: .75rem; color: var(--soft);
  border: 1px solid var(--line); border-radius: .25rem; padding: 0 .3rem; white-space: nowrap; }
.share { min-width: 11rem; }
.bar { display: block; height: .5rem; min-width: 2px; border-radius: 1px; background: var(--c1); }
.bar.none { background: none; }
figure { margin: .5rem 0; }
figcaption { color: var(--soft); font-size: .875rem; max-width: 75ch; }
.chart { margin: .5rem 0 1rem; min-height: 1px; }
.chart svg { display: block; max-width: 100%; overflow: visible; }
.chart .panel { font-size: .8125rem; font-weight: 600; margin: 1rem 0 .25rem; max-width: none; }
.key-list { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; margin: .35rem 0; padding: 0;
  list-style: none; font-size: .8125rem; }
.key-list svg { display: inline-block; vertical-align: -.15em; margin-right: .35rem; }
.skipped { font-size: .875rem; }
footer { margin-top: 4rem; padding-bottom: 3rem; color: var(--soft); font-size: .875rem; }
@media (max-width: 40rem) {
  main, nav ul, footer { padding-left: .9rem; padding-right: .9rem; }
  nav { position: static; }
  html { scroll-padding-top: 0; }
  .finding { padding: 0 .8rem .75rem; }
  section { margin-top: 2.75rem; }
}
@media print {
  nav, .skip, .copy { display: none; }
  body { font-size: 10pt; }
  .scroll, .tall, details .scroll { overflow: visible; max-height: none; border: 0; }
  section, .finding { break-inside: auto; }
  tr, figure, h2, h3 { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  .badge, .heat, .bar { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
@media (forced-colors: active) {
  .bar { forced-color-adjust: none; }
}
)css";

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_DASHBOARD_STYLE_HPP_
