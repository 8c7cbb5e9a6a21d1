// Joins the reports of one run, that is the shards of each lane and the lanes, into one report.
//
// The result depends only on which reports are given: neither their order nor their grouping
// changes a byte of it. Complete lanes may be joined first, written to a file, and joined with
// others later, because each lane's numbers come from its own shards alone.
#ifndef AWLAB_REPORTS_COMPARE_MERGE_HPP_
#define AWLAB_REPORTS_COMPARE_MERGE_HPP_

#include <span>

#include "core/support/result.hpp"
#include "reports/model/report.hpp"

namespace awlab::reports {

/// The report of the whole run. In each lane, counts are added, figures joined (see
/// lane_figures.hpp), a canary is killed if it died in every shard, and the verdict is judged anew.
/// Findings are united (see united_findings.hpp); lanes are sorted by name. The report has shard 0
/// of 1, the smallest seed and the earliest start; it is finished if all parts are, at the latest
/// end. Host, build and source are those of the first lane's shard 0. The command combines those of
/// each lane's shard 0, without `--shard`.
/// @return an error if there are no reports; if they are not of one run (another version or commit
///         of the lab, another subject; within a lane another seed); or if the shards of some lane
///         are not 0 … total-1 of one total, each once: it names lane, shard and total. A report
///         without lanes is no shard of any.
/// Thread-safe.
[[nodiscard]] Result<Report> merge(std::span<const Report> reports);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_COMPARE_MERGE_HPP_
