// The protocol's coverage. The denominator is fixed: all rows of the protocol's table, seen or not,
// so that a lane cannot look better by looking at less.
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "core/contract/rows.hpp"
#include "core/support/as_size.hpp"
#include "reports/dashboard/sections.hpp"

namespace awlab::reports {
namespace {

constexpr std::size_t kMostSearches = 500;

using Counts = std::array<std::uint64_t, kRows.size()>;

struct Column {
  std::string lane;
  Counts counts{};
};

std::optional<Column> column_of(const Lane& lane) {
  const auto rows = lane.coverage.find("rows");
  if (rows == lane.coverage.end() || !rows->is_object()) return std::nullopt;
  Column column{.lane = lane.lane};
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    const auto count = rows->find(kRows[i].name);
    if (count != rows->end() && count->is_number_unsigned()) {
      column.counts[i] = count->get<std::uint64_t>();
    }
  }
  return column;
}

// 0 for no hits, then 1 to 6: a level for each factor of ten, the last from a hundred thousand on.
int level(std::uint64_t count) {
  int steps = 0;
  for (std::uint64_t bound = 1; steps < 6 && count >= bound; bound *= 10) ++steps;
  return steps;
}

std::size_t seen(const Counts& counts) {
  return as_size(std::ranges::count_if(counts, [](std::uint64_t count) { return count > 0; }));
}

void write_heat_map(Html& html, const std::vector<Column>& columns) {
  Counts all{};
  for (const Column& column : columns) {
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = std::max(all[i], column.counts[i]);
  }
  html.put(
      "<p class=\"lead\"><strong>{} of {} rows seen</strong> by all lanes together that count "
      "them.</p>\n",
      seen(all), all.size());
  html.add("<p class=\"heat-key\"><span>Times seen, from</span>");
  constexpr std::array<std::string_view, 7> kSteps = {"never", "1",   "10", "100",
                                                      "1000",  "10⁴", "10⁵"};
  for (std::size_t i = 0; i < kSteps.size(); ++i) {
    html.put("<span class=\"heat h{}\">{}</span>", i, kSteps[i]);
  }
  html.add("</p>\n");
  std::vector<std::string> heads = {"Row of the protocol"};
  for (const Column& column : columns) heads.push_back("#" + column.lane);
  html.open_table("How often each row of the protocol was seen", heads);
  for (std::size_t i = 0; i < all.size(); ++i) {
    html.put("<tr><th scope=\"row\"><code>{}</code>{}<span class=\"change\">{}</span></th>",
             kRows[i].name, kRows[i].contended ? " <em>contended</em>" : "", kRows[i].meaning);
    for (const Column& column : columns) {
      const std::uint64_t count = column.counts[i];
      html.put("<td class=\"number heat h{}\">{}</td>", level(count),
               count == 0 ? std::string("never") : count_text(count));
    }
    html.add("</tr>\n");
  }
  html.add("<tr class=\"sum\"><th scope=\"row\">Rows seen</th>");
  for (const Column& column : columns) {
    html.put("<td class=\"number\">{} of {}</td>", seen(column.counts), all.size());
  }
  html.add("</tr>\n");
  html.close_table();
}

std::string text_of(const Json& search, const char* name) {
  const auto value = search.find(name);
  if (value == search.end()) return {};
  if (value->is_string()) return value->get<std::string>();
  if (value->is_number_unsigned()) return count_text(value->get<std::uint64_t>());
  return {};
}

bool holds(const Json& search, const char* name) {
  const auto value = search.find(name);
  return value != search.end() && value->is_boolean() && value->get<bool>();
}

// The explorer counts complete executions and says whether it finished. Relacy has only a flag
// "complete", which then holds for all its executions.
void write_search(Html& html, const Lane& lane, const Json& search) {
  const std::string complete = text_of(search, "complete");
  const std::string way = text_of(search, "search");
  const bool finished = holds(search, "finished") || holds(search, "complete");
  const auto seconds = search.find("seconds");
  html.add("<tr>");
  html.row_head(text_of(search, "scenario"));
  html.number_cell(text_of(search, "producers"));
  html.cell(lane.lane);
  html.cell(!way.empty() ? way : holds(search, "symmetry") ? "all, up to symmetry" : "all");
  html.number_cell(!complete.empty() ? complete : text_of(search, "executions"));
  html.cell_html(finished ? badge("good", "✓", "to its end")
                          : badge("unsure", "?", "not to its end"));
  html.number_cell(
      seconds != search.end() && seconds->is_number() ? seconds_text(seconds->get<double>()) : "");
  html.add("</tr>\n");
}

void write_searches(Html& html, const std::vector<Lane>& lanes) {
  std::vector<std::pair<const Lane*, const Json*>> searches;
  for (const Lane& lane : lanes) {
    const auto list = lane.coverage.find("searches");
    if (list == lane.coverage.end() || !list->is_array()) continue;
    for (const Json& search : *list) {
      if (search.is_object()) searches.emplace_back(&lane, &search);
    }
  }
  if (searches.empty()) {
    html.nothing("No lane of this run searched a scenario for every execution.");
    return;
  }
  const std::size_t rows = std::min(searches.size(), kMostSearches);
  html.put("<details><summary>Searches of single scenarios ({})</summary>\n", searches.size());
  html.open_table(
      rows < searches.size() ? fmt::format("Searches; the first {}", rows) : "Searches",
      {"Scenario", "#Producers", "Lane", "Search", "#Complete executions", "Came", "#Time"});
  for (const auto& [lane, search] : std::span(searches).first(rows)) {
    write_search(html, *lane, *search);
  }
  html.close_table();
  html.add("</details>\n");
}

}  // namespace

void write_coverage(Html& html, const History& history) {
  html.open_section("coverage", "Coverage of the protocol");
  std::vector<Column> columns;
  for (const Lane& lane : history.latest.lanes) {
    if (std::optional<Column> column = column_of(lane)) columns.push_back(std::move(*column));
  }
  if (columns.empty()) {
    html.nothing(
        fmt::format("No lane of this run counted the {} rows of the protocol.", kRows.size()));
  } else {
    write_heat_map(html, columns);
  }
  write_searches(html, history.latest.lanes);
  html.close_section();
}

}  // namespace awlab::reports
