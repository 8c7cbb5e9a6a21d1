// Joins the reports of one run, the shards of each lane and the lanes, into the report of the whole.
//
// The result depends on which reports were given and on nothing else: neither their order nor their
// grouping changes a byte of it. Lanes that are complete may be joined first, written to a file, and
// joined with others later: each lane's numbers come from its own shards alone.
#ifndef AWLAB_REPORTS_COMPARE_MERGE_HPP_
#define AWLAB_REPORTS_COMPARE_MERGE_HPP_

#include <span>

#include "core/support/result.hpp"
#include "reports/model/report.hpp"

namespace awlab::reports {

/// The report of the run: per lane counts added, figures joined (see lane_figures.hpp), canaries
/// killed if they died in every shard, verdicts judged anew; findings united (see
/// united_findings.hpp); lanes by name. It has shard 0 of 1, the smallest seed, the earliest start,
/// and is finished when all parts are, at the latest end. Host, build and source are those of the
/// first lane's shard 0; the command is that of each lane's shard 0, without `--shard`.
/// @return an error if there is nothing, if the reports are not of one run (another version or commit
///         of the lab, another subject; within a lane another seed), or if the shards of some lane
///         are not 0 … total-1 of one total, each once: it names lane, shard and total. A report
///         without lanes is no shard of any.
/// Thread-safe.
[[nodiscard]] Result<Report> merge(std::span<const Report> reports);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_COMPARE_MERGE_HPP_
