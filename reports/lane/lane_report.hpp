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

/// Set once the user or the system asks the program to end by SIGINT or SIGTERM.
extern std::atomic<bool> stop_requested;
/// Makes these signals set `stop_requested`, and makes sure that the ends of children are reported.
/// Call it before anything is started.
void end_on_signals();

/// "./lab COMMAND OPTION...": the line that started this program, to paste. argv[0] is COMMAND.
std::string command_of(int argc, char** argv);

class LaneReport {
 public:
  struct Start {
    std::string lane;
    const SubjectModule& subject;
    std::string command;
    std::uint64_t seed = 0;
    reports::Shard shard{};
    std::vector<std::string> limits;
    std::string sanitizer = "none";  // sanitizer of the subject's build
    std::string flags{};             // compiler flags beyond those of the whole lab
  };
  /// Written to the file `json`; to none, if that is empty.
  LaneReport(const Start& start, std::string json);

  /// Continues the run of a checkpoint: its start, its seed, its findings, its seconds.
  void resume(const reports::Report& checkpoint);

  [[nodiscard]] reports::Lane& lane() { return lane_; }
  [[nodiscard]] const reports::Report& report() const { return report_; }
  /// Adds a finding. Returns whether it is new; see reports::add_finding.
  bool add(reports::Finding finding) { return reports::add_finding(report_, std::move(finding)); }
  /// Replaces all findings so far.
  void set_findings(std::vector<reports::Finding> findings);
  /// Some work was not done to its end: the lane cannot pass.
  void mark_incomplete() { complete_ = false; }
  /// The lane cannot pass, for this reason, one line. Prints it once; the report has it among the
  /// limits, and all reasons as stats.doubt.
  void doubt(const std::string& reason);
  /// True if the subject does something that a simulation cannot see; then the reason is noted, and
  /// nothing that the lane may find would be a verdict.
  bool has_unseen();

  /// True if one of `findings` shows the fault that this lane must see in its subject.
  [[nodiscard]] bool caught(const std::vector<reports::Finding>& findings) const;
  /// Compares the findings with the catalogue of faults, in place of a report; for tests and
  /// canaries. A fault that this lane must see has to be caught; any other subject must have no
  /// finding that the catalogue does not name, and nothing left out. With `every`, the whole plan
  /// was to be run: a fault must have no such finding either. Prints the result. Returns 0 if all
  /// agree, 1 if not, 3 if something of the plan was left out.
  [[nodiscard]] int compare(bool every) const;

  /// Writes the report so far. If that fails, prints a message and returns false.
  bool save();
  /// Finishes the report unless the program was asked to stop, writes it, and prints the last line.
  /// Returns the exit code.
  int finish();

 private:
  [[nodiscard]] bool is_complete() const { return complete_ && !stop_requested; }
  void settle();

  const std::string json_;
  const SubjectModule& subject_;
  reports::Report report_;
  reports::Lane lane_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  double seconds_before_ = 0;  // of the run that this one continues
  bool complete_ = true;
  std::string doubt_;
};

}  // namespace awlab::lane

#endif  // AWLAB_REPORTS_LANE_LANE_REPORT_HPP_
