// The lanes of the latest run. The limits of each lane stand beside its results.
#include "reports/dashboard/sections.hpp"

namespace awlab::reports {
namespace {

constexpr std::size_t kMostNumbers = 60;

std::string canaries_of(const Lane& lane) {
  if (lane.canaries.empty()) return "<span class=\"soft\">none</span>";
  std::string list = "<ul class=\"plain-list\">";
  for (const Canary& canary : lane.canaries) {
    list += fmt::format("<li>{} <code>{}</code></li>",
                        canary.killed
                            ? badge("good", "✓", "killed in " + seconds_text(canary.seconds))
                            : badge("bad", "✗", "alive after " + seconds_text(canary.seconds)),
                        escaped(canary.fault));
  }
  return list + "</ul>";
}

// The numbers and words of coverage and stats; lists and objects have sections of their own.
void write_numbers(Html& html, const Json& object, std::size_t& room) {
  for (const auto& [name, value] : object.items()) {
    if (value.is_structured() || room == 0) continue;
    --room;
    const std::string text = value.is_string()            ? value.get<std::string>()
                             : value.is_number_unsigned() ? count_text(value.get<std::uint64_t>())
                             : value.is_number_float() ? fmt::format("{:.4g}", value.get<double>())
                                                       : value.dump();
    html.put("<div><dt>{}</dt><dd>{}</dd></div>\n", escaped(name), escaped(text));
  }
}

void write_details(Html& html, const Lane& lane) {
  html.put("<details><summary>{}: what it cannot see, and its numbers</summary>\n<ul>\n",
           escaped(lane.lane));
  for (const std::string& limit : lane.limits) html.put("<li>{}</li>\n", escaped(limit));
  html.add("</ul>\n<dl class=\"facts\">\n");
  html.put("<div><dt>seconds</dt><dd>{:.6g}</dd></div>\n", lane.seconds);
  std::size_t room = kMostNumbers;
  write_numbers(html, lane.coverage, room);
  write_numbers(html, lane.stats, room);
  html.add("</dl></details>\n");
}

}  // namespace

void write_lanes(Html& html, const History& history) {
  html.open_section("lanes", "Lanes");
  const std::vector<Lane>& lanes = history.latest.lanes;
  if (lanes.empty()) {
    html.nothing("No lane has run.");
  } else {
    html.add(
        "<p>A lane passes only if it killed its canaries, planted faults, in the same run.</p>\n");
    html.open_table("What each lane did",
                    {"Lane", "Verdict", "Canaries", "#Executions", "#Rate", "#Time"});
    for (const Lane& lane : lanes) {
      html.add("<tr>");
      html.row_head(lane.lane);
      html.cell_html(badge(lane.verdict));
      html.cell_html(canaries_of(lane));
      html.number_cell(count_text(lane.executions));
      html.number_cell(rate_text(lane.executions, lane.seconds));
      html.number_cell(seconds_text(lane.seconds));
      html.add("</tr>\n");
    }
    html.close_table();
    for (const Lane& lane : lanes) write_details(html, lane);
  }
  html.close_section();
}

}  // namespace awlab::reports
