// What was counted, for people and for the report.
#ifndef AWLAB_STRESS_SUMMARY_HPP_
#define AWLAB_STRESS_SUMMARY_HPP_

#include <string>

#include "reports/model/report.hpp"
#include "stress/tally.hpp"

namespace awlab::stress {

/// Rows and outcomes with their grades and counts, a line each.
std::string table(const Tally& tally, double seconds);

/// One line for the run in progress.
std::string progress_line(const Tally& tally, double seconds, double of_seconds,
                          std::size_t findings);

/// For the report: `coverage` and `stats` of the lane.
reports::Json coverage(const Tally& tally);
reports::Json statistics(const Tally& tally, double seconds);

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_SUMMARY_HPP_
