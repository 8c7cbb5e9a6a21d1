// Completeness of a run's set of shards.
#ifndef AWLAB_REPORTS_COMPARE_SHARD_SET_HPP_
#define AWLAB_REPORTS_COMPARE_SHARD_SET_HPP_

#include <span>
#include <string>
#include <vector>

#include "reports/model/report.hpp"

namespace awlab::reports {

/// Sorts the reports that have a shard of more than one into runs (same subject, seed and number of
/// shards, whatever their commands), and for each incomplete run names the first shard that is
/// missing or given twice. Looks at `run` and `subject` only.
/// @return a line for each such run, in the order in which the runs first appear
[[nodiscard]] std::vector<std::string> broken_shard_sets(std::span<const Report> reports);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_COMPARE_SHARD_SET_HPP_
