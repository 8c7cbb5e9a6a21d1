// The charts: empty figures that the page's script draws into, each with the same numbers as a
// table. Without scripts only the tables are shown.
#include "reports/dashboard/sections.hpp"
#include "reports/dashboard/trends.hpp"

namespace awlab::reports {
namespace {

void open_figure(Html& html, std::string_view id, std::string_view heading,
                 std::string_view caption) {
  html.put(
      "<h3>{1}</h3>\n<figure id=\"chart-{0}\"><figcaption>{2}</figcaption>\n"
      "<div class=\"chart\" data-chart=\"{0}\"></div></figure>\n"
      "<details><summary>The same as a table</summary>\n",
      id, heading, caption);
}

void run_head(Html& html, const RunSummary& run) { html.row_head(when_text(run.started_at)); }

void write_verdicts(Html& html, const Trends& trends) {
  open_figure(html, "verdicts", "Verdicts and findings",
              "One mark a run, in the row of its verdict; below, how many findings it had.");
  html.open_table("Verdict and findings of each run", {"Run", "Verdict", "#Findings"});
  for (const RunSummary* run : trends.runs) {
    html.add("<tr>");
    run_head(html, *run);
    html.cell(to_string(run->verdict));
    html.number_cell(count_text(run->findings.size()));
    html.add("</tr>\n");
  }
  html.close_table();
  html.add("</details>\n");
}

void write_rates(Html& html, const Trends& trends) {
  open_figure(html, "rates", "Throughput",
              "Executions per second of each lane. The scale is logarithmic.");
  std::vector<std::string> heads = {"Run"};
  for (const RateSeries& series : trends.rates) heads.push_back("#" + series.lane);
  html.open_table("Executions per second of each lane in each run", heads);
  for (std::size_t i = 0; i < trends.runs.size(); ++i) {
    html.add("<tr>");
    run_head(html, *trends.runs[i]);
    for (const RateSeries& series : trends.rates) {
      const auto& rate = series.rates[i];
      html.number_cell(!rate ? std::string("–")
                       : *rate < 10 || *rate >= 1e15
                           ? fmt::format("{:.3g}", *rate)
                           : count_text(static_cast<std::uint64_t>(*rate)));
    }
    html.add("</tr>\n");
  }
  html.close_table();
  html.add("</details>\n");
}

void write_canaries(Html& html, const Trends& trends) {
  open_figure(
      html, "canaries", "Time to detection",
      "Seconds until each canary was killed, by lane. The scale is logarithmic. A cross: it "
      "was still alive after that time.");
  std::vector<std::string> heads = {"Run"};
  for (const CanarySeries& series : trends.canaries) {
    heads.push_back(fmt::format("#{}: {}", series.lane, series.fault));
  }
  html.open_table("Seconds until each canary was killed in each run", heads);
  for (std::size_t i = 0; i < trends.runs.size(); ++i) {
    html.add("<tr>");
    run_head(html, *trends.runs[i]);
    for (const CanarySeries& series : trends.canaries) {
      const auto& result = series.results[i];
      html.number_cell(
          !result ? std::string("–")
                  : fmt::format("{}{:.3g}", result->killed ? "" : "alive after ", result->seconds));
    }
    html.add("</tr>\n");
  }
  html.close_table();
  html.add("</details>\n");
}

}  // namespace

void write_trends(Html& html, const History& history) {
  const Trends trends = find_trends(history);
  html.open_section("trends", "Trends");
  html.put("<p>{} on the same subject.{}</p>\n", plural(trends.runs.size(), "run"),
           trends.left_out > 0 ? " There are more lanes or canaries than are shown." : "");
  write_verdicts(html, trends);
  write_rates(html, trends);
  write_canaries(html, trends);
  html.put("<script type=\"application/json\" id=\"trends-data\">{}</script>\n",
           trends_json(trends));
  html.close_section();
}

}  // namespace awlab::reports
