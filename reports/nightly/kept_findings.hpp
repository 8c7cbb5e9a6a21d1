// DIR/findings: a directory for each bug, which receives a lane's findings as soon as the lane has
// ended. Neither a killed night nor the next night loses any of them.
#ifndef AWLAB_REPORTS_NIGHTLY_KEPT_FINDINGS_HPP_
#define AWLAB_REPORTS_NIGHTLY_KEPT_FINDINGS_HPP_

#include <filesystem>
#include <map>
#include <string>

#include "reports/model/report.hpp"
#include "reports/nightly/nightly_options.hpp"

namespace awlab::nightly {

/// The directory of this finding, relative to `out`: findings/SIGNATURE. It is created and from
/// then on belongs to the finding's subject; the same bug of another subject is in
/// findings/SIGNATURE.SUBJECT.
[[nodiscard]] std::filesystem::path directory_of(const std::filesystem::path& out,
                                                 const reports::Finding& finding);

/// The lab command `what` on a schedule: "./lab replay FILE", with the subject's options if the
/// file cannot name it.
[[nodiscard]] std::string schedule_command(const NightlyOptions& options, const std::string& what,
                                           const std::filesystem::path& artifact);

/// True if the artifact is a kept schedule, not a log and not a file that could not be copied.
[[nodiscard]] bool is_kept_schedule(const std::filesystem::path& artifact);

/// Used by one thread.
class KeptFindings {
 public:
  explicit KeptFindings(const NightlyOptions& options) : options_(options) {}

  /// Copies the finding's artifact, once, from where its lane has left it, and updates the finding.
  /// A schedule is copied to `schedule.found`. It also becomes `schedule`, unless that exists and
  /// this one is not minimized: a schedule that an earlier night has minimized is not lost. Prints
  /// copy errors to standard error; the artifact then stays where it is.
  void keep(reports::Finding& finding);

 private:
  [[nodiscard]] std::filesystem::path copy(const reports::Finding& finding,
                                           const std::filesystem::path& found) const;

  const NightlyOptions& options_;
  std::map<std::filesystem::path, std::filesystem::path> kept_;  // by where the lane has left it
};

}  // namespace awlab::nightly

#endif  // AWLAB_REPORTS_NIGHTLY_KEPT_FINDINGS_HPP_
