// The heartbeat: a file that shows that the night goes on. `lab health` looks at its age, and so
// does anything that restarts containers.
#ifndef AWLAB_REPORTS_NIGHTLY_HEARTBEAT_HPP_
#define AWLAB_REPORTS_NIGHTLY_HEARTBEAT_HPP_

#include <chrono>
#include <filesystem>
#include <optional>
#include <utility>

#include "reports/model/report.hpp"

namespace awlab::nightly {

/// Beats only when called, by the loops that wait for children: a stuck night is silent. Used by
/// one thread. Write errors are ignored: a full disk does not end a night.
class Heartbeat {
 public:
  /// Beats at once.
  explicit Heartbeat(std::filesystem::path file);

  /// Writes "running" to the file, at most every five seconds. Cheap otherwise.
  void beat();
  /// Writes "ended" and the verdict: from now on the file's age means nothing.
  void end(reports::Verdict verdict);

 private:
  using Clock = std::chrono::steady_clock;

  std::filesystem::path file_;
  std::optional<Clock::time_point> last_;
};

}  // namespace awlab::nightly

#endif  // AWLAB_REPORTS_NIGHTLY_HEARTBEAT_HPP_
