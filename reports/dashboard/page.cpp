#include "reports/dashboard/page.hpp"

#include <array>
#include <utility>

#include "reports/dashboard/bundle.hpp"
#include "reports/dashboard/sections.hpp"
#include "reports/dashboard/style.hpp"
#include "reports/page/interleaving_style.hpp"

namespace awlab::reports {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kContents = {{
    {"lanes", "Lanes"},
    {"findings", "Findings"},
    {"matrix", "Kill matrix"},
    {"coverage", "Coverage"},
    {"trends", "Trends"},
    {"outcomes", "Outcomes"},
    {"history", "History"},
}};

void write_head(Html& html, const Report& report) {
  // Inline styles are allowed: the chart library writes a <style> into each of its drawings.
  html.put(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src "
      "'{}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n"
      "<meta name=\"referrer\" content=\"no-referrer\">\n"
      "<link rel=\"icon\" href=\"data:,\">\n<title>{}: {}, {} – AtomicWaker Lab</title>\n"
      "<style>{}{}</style>\n</head>\n<body>\n",
      kBundleHash, to_string(report.verdict), escaped(report.subject.name),
      escaped(report.run.started_at.substr(0, 10)), kFigureStyle, kDashboardStyle);
}

void write_contents(Html& html) {
  html.add("<nav aria-label=\"Sections\"><ul>\n");
  for (const auto& [id, name] : kContents) {
    html.put("<li><a href=\"#{}\">{}</a></li>\n", id, name);
  }
  html.add("</ul></nav>\n");
}

}  // namespace

std::string render_dashboard(const History& history) {
  Html html;
  write_head(html, history.latest);
  html.add("<a class=\"skip\" href=\"#main\">Skip to the verdict</a>\n");
  write_contents(html);
  html.add("<main id=\"main\" tabindex=\"-1\">\n");
  write_verdict(html, history);
  write_lanes(html, history);
  write_findings(html, history);
  write_matrix(html, history);
  write_coverage(html, history);
  write_trends(html, history);
  write_outcomes(html, history);
  write_runs(html, history);
  html.put(
      "</main>\n<footer><details><summary>Software inside this page</summary>\n"
      "<p>Its script holds, besides its own code:</p><pre>{}</pre></details></footer>\n"
      "<script>{}</script>\n</body>\n</html>\n",
      escaped(kBundleLicences), kBundle);
  return html.take();
}

}  // namespace awlab::reports
