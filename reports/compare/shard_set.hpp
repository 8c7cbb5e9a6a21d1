// Reports that are parts of one run: whether all parts are there.
#ifndef AWLAB_REPORTS_COMPARE_SHARD_SET_HPP_
#define AWLAB_REPORTS_COMPARE_SHARD_SET_HPP_

#include <span>
#include <string>
#include <vector>

#include "reports/model/report.hpp"

namespace awlab::reports {

/// Sorts the reports that have a shard of more than one into runs (of one run are those with the same
/// subject, seed and number of shards, whatever their commands) and names for each run that is not
/// whole the first shard that is missing or given twice. Looks at `run` and `subject` only.
/// @return a line for each such run, in the order in which the runs first appear
[[nodiscard]] std::vector<std::string> broken_shard_sets(std::span<const Report> reports);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_COMPARE_SHARD_SET_HPP_
