// The rules between the numbers of one lane, where a lane tells them.
#ifndef AWLAB_REPORTS_MODEL_LANE_RULES_HPP_
#define AWLAB_REPORTS_MODEL_LANE_RULES_HPP_

#include <cstddef>
#include <string_view>

#include "core/support/result.hpp"
#include "reports/compare/lane_figures.hpp"
#include "reports/model/report.hpp"

namespace awlab::reports {

/// Whether what a lane counts adds up. `coverage` and `stats` are free: what is absent, or of another
/// form than this version writes, is no error.
///  - explore: complete and blocked of all coverage.searches are lane.executions;
///  - relacy: executions of all coverage.searches are lane.executions;
///  - stress: stats.rounds is lane.executions and the sum of stats.outcomes, and not below
///    stats.contended_rounds.
/// @param index  of the lane in its report, for the message
/// @return an error that starts with the JSON path: "lanes[1].stats.rounds: …"
Status check_lane_numbers(const Lane& lane, std::size_t index);

/// Whether a fuzz lane that tells stats.violations has counted any, if this finding is not a crash.
/// @param path  of the finding, which the error starts with
Status check_was_counted(const Lane& lane, const Finding& finding, std::string_view path);

/// How lane `lane` deals its searches to shards: relacy whole ones, all others parts of each.
[[nodiscard]] Dealt dealt_in(std::string_view lane);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_MODEL_LANE_RULES_HPP_
