// The report of one run of one lane: started, saved as a checkpoint again and again, finished.
#ifndef AWLAB_REPORTS_LANE_LANE_REPORT_HPP_
#define AWLAB_REPORTS_LANE_LANE_REPORT_HPP_

#include <atomic>
#include <chrono>
#include <string>
#include <vector>

#include "core/subjects/subject_module.hpp"
#include "reports/model/report.hpp"

namespace awlab::lane {

/// Set once the user or the system asks the program to end: SIGINT, SIGTERM.
extern std::atomic<bool> stop_requested;
/// Has it set by these, and lets the program learn how its children end. Call it before anything is
/// started.
void end_on_signals();

/// "./lab COMMAND OPTION...": what started this program, to paste. argv[0] is the command.
std::string command_of(int argc, char** argv);

class LaneReport {
 public:
  struct Start {
    std::string lane;
    const SubjectModule& subject;
    std::string command;
    std::uint64_t seed = 0;
    reports::Shard shard{};
    std::string json;  // the file; empty: none is written
    std::vector<std::string> limits;
    std::string sanitizer = "none";  // with which the subject was compiled
    std::string flags{};             // beyond those of the whole lab
  };
  explicit LaneReport(const Start& start);

  /// Goes on with the run of a checkpoint: its start, its seed, its findings, its seconds.
  void resume(const reports::Report& checkpoint);

  [[nodiscard]] reports::Lane& lane() { return lane_; }
  [[nodiscard]] const reports::Report& report() const { return report_; }
  /// Whether the finding is new; see reports::add_finding.
  bool add(reports::Finding finding) { return reports::add_finding(report_, std::move(finding)); }
  /// Exchanges all findings so far for these.
  void set_findings(std::vector<reports::Finding> findings);
  /// Something was not done to its end: the lane cannot pass.
  void left_something_out() { complete_ = false; }

  /// Instead of reporting, for tests and canaries: holds the findings against the catalogue of
  /// faults, where a harmful fault must have one unless it is not `visible` to this lane, none may be
  /// of another kind, and all else must have none. Says so. Returns 0 if that is so, 1 if not, 3 if
  /// something was left out.
  int verify(bool visible = true) const;

  /// Writes what there is so far. False, with a message, if that fails.
  bool save();
  /// Finishes the report unless the program was asked to stop, writes it, and prints the last line.
  /// Returns the exit code.
  int finish();

 private:
  void settle();

  const std::string json_;
  reports::Report report_;
  reports::Lane lane_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  double seconds_before_ = 0;  // of the run that this one goes on with
  bool complete_ = true;
};

}  // namespace awlab::lane

#endif  // AWLAB_REPORTS_LANE_LANE_REPORT_HPP_
