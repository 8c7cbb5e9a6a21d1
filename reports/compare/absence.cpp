#include "reports/compare/absence.hpp"

#include <algorithm>
#include <array>

#include "core/support/as_size.hpp"

namespace awlab::reports {
namespace {

constexpr std::array<std::string_view, 4> kNames = {"new", "ongoing", "rare", "resolved"};

bool says_something(const Sight& run) { return run.seen.has_value() || run.would_show; }

bool shows_each_time(const Sight& run) {
  return run.seen && run.seen->n > 0 && run.seen->k == run.seen->n;
}

}  // namespace

std::string_view to_string(State state) { return kNames.at(as_size(state)); }

Search search_of(const Report& report) {
  Search search{.shard = report.run.shard, .finished = report.run.finished_at.has_value()};
  for (const Lane& lane : report.lanes) {
    if (lane.verdict != Verdict::kInconclusive) search.lanes.insert(lane.lane);
  }
  return search;
}

bool is_same_shard(const Shard& a, const Shard& b) {
  return a.index == b.index && a.total == b.total;
}

bool would_show(const Search& run, const Finding& finding, const Shard& shard) {
  const auto looked = [&](std::string_view lane) { return run.lanes.contains(lane); };
  return run.finished && is_same_shard(run.shard, shard) &&
         (looked(finding.lane) || std::ranges::any_of(finding.also_in, looked));
}

State state_of(std::span<const Sight> runs) {
  const Sight& now = runs.back();
  const std::span before = runs.first(runs.size() - 1);
  const auto first =
      std::ranges::find_if(before, [](const Sight& run) { return run.seen.has_value(); });
  if (!now.seen) {
    const bool each_time = std::all_of(first, before.end(), [](const Sight& run) {
      return !says_something(run) || shows_each_time(run);
    });
    return now.would_show && each_time ? State::kResolved : State::kRare;
  }
  if (first == before.end()) return State::kNew;
  const auto last = std::find_if(before.rbegin(), before.rend(), says_something);
  return last->seen ? State::kOngoing : State::kRare;
}

}  // namespace awlab::reports
