// to_text() and to_json() of a Difference.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "reports/compare/diff.hpp"
#include "reports/model/report_json.hpp"

namespace awlab::reports {
namespace {

// Foreign text on one line, long enough for a command.
std::string printable(std::string_view text) { return one_line(text, 160); }

// One section of the text: a line for each item, up to `most`, then how many more there are.
template <class Items, class Line>
void section(std::string& text, std::string_view title, const Items& items, std::size_t most,
             const Line& line) {
  for (std::size_t i = 0; i < std::min<std::size_t>(items.size(), most); ++i) {
    text += fmt::format("{:<18} {}\n", title, line(items[i]));
  }
  if (items.size() > most) {
    text += fmt::format("{:<18} … and {} more\n", title, items.size() - most);
  }
}

std::string finding_line(const Change& change) {
  return fmt::format("{} {} in {}: {} ({} of {} reports)", to_string(change.kind),
                     printable(change.property),
                     printable(fmt::format("{}", fmt::join(change.lanes, ", "))),
                     printable(change.summary), change.seen, change.of);
}

// "scenario basic, producers 2"
std::string search_text(const Json& name) {
  std::string text;
  for (const auto& field : name.items()) {
    const Json& value = field.value();
    text +=
        fmt::format("{}{} {}", text.empty() ? "" : ", ", field.key(),
                    value.is_string() ? value.get<std::string>()
                                      : value.dump(-1, ' ', false, Json::error_handler_t::replace));
  }
  return printable(text);
}

Json to_json(const Change& change) {
  return {{"state", to_string(change.state)},
          {"id", change.id},
          {"signature", change.signature},
          {"subject", change.subject},
          {"kind", to_string(change.kind)},
          {"property", change.property},
          {"lanes", change.lanes},
          {"summary", change.summary},
          {"reproduce", change.reproduce},
          {"seen", change.seen},
          {"of", change.of}};
}
Json to_json(const LostLane& lost) { return {{"lane", lost.lane}, {"absent", lost.absent}}; }
Json to_json(const LostRow& lost) {
  return {{"lane", lost.lane}, {"row", lost.row}, {"before", lost.before}};
}
Json to_json(const LostSearch& lost) {
  return {{"lane", lost.lane}, {"search", lost.search}, {"absent", lost.absent}};
}
Json to_json(const ChangedSearch& changed) {
  return {{"lane", changed.lane},
          {"search", changed.search},
          {"before", changed.before},
          {"now", changed.now}};
}
Json to_json(const Throughput& throughput) {
  return {{"lane", throughput.lane},
          {"before", throughput.before},
          {"now", throughput.now},
          {"ratio", throughput.ratio},
          {"regressed", throughput.regressed}};
}

template <class Item>
Json list(const std::vector<Item>& items) {
  Json array = Json::array();
  for (const Item& item : items) array.push_back(to_json(item));
  return array;
}

}  // namespace

std::string to_text(const Difference& difference) {
  std::string text;
  for (const State state : {State::kNew, State::kOngoing, State::kRare, State::kResolved}) {
    std::vector<Change> findings;
    std::ranges::copy_if(difference.findings, std::back_inserter(findings),
                         [&](const Change& change) { return change.state == state; });
    const bool is_new = state == State::kNew;
    section(text, to_string(state), findings, is_new ? 4 : 3, [&](const Change& change) {
      return finding_line(change) +
             (is_new ? fmt::format("\n{:<18} {}", "", one_line(change.reproduce)) : "");
    });
  }
  section(text, "canary lost", difference.canaries_lost, 2, printable);
  section(text, "lane lost", difference.lanes_lost, 2, [](const LostLane& lost) {
    return fmt::format("{}: {}", printable(lost.lane),
                       lost.absent ? "did not run" : "had a verdict before, now inconclusive");
  });
  section(text, "row lost", difference.rows_lost, 2, [](const LostRow& lost) {
    return fmt::format("{}: {}, hit {} times before", printable(lost.lane), printable(lost.row),
                       lost.before);
  });
  section(text, "search lost", difference.searches_lost, 2, [](const LostSearch& lost) {
    return fmt::format("{}: {}{}", printable(lost.lane), search_text(lost.search),
                       lost.absent ? "" : ", finished before");
  });
  section(text, "search changed", difference.searches_changed, 2, [](const ChangedSearch& changed) {
    return fmt::format("{}: {}: {} complete executions, before {}", printable(changed.lane),
                       search_text(changed.search), changed.now, changed.before);
  });
  std::vector<Throughput> slower;
  std::ranges::copy_if(difference.throughput, std::back_inserter(slower), &Throughput::regressed);
  section(text, "slower", slower, 2, [](const Throughput& lane) {
    return fmt::format("{}: {:.0f} executions a second, before {:.0f}", printable(lane.lane),
                       lane.now, lane.before);
  });
  return text.empty() ? "nothing new\n" : text;
}

Json to_json(const Difference& difference) {
  return {{"subject", difference.subject},
          {"worse", is_worse(difference)},
          {"findings", list(difference.findings)},
          {"canaries_lost", difference.canaries_lost},
          {"lanes_lost", list(difference.lanes_lost)},
          {"rows_lost", list(difference.rows_lost)},
          {"searches_lost", list(difference.searches_lost)},
          {"searches_changed", list(difference.searches_changed)},
          {"throughput", list(difference.throughput)}};
}

}  // namespace awlab::reports
