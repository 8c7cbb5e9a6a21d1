// The outcomes of the rounds on real threads, graded as in jcstress. The JSON is foreign: values of
// another form are left out.
#include <algorithm>

#include "reports/dashboard/sections.hpp"

namespace awlab::reports {
namespace {

constexpr std::size_t kMostOutcomes = 50;  // per lane

struct ShownOutcome {
  std::string name;
  std::string grade;
  std::string meaning;
  std::uint64_t count = 0;
};

std::string text_of(const Json& object, const char* name) {
  const auto value = object.find(name);
  return value != object.end() && value->is_string() ? value->get<std::string>() : std::string();
}

std::vector<ShownOutcome> outcomes_of(const Lane& lane) {
  std::vector<ShownOutcome> outcomes;
  const auto list = lane.stats.find("outcomes");
  if (list == lane.stats.end() || !list->is_array()) return outcomes;
  for (const Json& one : *list) {
    if (!one.is_object() || outcomes.size() == kMostOutcomes) continue;
    const auto count = one.find("count");
    if (count == one.end() || !count->is_number_unsigned()) continue;
    outcomes.push_back({text_of(one, "outcome"), text_of(one, "grade"), text_of(one, "meaning"),
                        count->get<std::uint64_t>()});
  }
  return outcomes;
}

// A forbidden outcome that did not happen is good news.
std::string grade_badge(const ShownOutcome& outcome) {
  if (outcome.grade == "acceptable") return badge("good", "✓", outcome.grade);
  if (outcome.grade == "interesting") return badge("unsure", "!", outcome.grade);
  if (outcome.grade == "forbidden") {
    return badge(outcome.count > 0 ? "bad" : "quiet", "✗", outcome.grade);
  }
  return badge("quiet", "?", outcome.grade.empty() ? "not graded" : outcome.grade);
}

std::string share_text(double share, std::uint64_t count) {
  if (count == 0) return "0 %";
  return share < 0.0005 ? "< 0.1 %" : fmt::format("{:.1f} %", 100 * share);
}

void write_lane(Html& html, const Lane& lane, const std::vector<ShownOutcome>& outcomes) {
  double sum = 0;
  for (const ShownOutcome& outcome : outcomes) sum += static_cast<double>(outcome.count);
  html.put("<h3>{}</h3>\n", escaped(lane.lane));
  html.open_table("Outcomes of " + lane.lane, {"Outcome", "Grade", "#Count", "Share", "Meaning"});
  for (const ShownOutcome& outcome : outcomes) {
    const double share = sum > 0 ? static_cast<double>(outcome.count) / sum : 0;
    html.add("<tr>");
    html.row_head(outcome.name);
    html.cell_html(grade_badge(outcome));
    html.number_cell(count_text(outcome.count));
    html.put("<td class=\"share\"><span class=\"bar{}\" style=\"width:{:.2f}%\"></span>{}</td>",
             outcome.count == 0 ? " none" : "", 100 * share, share_text(share, outcome.count));
    html.cell(outcome.meaning);
    html.add("</tr>\n");
  }
  html.close_table();
}

}  // namespace

void write_outcomes(Html& html, const History& history) {
  html.open_section("outcomes", "Outcomes on real threads");
  bool any = false;
  for (const Lane& lane : history.latest.lanes) {
    const std::vector<ShownOutcome> outcomes = outcomes_of(lane);
    if (outcomes.empty()) continue;
    any = true;
    write_lane(html, lane, outcomes);
  }
  if (!any) html.nothing("No lane of this run graded its outcomes.");
  html.close_section();
}

}  // namespace awlab::reports
