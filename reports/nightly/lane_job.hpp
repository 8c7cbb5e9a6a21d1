// One lane of a night: the command that runs it, and the judgement of how it ended.
#ifndef AWLAB_REPORTS_NIGHTLY_LANE_JOB_HPP_
#define AWLAB_REPORTS_NIGHTLY_LANE_JOB_HPP_

#include <filesystem>
#include <string>

#include "reports/lane/child.hpp"
#include "reports/lane/programs.hpp"
#include "reports/model/report.hpp"
#include "reports/nightly/nightly_options.hpp"

namespace awlab::nightly {

struct LaneJob {
  std::string lane;
  std::filesystem::path directory;  // for its report, its log and its findings
  lane::ChildTask task;

  [[nodiscard]] std::filesystem::path report_file() const { return lane::report_in(directory); }
};

/// The job of lane `lane` in this night for `seconds`, with random choices from `seed`.
[[nodiscard]] LaneJob lane_job(const NightlyOptions& options, const std::string& lane,
                               double seconds, std::uint64_t seed);

/// The report that the lane has left. A lane takes the crashes of its subject as findings; one that
/// crashed itself, hung, did not begin, or left no report is inconclusive at best, and the night
/// gives the reason as its stats.doubt.
/// @param blank  a report of the night that has no lanes yet
[[nodiscard]] reports::Report report_of(const LaneJob& job,
                                        const reports::Result<lane::ChildEnd>& end,
                                        const reports::Report& blank);

}  // namespace awlab::nightly

#endif  // AWLAB_REPORTS_NIGHTLY_LANE_JOB_HPP_
