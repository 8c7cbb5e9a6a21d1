// The rules between the numbers of one lane, as far as the lane reports them.
#ifndef AWLAB_REPORTS_MODEL_LANE_RULES_HPP_
#define AWLAB_REPORTS_MODEL_LANE_RULES_HPP_

#include <cstddef>
#include <string_view>

#include "core/support/result.hpp"
#include "reports/compare/lane_figures.hpp"
#include "reports/model/report.hpp"

namespace awlab::reports {

/// Checks that a lane's counts add up. `coverage` and `stats` are free: a number that is absent, or
/// has another form than this version writes, is no error.
///  - explore: complete plus blocked of all coverage.searches equal lane.executions;
///  - relacy: executions of all coverage.searches equal lane.executions;
///  - stress: stats.rounds equals lane.executions and the sum of stats.outcomes, and is not below
///    stats.contended_rounds.
/// @param index  of the lane in its report, for the message
/// @return an error that starts with the JSON path: "lanes[1].stats.rounds: …"
[[nodiscard]] Status check_lane_numbers(const Lane& lane, std::size_t index);

/// Checks that a fuzz lane that reports stats.violations has counted at least one, if this finding
/// is not a crash.
/// @param path  of the finding; the error starts with it
[[nodiscard]] Status check_was_counted(const Lane& lane, const Finding& finding,
                                       std::string_view path);

/// The way in which lane `lane` deals its searches to shards: relacy whole ones, all others parts
/// of each.
[[nodiscard]] Dealt dealt_in(std::string_view lane);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_MODEL_LANE_RULES_HPP_
