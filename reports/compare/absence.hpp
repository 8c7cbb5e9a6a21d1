// What it says of a finding that a run does not show it. Whether a bug is gone or was only not looked
// for is decided here and nowhere else: diff, the SARIF baseline and the dashboard ask this.
//
// A run would have shown a finding if it is finished, was the same part of the work (the same shard),
// and one of the lanes that have found it came to a verdict. A lane that did not run or was cut short
// is inconclusive, and its silence is nothing.
#ifndef AWLAB_REPORTS_COMPARE_ABSENCE_HPP_
#define AWLAB_REPORTS_COMPARE_ABSENCE_HPP_

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string_view>

#include "reports/model/report.hpp"

namespace awlab::reports {

/// How a finding stands in a row of runs, of which the last is now. A run that neither shows it nor
/// would have shown it is passed over.
enum class State : std::uint8_t {
  new_,      // now, and never before
  ongoing,   // now and in the last before
  rare,      // seen, but not each time; or gone, and that says little: see state_of()
  resolved,  // gone now, though it showed in each run since the first, and in each replay
};

/// "new", "ongoing", "rare", "resolved".
[[nodiscard]] std::string_view to_string(State state);

/// What matters of a run for its silence; points into the report or summary that it is of.
struct Search {
  Shard shard;
  bool finished = false;
  std::set<std::string_view> lanes{};  // with a verdict, pass or fail
};

[[nodiscard]] Search search_of(const Report& report);

/// Whether two runs did the same part of the work.
[[nodiscard]] bool is_same_shard(const Shard& a, const Shard& b);

/// Whether `run` would show the finding, were it still there for runs of `shard`.
[[nodiscard]] bool would_show(const Search& run, const Finding& finding, const Shard& shard);

/// What one run says of one finding.
struct Sight {
  std::optional<Replay> seen{};  // empty: it is not in this run …
  bool would_show = false;       // … which means something; see would_show()
};

/// The state of a finding. If it is gone now it is resolved if now it would have shown, and if each
/// run since the first that has it has it too, each in all its replays (none tried: nobody knows).
/// @param runs  oldest first, now last; some run has it
[[nodiscard]] State state_of(std::span<const Sight> runs);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_COMPARE_ABSENCE_HPP_
