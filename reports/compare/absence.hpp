// The meaning of a finding's absence from a run: the bug is gone, or nobody looked for it. This is
// decided here and nowhere else: diff, the SARIF baseline and the dashboard ask this file.
//
// A run would have shown a finding if it is finished, did the same part of the work (the same
// shard), and at least one of the lanes that have found it came to a verdict. A lane that did not
// run or was cut short is inconclusive, and its silence means nothing.
#ifndef AWLAB_REPORTS_COMPARE_ABSENCE_HPP_
#define AWLAB_REPORTS_COMPARE_ABSENCE_HPP_

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string_view>

#include "reports/model/report.hpp"

namespace awlab::reports {

/// The state of a finding in a series of runs that ends now. A run is passed over if it neither
/// shows the finding nor would have shown it.
enum class State : std::uint8_t {
  kNew,       // found now, and never before
  kOngoing,   // found now and in the run before
  kRare,      // found, but not each time; or absent, which proves little: see state_of()
  kResolved,  // absent now, though found in each run since the first, and in each replay
};

/// "new", "ongoing", "rare", "resolved".
[[nodiscard]] std::string_view to_string(State state);

/// The facts that give a run's silence its meaning. Points into their report or summary.
struct Search {
  Shard shard;
  bool finished = false;
  std::set<std::string_view> lanes{};  // lanes with a verdict, pass or fail
};

[[nodiscard]] Search search_of(const Report& report);

/// True if two runs did the same part of the work.
[[nodiscard]] bool is_same_shard(const Shard& a, const Shard& b);

/// True if `run` would show the finding if runs of `shard` still had it.
[[nodiscard]] bool would_show(const Search& run, const Finding& finding, const Shard& shard);

/// The evidence of one run about one finding.
struct Sight {
  std::optional<Replay> seen{};  // empty: the run does not show it …
  bool would_show = false;       // … and that means something; see would_show()
};

/// The state of a finding. A finding that is absent now is resolved if the last run would have
/// shown it, and if each run since the first to have it has it too, in all its replays. Without any
/// replay nobody knows, and it is not resolved.
/// @param runs  oldest first, now last; at least one has the finding
[[nodiscard]] State state_of(std::span<const Sight> runs);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_COMPARE_ABSENCE_HPP_
