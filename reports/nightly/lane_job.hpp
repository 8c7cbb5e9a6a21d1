// One lane of a night: the command that runs it, and what is to be said of how it ended.
#ifndef AWLAB_REPORTS_NIGHTLY_LANE_JOB_HPP_
#define AWLAB_REPORTS_NIGHTLY_LANE_JOB_HPP_

#include <filesystem>
#include <string>

#include "reports/lane/child.hpp"
#include "reports/lane/programs.hpp"
#include "reports/model/report.hpp"
#include "reports/nightly/options.hpp"

namespace awlab::nightly {

struct LaneJob {
  std::string lane;
  std::filesystem::path directory;  // of its report, its log, and what it finds
  lane::ChildTask task;

  [[nodiscard]] std::filesystem::path report_file() const { return lane::report_in(directory); }
};

/// How lane `lane` runs in this night for `seconds`, with chance of its own from `seed`.
[[nodiscard]] LaneJob lane_job(const Options& options, const std::string& lane, double seconds,
                               std::uint64_t seed);

/// The report that the lane has left. A lane that crashed has a finding; of one that hung, did not
/// begin, or left no report, the night says so as its stats.doubt, and it is inconclusive.
/// @param blank  a report of the night that has no lanes yet
[[nodiscard]] reports::Report report_of(const LaneJob& job,
                                        const reports::Result<lane::ChildEnd>& end,
                                        const reports::Report& blank);

}  // namespace awlab::nightly

#endif  // AWLAB_REPORTS_NIGHTLY_LANE_JOB_HPP_
