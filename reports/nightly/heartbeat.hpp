// A file that says that the night goes on: `lab health`, and with it whoever restarts containers,
// looks at its age.
#ifndef AWLAB_REPORTS_NIGHTLY_HEARTBEAT_HPP_
#define AWLAB_REPORTS_NIGHTLY_HEARTBEAT_HPP_

#include <chrono>
#include <filesystem>
#include <optional>
#include <utility>

#include "reports/model/report.hpp"

namespace awlab::nightly {

/// Beats only when it is called, by the loops that wait for children: a night that is stuck is silent.
/// Used by one thread. What cannot be written is left: a full disk does not end a night.
class Heartbeat {
 public:
  /// Beats at once.
  explicit Heartbeat(std::filesystem::path file);

  /// Writes "running" to the file, at most every five seconds. Cheap otherwise.
  void beat();
  /// Writes "ended" and the verdict: from now on the age says nothing.
  void end(reports::Verdict verdict);

 private:
  using Clock = std::chrono::steady_clock;

  std::filesystem::path file_;
  std::optional<Clock::time_point> last_;
};

}  // namespace awlab::nightly

#endif  // AWLAB_REPORTS_NIGHTLY_HEARTBEAT_HPP_
