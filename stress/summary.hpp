// The counts of a run, as text and for the report.
#ifndef AWLAB_STRESS_SUMMARY_HPP_
#define AWLAB_STRESS_SUMMARY_HPP_

#include <string>

#include "reports/model/report.hpp"
#include "stress/tally.hpp"

namespace awlab::stress {

/// Rows and outcomes with their grades and counts, one per line.
std::string table(const Tally& tally, double seconds);

/// One line about the run in progress.
std::string progress_line(const Tally& tally, double seconds, double of_seconds,
                          std::size_t findings);

/// The lane's `coverage` and `stats` in the report.
reports::Json coverage(const Tally& tally);
reports::Json statistics(const Tally& tally, double seconds);

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_SUMMARY_HPP_
