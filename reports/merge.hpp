// Joins the reports of the shards of one run into the report of the whole.
#ifndef AWLAB_REPORTS_MERGE_HPP_
#define AWLAB_REPORTS_MERGE_HPP_

#include <span>

#include "report.hpp"
#include "result.hpp"

namespace awlab::reports {

/// The report of the run whose shards these are, in any order: counts added, findings united by
/// signature, verdicts judged anew. The run has shard 0 of 1, the earliest start, and is finished
/// when all are, at the latest end.
/// @return an error that names it if a shard is missing or given twice, or if the reports are not of
///         one run: another version, subject, seed, or number of shards
[[nodiscard]] Result<Report> merge_shards(std::span<const Report> reports);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_MERGE_HPP_
