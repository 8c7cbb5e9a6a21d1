// The header: the verdict in one word, its subject, and the reasons.
#include <algorithm>
#include <chrono>
#include <cstdio>

#include "reports/dashboard/finding_states.hpp"
#include "reports/dashboard/sections.hpp"
#include "reports/model/inconclusive.hpp"

namespace awlab::reports {
namespace {

std::chrono::sys_seconds time_of(const std::string& text) {
  using namespace std::chrono;
  int year_number = 0;
  unsigned month_number = 0;
  unsigned day_number = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  // The reader has checked the form.
  // NOLINTNEXTLINE(bugprone-unchecked-string-to-number-conversion)
  std::sscanf(text.c_str(), "%4d-%2u-%2uT%2d:%2d:%2d", &year_number, &month_number, &day_number,
              &hour, &minute, &second);
  return sys_days(year(year_number) / month(month_number) / day(day_number)) + hours(hour) +
         minutes(minute) + seconds(second);
}

std::string duration_of(const Run& run) {
  if (!run.finished_at) return "not finished: the run is still going on, or was killed";
  const auto took = time_of(*run.finished_at) - time_of(run.started_at);
  return seconds_text(static_cast<double>(took.count()));
}

std::string commit_of(const Tool& tool) {
  if (tool.commit == "unknown") return "unknown";
  return fmt::format("{}{}", tool.commit.substr(0, 12),
                     tool.dirty.value_or(false) ? " with uncommitted changes" : "");
}

std::string memory_of(const Host& host) {
  return fmt::format("{:.0f} GB", static_cast<double>(host.memory_bytes) / 1e9);
}

// The reasons why the verdict is not a pass, the weightiest first.
std::vector<std::string> reasons(const Report& report) {
  std::vector<std::string> list;
  if (!report.run.finished_at) list.emplace_back("The run is not finished.");
  if (report.lanes.empty()) list.emplace_back("No lane has run on a cell.");
  for (const Lane& lane : report.lanes) {
    if (lane.verdict == Verdict::kFail) {
      list.push_back(fmt::format("Lane {} has a finding.", lane.lane));
    } else if (lane.verdict == Verdict::kInconclusive) {
      list.push_back(fmt::format("Lane {}: {}.", lane.lane, why_inconclusive(report, lane)));
    }
  }
  return list;
}

std::string_view sign_of(Verdict verdict) {
  return verdict == Verdict::kPass ? "✓" : verdict == Verdict::kFail ? "✗" : "?";
}

std::string states_text(const History& history) {
  const std::vector<StatedFinding> findings = state_findings(history);
  std::string text = plural(history.latest.findings.size(), "finding");
  const char* before = ": ";
  for (const State state : kStates) {
    const auto count = std::ranges::count(findings, state, &StatedFinding::state);
    if (count == 0) continue;
    text += fmt::format("{}{} {}", before, count, to_string(state));
    before = ", ";
  }
  return text;
}

}  // namespace

void write_verdict(Html& html, const History& history) {
  const Report& report = history.latest;
  const Run& run = report.run;
  const auto entry = [&](std::string_view name, std::string_view inside) {
    html.put("<div><dt>{}</dt><dd>{}</dd></div>\n", name, inside);
  };
  const auto fact = [&](std::string_view name, std::string_view text) {
    if (!text.empty()) entry(name, escaped(text));
  };
  html.put(
      "<header id=\"verdict\" class=\"{0}\">\n<p class=\"lab\">AtomicWaker Lab</p>\n"
      "<h1><span class=\"word\"><span aria-hidden=\"true\">{1}</span> {0}</span>"
      "<span class=\"subject\">{2}</span></h1>\n",
      to_string(report.verdict), sign_of(report.verdict), escaped(report.subject.name));
  const auto passed = std::ranges::count(report.lanes, Verdict::kPass, &Lane::verdict);
  html.put("<p class=\"lead\">{} of {} passed. {}.{}</p>\n", passed,
           plural(report.lanes.size(), "lane"), states_text(history),
           history.matrix ? fmt::format(" Kill matrix: {:.1f} % of what is visible was killed.",
                                        100 * history.matrix->score)
                          : "");
  if (const std::vector<std::string> list = reasons(report); !list.empty()) {
    html.add("<ul class=\"reasons\">\n");
    for (const std::string& reason : list) html.put("<li>{}</li>\n", escaped(reason));
    html.add("</ul>\n");
  }
  html.add("<dl class=\"facts\">\n");
  entry("Started", fmt::format("<time datetime=\"{}\">{}</time>", escaped(run.started_at),
                               escaped(when_text(run.started_at))));
  fact("Took", duration_of(run));
  fact("Subject",
       fmt::format("{} ({})", report.subject.source, report.subject.sha256.substr(0, 12)));
  fact("Commit", commit_of(report.tool));
  fact("Host", fmt::format("{}, {}, {}; {}, {}", report.host.cpu, plural(report.host.cores, "core"),
                           memory_of(report.host), report.host.os, report.host.kernel));
  fact("Compiler", fmt::format("{} {}", report.build.compiler, report.build.flags));
  fact("Sanitizer", report.build.sanitizer);
  fact("Seed", std::to_string(run.seed));
  if (run.shard.total > 1) {
    fact("Shard", fmt::format("{} of {}: a part of the run", run.shard.index + 1, run.shard.total));
  }
  entry("Command", fmt::format("<code>{}</code>", escaped(run.command)));
  fact("Run", run.id);
  html.add("</dl>\n</header>\n");
}

}  // namespace awlab::reports
