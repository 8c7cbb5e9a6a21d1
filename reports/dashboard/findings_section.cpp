// The findings, the most urgent first, each with everything that a person needs in the morning: the
// failure, its cause, the command that shows it again, and the interleaving.
#include <algorithm>
#include <functional>
#include <span>

#include "core/contract/contract.hpp"
#include "core/support/as_size.hpp"
#include "reports/dashboard/finding_states.hpp"
#include "reports/dashboard/sections.hpp"
#include "reports/model/explanation.hpp"
#include "reports/page/interleaving_figure.hpp"
#include "reports/page/interleaving_table.hpp"

namespace awlab::reports {
namespace {

// The page must stay small enough to open, whatever a report holds. It tells how much was left out.
constexpr std::size_t kMostFindings = 40;
constexpr std::size_t kMostSteps = 300;
constexpr std::size_t kMostEarlier = 100;

std::string state_badge(State state) {
  switch (state) {
    case State::kNew:
      return badge("bad", "●", "new");
    case State::kOngoing:
      return badge("bad", "◐", "ongoing");
    case State::kRare:
      return badge("unsure", "○", "rare");
    case State::kResolved:
      break;
  }
  return badge("good", "✓", "resolved");
}

// The rule as text: "P1, no missed wake-up: a consumer that …"
std::string law_of(std::string_view id) {
  const auto* const property = std::ranges::find(kProperties, id, &PropertyInfo::id);
  if (property == kProperties.end()) return "none of the contract's";
  return fmt::format("{}, {}: {}", property->id, property->name, property->law);
}

std::string lanes_of(const Finding& finding) {
  std::string text = finding.lane;
  for (const std::string& lane : finding.also_in) text += ", also in " + lane;
  return text;
}

std::string replay_of(const Replay& replay) {
  if (replay.n == 0) return "not tried";
  return fmt::format("in {} of {} replays", replay.k, replay.n);
}

std::string schedule_of(const Finding& finding) {
  if (!finding.schedule) return {};
  return fmt::format("{}, {}{}", plural(finding.schedule->steps, "step"),
                     plural(finding.schedule->context_switches, "context switch", "es"),
                     finding.schedule->minimized ? ", minimized" : "");
}

void write_trace(Html& html, const std::vector<TraceStep>& trace, std::size_t number) {
  if (trace.empty()) return;
  const std::span<const TraceStep> steps(trace.data(), std::min(trace.size(), kMostSteps));
  const std::vector<Reading> seen = readings(steps);
  html.put("<h4>Interleaving</h4>\n<p>Time runs downwards, one step a row.{}</p>\n",
           steps.size() < trace.size()
               ? fmt::format(" The first {} of {} steps; the command above shows all.",
                             steps.size(), trace.size())
               : "");
  html.add(kInterleavingLegend);
  html.put(
      "<div class=\"scroll tall\" tabindex=\"0\" role=\"region\" "
      "aria-label=\"Interleaving of finding {}\">",
      number);
  html.add(interleaving_figure(steps, seen));
  html.put(
      "</div>\n<details><summary>The same steps as a table</summary>\n"
      "<div class=\"scroll steps\" tabindex=\"0\" role=\"region\" "
      "aria-label=\"Steps of finding {}\">",
      number);
  html.add(interleaving_table(steps, seen));
  html.add("</div></details>\n");
}

void write_facts(Html& html, const StatedFinding& stated) {
  const Finding& finding = *stated.finding;
  const auto fact = [&](std::string_view name, std::string_view text) {
    if (!text.empty()) html.put("<div><dt>{}</dt><dd>{}</dd></div>\n", name, escaped(text));
  };
  html.add("<dl class=\"facts\">\n");
  fact("Property", law_of(finding.property));
  fact("Scenario", finding.scenario);
  fact("Subject", finding.subject);
  fact("Found by", lanes_of(finding));
  fact("Seen again", replay_of(finding.replay));
  fact("Schedule", schedule_of(finding));
  fact("Seen in", fmt::format("{} of {} runs, first {}", stated.seen_in, stated.runs,
                              when_text(stated.first_seen)));
  fact("Signature", finding.signature);
  fact("Input", finding.artifact.value_or(""));
  html.add("</dl>\n");
}

void write_explanation(Html& html, std::string_view text) {
  bool in_list = false;
  for (const auto& [line, is_link] : explanation_lines(text)) {
    if (is_link != in_list) html.add(is_link ? "<ol class=\"chain\">\n" : "</ol>\n");
    in_list = is_link;
    if (is_link) {
      html.put("<li>{}</li>\n", escaped(line));
    } else if (!line.empty()) {
      html.put("<p class=\"explanation\">{}</p>\n", escaped(line));
    }
  }
  if (in_list) html.add("</ol>\n");
}

void write_finding(Html& html, const StatedFinding& stated, std::size_t number) {
  const Finding& finding = *stated.finding;
  html.put("<article class=\"finding {}\" id=\"finding-{}\">\n<h3>{} {} <code>{}</code></h3>\n",
           to_string(stated.state), number, state_badge(stated.state), escaped(finding.summary),
           to_string(finding.kind));
  if (stated.state == State::kResolved) {
    html.add("<p>It was in each run up to the previous one, and is not in this one.</p>\n");
  } else if (!stated.is_here) {
    html.add(
        "<p>It was in the previous run, and this one did not find it; that says little, for it did "
        "not show each time, or this run did not finish, or no lane that found it has a verdict "
        "now.</p>\n");
  }
  write_explanation(html, finding.explanation);
  html.put("<p class=\"label\">To see it again</p>\n<pre class=\"command\"><code>{}</code></pre>\n",
           escaped(finding.reproduce));
  write_facts(html, stated);
  write_trace(html, finding.trace, number);
  html.add("</article>\n");
}

struct Earlier {
  const std::string* id;
  const BugSummary* bug;
  std::size_t seen_in;  // runs
};

void write_earlier(Html& html, const History& history, const std::vector<StatedFinding>& shown) {
  std::vector<Earlier> earlier;
  const std::vector<const RunSummary*> runs = runs_of_subject(history);
  for (const auto& entry : history.bugs) {
    const std::string& id = entry.first;
    const auto is_it = [&](const auto& one) { return bug_id(*one.finding) == id; };
    if (std::ranges::any_of(shown, is_it)) continue;
    const auto seen_in = std::ranges::count_if(runs, [&](const RunSummary* run) {
      return std::ranges::find(run->findings, id, &SeenBug::id) != run->findings.end();
    });
    if (seen_in > 0) earlier.push_back({&id, &entry.second, as_size(seen_in)});
  }
  if (earlier.empty()) return;
  std::ranges::sort(earlier, std::greater<>(), [](const Earlier& one) {
    return std::pair<std::string_view, std::string_view>(one.bug->last_seen, *one.id);
  });
  const std::size_t rows = std::min(earlier.size(), kMostEarlier);
  html.put("<details><summary>Earlier findings ({})</summary>\n", earlier.size());
  html.open_table(fmt::format("Found before, neither in this run nor in the previous one{}",
                              rows < earlier.size() ? fmt::format("; the last {}", rows) : ""),
                  {"Last seen", "Kind", "Property", "Lane", "Scenario", "What", "#Runs"});
  for (const auto& [id, bug, seen_in] : std::span(earlier).first(rows)) {
    html.add("<tr>");
    html.row_head(when_text(bug->last_seen));
    html.cell(to_string(bug->kind));
    html.cell(bug->property);
    html.cell(bug->lane);
    html.cell(bug->scenario);
    html.cell(bug->summary);
    html.number_cell(count_text(seen_in));
    html.add("</tr>\n");
  }
  html.close_table();
  html.add("</details>\n");
}

}  // namespace

void write_findings(Html& html, const History& history) {
  const std::vector<StatedFinding> findings = state_findings(history);
  html.open_section("findings", "Findings");
  if (findings.empty()) {
    html.nothing("No finding in this run, and none in the run before it.");
  } else {
    html.add(
        "<p>New: in no run before. Ongoing: also in the previous run. Rare: seen before, but not "
        "each time. Resolved: in the previous run and gone now, though it had always shown.</p>\n");
  }
  for (std::size_t i = 0; i < std::min(findings.size(), kMostFindings); ++i) {
    write_finding(html, findings[i], i + 1);
  }
  if (findings.size() > kMostFindings) {
    html.put("<p>And {} more: see the report itself.</p>\n", findings.size() - kMostFindings);
  }
  write_earlier(html, history, findings);
  html.close_section();
}

}  // namespace awlab::reports
