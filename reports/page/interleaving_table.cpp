#include "reports/page/interleaving_table.hpp"

#include <fmt/format.h>

#include "reports/page/interleaving_text.hpp"

namespace awlab::reports {
namespace {

void write_row(std::string& out, std::span<const TraceStep> steps, std::span<const Reading> seen,
               std::size_t index) {
  const TraceStep& step = steps[index];
  const bool decisive = step.note == kDecisive;
  const auto put = [&]<class... Args>(fmt::format_string<Args...> format, Args&&... args) {
    out += fmt::format(format, std::forward<Args>(args)...);
  };
  const auto cell = [&](std::string_view text) { put("<td>{}</td>", escaped(text)); };
  put("<tr class=\"row{}{}\"><th scope=\"row\">{}</th>", decisive ? " decisive" : "",
      is_switch(steps, index) ? " switch" : "", step.step);
  cell(step.thread_name);
  cell(step.call);
  cell(step.operation);
  cell(step.order.value_or(""));
  cell(step.object);
  cell(step.value_read.value_or(""));
  cell(step.value_written.value_or(""));
  put("<td>{}", step.reads_from ? fmt::format("step {}", *step.reads_from) : "");
  if (seen[index].skipped) {
    put(" <strong>stale: skips step {}</strong>", steps[*seen[index].skipped].step);
  }
  out += "</td>";
  cell(step.site);
  cell(decisive ? "◆ decisive" : step.note);
  out += "</tr>\n";
}

}  // namespace

const std::string_view kInterleavingLegend = R"html(<ul class="legend">
<li><svg width="26" height="16" aria-hidden="true"><rect class="atomic" x="1" y="1" width="24" height="14" rx="4"/></svg>atomic access</li>
<li><svg width="26" height="16" aria-hidden="true"><rect class="plain" x="1" y="1" width="24" height="14" rx="4"/></svg>plain access</li>
<li><svg width="30" height="20" aria-hidden="true"><g class="decisive"><rect x="6" y="5" width="22" height="13" rx="4"/></g><path class="mark" d="M8 0l6 6-6 6-6-6z"/></svg>decisive step</li>
<li><svg width="30" height="12" aria-hidden="true"><path class="key" d="M0 6h22"/><path class="tip" d="M30 6l-9-5v10z"/></svg>a read sees this write</li>
<li><svg width="36" height="12" aria-hidden="true"><path class="key stale" d="M0 6h28"/><path class="tip stale" d="M36 6l-9-5v10z"/></svg>stale: there was a later write</li>
<li><svg width="30" height="12" aria-hidden="true"><path class="switch" d="M2 6h26"/></svg>context switch</li>
</ul>
)html";

std::string interleaving_table(std::span<const TraceStep> steps, std::span<const Reading> seen) {
  std::string out = "<table>\n<caption>Every step in order of execution</caption>\n<thead><tr>";
  for (const char* head : {"Step", "Thread", "In call", "Operation", "Order", "Object", "Read",
                           "Written", "Reads from", "Where", "Note"}) {
    out += fmt::format("<th scope=\"col\">{}</th>", head);
  }
  out += "</tr></thead>\n<tbody>\n";
  for (std::size_t i = 0; i < steps.size(); ++i) write_row(out, steps, seen, i);
  out += "</tbody>\n</table>\n";
  return out;
}

}  // namespace awlab::reports
