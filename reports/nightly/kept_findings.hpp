// DIR/findings: a directory for each bug, which gets what a lane has found as soon as the lane has
// ended. A night that is killed loses none of it, and neither does the next one.
#ifndef AWLAB_REPORTS_NIGHTLY_KEPT_FINDINGS_HPP_
#define AWLAB_REPORTS_NIGHTLY_KEPT_FINDINGS_HPP_

#include <filesystem>
#include <map>
#include <string>

#include "reports/model/report.hpp"
#include "reports/nightly/options.hpp"

namespace awlab::nightly {

/// Of this finding, relative to `out`: findings/SIGNATURE, which is made, and from then on belongs to
/// the finding's subject; the same bug of another subject is in findings/SIGNATURE.SUBJECT.
[[nodiscard]] std::filesystem::path directory_of(const std::filesystem::path& out,
                                                 const reports::Finding& finding);

/// The command of lab that does `what` with a schedule: "./lab replay FILE", with the subject where a
/// file cannot name it.
[[nodiscard]] std::string schedule_command(const Options& options, const std::string& what,
                                           const std::filesystem::path& artifact);

/// Whether it is a schedule that is kept, and not a log, nor a file that could not be copied.
[[nodiscard]] bool is_kept_schedule(const std::filesystem::path& artifact);

/// Used by one thread.
class KeptFindings {
 public:
  explicit KeptFindings(const Options& options) : options_(options) {}

  /// Copies the finding's artifact from where its lane has left it, once, and makes the finding tell
  /// where it is. A schedule becomes `schedule.found`, and `schedule` too unless that is there already
  /// and this one is not minimized: what an earlier night has made small is not lost. Says on standard
  /// error what could not be copied; the artifact then stays where it is.
  void keep(reports::Finding& finding);

 private:
  [[nodiscard]] std::filesystem::path copy(const reports::Finding& finding,
                                           const std::filesystem::path& found) const;

  const Options& options_;
  std::map<std::filesystem::path, std::filesystem::path> kept_;  // by where the lane has left it
};

}  // namespace awlab::nightly

#endif  // AWLAB_REPORTS_NIGHTLY_KEPT_FINDINGS_HPP_
