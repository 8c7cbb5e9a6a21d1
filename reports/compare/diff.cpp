#include "reports/compare/diff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "reports/compare/lane_figures.hpp"

namespace awlab::reports {
namespace {

const Lane* find_lane(const Report& report, std::string_view name) {
  const auto lane = std::ranges::find(report.lanes, name, &Lane::lane);
  return lane == report.lanes.end() ? nullptr : &*lane;
}

// One finding in all reports, oldest first, now last.
struct History {
  std::vector<const Finding*> in;  // null: that report does not have it
};
using Histories = std::map<std::pair<std::string, std::string>, History>;  // by signature, subject

Histories histories_of(std::span<const Report> before, const Report& now) {
  Histories histories;
  const auto note = [&](const Report& report, std::size_t place) {
    for (const Finding& finding : report.findings) {
      History& history = histories[{finding.signature, finding.subject}];
      history.in.resize(before.size() + 1, nullptr);
      history.in[place] = &finding;
    }
  };
  for (std::size_t i = 0; i < before.size(); ++i) note(before[i], i);
  note(now, before.size());
  return histories;
}

// The index of the report that `now` is compared with.
std::optional<std::size_t> last_of_shard(std::span<const Report> before, const Report& now) {
  for (std::size_t i = before.size(); i-- > 0;) {
    if (is_same_shard(before[i].run.shard, now.run.shard)) return i;
  }
  return std::nullopt;
}

// @param latest  the finding as last seen in this shard
Change change(const History& history, const Finding& latest, std::span<const Search> searches) {
  std::vector<Sight> sights(searches.size());
  for (std::size_t i = 0; i < searches.size(); ++i) {
    if (history.in[i] != nullptr) sights[i].seen = history.in[i]->replay;
    sights[i].would_show = would_show(searches[i], latest, searches.back().shard);
  }
  Change change{.state = state_of(sights),
                .id = latest.id,
                .signature = latest.signature,
                .subject = latest.subject,
                .kind = latest.kind,
                .property = latest.property,
                .lanes = {latest.lane},
                .summary = latest.summary,
                .reproduce = latest.reproduce};
  change.lanes.insert(change.lanes.end(), latest.also_in.begin(), latest.also_in.end());
  const auto missing = std::ranges::count(history.in, nullptr);
  change.of = history.in.size();
  change.seen = change.of - static_cast<std::uint64_t>(missing);
  return change;
}

std::vector<Change> changes(std::span<const Report> before, std::size_t last, const Report& now) {
  std::vector<Search> searches;
  for (const Report& report : before) searches.push_back(search_of(report));
  searches.push_back(search_of(now));
  std::vector<Change> changes;
  for (const auto& [name, history] : histories_of(before, now)) {
    const Finding* latest = history.in.back() != nullptr ? history.in.back() : history.in[last];
    if (latest != nullptr) changes.push_back(change(history, *latest, searches));
  }
  std::ranges::sort(changes, {}, [](const Change& change) {
    return std::tie(change.state, change.lanes.front(), change.signature, change.subject);
  });
  return changes;
}

void compare_canaries(const Lane& before, const Lane& now, Difference& difference) {
  for (const Canary& canary : before.canaries) {
    const auto same = std::ranges::find(now.canaries, canary.fault, &Canary::fault);
    if (canary.killed && (same == now.canaries.end() || !same->killed)) {
      difference.canaries_lost.push_back(fmt::format("{}: {}", now.lane, canary.fault));
    }
  }
}

// A count in a lane's coverage; 0 if it is absent.
std::uint64_t count_in(const Json& object, std::string_view name) {
  const auto found = object.is_object() ? object.find(name) : object.end();
  const bool is_count = found != object.end() && found->is_number_integer() && *found >= 0;
  return is_count ? found->get<std::uint64_t>() : 0;
}

void compare_rows(const Lane& before, const Lane& now, Difference& difference) {
  const auto rows = before.coverage.find("rows");
  if (rows == before.coverage.end() || !rows->is_object()) return;
  const auto now_rows = now.coverage.find("rows");
  const Json none = Json::object();
  const Json& mine = now_rows == now.coverage.end() ? none : *now_rows;
  for (const auto& row : rows->items()) {
    const std::uint64_t hits = count_in(*rows, row.key());
    if (hits > 0 && count_in(mine, row.key()) == 0) {
      difference.rows_lost.push_back({now.lane, row.key(), hits});
    }
  }
}

// The lane's searches by row_key().
std::map<std::string, const Json*> searches_of(const Lane& lane) {
  std::map<std::string, const Json*> searches;
  const auto rows = lane.coverage.find("searches");
  if (rows == lane.coverage.end() || !rows->is_array()) return searches;
  for (const Json& row : *rows) {
    if (!row_name(row).empty()) searches.emplace(row_key(row), &row);
  }
  return searches;
}

// The explorer writes `finished`; Relacy, which has no count of that name, writes `complete`.
bool is_finished(const Json& search) {
  for (const char* flag : {"finished", "complete"}) {
    const auto found = search.find(flag);
    if (found != search.end() && found->is_boolean()) return found->get<bool>();
  }
  return false;
}

void compare_searches(const Lane& before, const Lane& now, bool same_sources,
                      Difference& difference) {
  const auto mine = searches_of(now);
  for (const auto& [key, search] : searches_of(before)) {
    const auto same = mine.find(key);
    if (same == mine.end()) {
      difference.searches_lost.push_back({now.lane, row_name(*search), true});
      continue;
    }
    if (!is_finished(*search)) continue;  // its progress depends on the time it got
    if (!is_finished(*same->second)) {
      difference.searches_lost.push_back({now.lane, row_name(*search), false});
      continue;
    }
    const std::uint64_t complete = count_in(*search, "complete");
    const std::uint64_t complete_now = count_in(*same->second, "complete");
    if (same_sources && complete != complete_now) {
      difference.searches_changed.push_back({now.lane, row_name(*search), complete, complete_now});
    }
  }
}

void compare_throughput(const Lane& before, const Lane& now, Difference& difference) {
  if (before.executions == 0) return;
  const auto rate = [](const Lane& lane) {
    return static_cast<double>(lane.executions) / std::max(lane.seconds, 1e-3);
  };
  const double ratio = rate(now) / rate(before);
  difference.throughput.push_back({.lane = now.lane,
                                   .before = rate(before),
                                   .now = rate(now),
                                   .ratio = ratio,
                                   .regressed = ratio < 0.5});
}

void compare_lanes(const Report& last, const Report& now, Difference& difference) {
  std::vector<const Lane*> lanes;
  for (const Lane& lane : last.lanes) lanes.push_back(&lane);
  std::ranges::sort(lanes, {}, [](const Lane* lane) { return std::string_view(lane->lane); });
  for (const Lane* before : lanes) {
    const Lane* mine = find_lane(now, before->lane);
    if (mine == nullptr) {
      difference.lanes_lost.push_back({before->lane, true});
      continue;
    }
    if (before->verdict != Verdict::kInconclusive && mine->verdict == Verdict::kInconclusive) {
      difference.lanes_lost.push_back({before->lane, false});
    }
    compare_canaries(*before, *mine, difference);
    compare_rows(*before, *mine, difference);
    compare_searches(*before, *mine, last.subject.sha256 == now.subject.sha256, difference);
    compare_throughput(*before, *mine, difference);
  }
}

}  // namespace

Result<Difference> diff(std::span<const Report> before, const Report& now) {
  if (before.empty()) return Error{"nothing to compare with: give at least one earlier report"};
  for (const Report& report : before) {
    if (report.subject.name != now.subject.name) {
      return Error{fmt::format("cannot compare: one report is about {}, another about {}",
                               report.subject.name, now.subject.name)};
    }
  }
  const std::optional<std::size_t> last = last_of_shard(before, now);
  if (!last) {
    return Error{fmt::format(
        "cannot compare: no earlier report is of shard {} of {}; compare the reports that merge "
        "makes of whole runs",
        now.run.shard.index, now.run.shard.total)};
  }
  Difference difference;
  difference.subject = now.subject.name;
  difference.findings = changes(before, *last, now);
  compare_lanes(before[*last], now, difference);
  return difference;
}

bool is_worse(const Difference& difference) {
  return std::ranges::count(difference.findings, State::kNew, &Change::state) > 0 ||
         !difference.canaries_lost.empty() || !difference.lanes_lost.empty();
}

}  // namespace awlab::reports
