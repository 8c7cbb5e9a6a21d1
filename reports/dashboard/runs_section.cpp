// Every run in one row, the latest first, and the files that could not be used.
#include <algorithm>
#include <ranges>
#include <span>

#include "reports/dashboard/sections.hpp"

namespace awlab::reports {
namespace {

constexpr std::size_t kMostRuns = 2000;
constexpr std::size_t kMostSkipped = 200;

void write_run(Html& html, const RunSummary& run) {
  html.add("<tr>");
  html.row_head(when_text(run.started_at));
  html.cell_html(badge(run.verdict) + (run.finished_at ? "" : " not finished"));
  html.number_cell(count_text(run.findings.size()));
  html.number_cell(count_text(run.lanes.size()));
  html.number_cell(seconds_text(run.seconds));
  html.cell(run.subject);
  html.code_cell(run.commit.substr(0, 12));
  html.code_cell(run.shard.total > 1 ? fmt::format("{} (shard {} of {})", run.id,
                                                   run.shard.index + 1, run.shard.total)
                                     : run.id);
  html.add("</tr>\n");
}

void write_skipped(Html& html, const std::vector<std::string>& skipped) {
  if (skipped.empty()) {
    html.nothing("No file was left out.");
    return;
  }
  html.put(
      "<p>{} left out, being neither a valid report nor a valid kill matrix:</p>\n"
      "<ul class=\"skipped\">\n",
      plural(skipped.size(), "file"));
  const std::size_t shown = std::min(skipped.size(), kMostSkipped);
  for (const std::string& line : std::span(skipped).first(shown)) {
    html.put("<li>{}</li>\n", escaped(line));
  }
  html.add("</ul>\n");
  if (skipped.size() > shown) {
    html.put("<p>And {} more.</p>\n", skipped.size() - shown);
  }
}

}  // namespace

void write_runs(Html& html, const History& history) {
  html.open_section("history", "History");
  const std::size_t rows = std::min(history.runs.size(), kMostRuns);
  html.open_table(
      rows < history.runs.size()
          ? fmt::format("The last {} of {} runs, latest first", rows, history.runs.size())
          : "All runs, latest first",
      {"Started", "Verdict", "#Findings", "#Lanes", "#Time of lanes", "Subject", "Commit", "Run"});
  for (const RunSummary& run : std::views::reverse(std::span(history.runs).last(rows))) {
    write_run(html, run);
  }
  html.close_table();
  write_skipped(html, history.skipped);
  html.close_section();
}

}  // namespace awlab::reports
