// One run of a lane: the steps that are the same in all lanes, around the work that differs.
#ifndef AWLAB_REPORTS_LANE_LANE_RUN_HPP_
#define AWLAB_REPORTS_LANE_LANE_RUN_HPP_

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "reports/lane/lane_options.hpp"
#include "reports/lane/lane_report.hpp"
#include "reports/lane/untried.hpp"

namespace awlab::lane {

/// A run ends in a report, or, with --verify and --canary, in a comparison of its findings with the
/// catalogue of faults. A comparison has no canaries and writes no report.
class LaneRun {
 public:
  LaneRun(const LaneRun&) = delete;
  LaneRun& operator=(const LaneRun&) = delete;
  virtual ~LaneRun() = default;

  /// Prepares, runs the canaries, works, and ends. Does neither canaries nor work if the subject
  /// does something that the lane cannot see. Returns the exit code.
  int run();

 protected:
  /// `options` must outlive the run.
  LaneRun(const RunOptions& options, const LaneReport::Start& start);

  /// The steps of a lane. They return false, after a message, if they cannot write.
  virtual bool prepare() { return true; }
  virtual bool work() = 0;
  /// Puts the figures of the work into the report, and prints them.
  virtual void conclude() {}

  /// The end of run(), for a lane that cannot return from its work. `worked` is its result.
  int end(bool worked);

  [[nodiscard]] LaneReport& report() { return report_; }
  [[nodiscard]] const std::vector<reports::Finding>& findings() const {
    return report_.report().findings;
  }
  [[nodiscard]] bool compares() const { return options_.verify || options_.canary; }
  /// True if `findings` are all that this run was to find.
  [[nodiscard]] bool found_enough(const std::vector<reports::Finding>& findings) const;

 private:
  int finish();

  const RunOptions& options_;
  LaneReport report_;
};

/// Runs a lane on simulated threads: its subject is loaded from `parsed`. Returns the exit code.
template <class Run, class Options>
int run_simulated(std::string_view lane, const Parsed<Options>& parsed, int argc, char** argv) {
  if (!parsed) return parsed.error();
  const auto subject = load_simulated(parsed->subject);
  if (!subject) return refuse(lane, subject.error());
  if constexpr (requires { parsed->scenario; }) {
    if (const auto error = refuse_scenario(parsed->scenario, *subject.value())) {
      return refuse(lane, *error);
    }
  }
  end_on_signals();
  return Run(*subject.value(), *parsed, command_of(argc, argv)).run();
}

/// The time at which a budget that begins now is used up; never, if there is none.
std::chrono::steady_clock::time_point deadline_of(std::optional<double> seconds);
/// The seconds since `start`.
double seconds_since(std::chrono::steady_clock::time_point start);
/// The seed that was asked for, or one that the system chooses.
std::uint64_t chosen_seed(std::optional<std::uint64_t> seed);

}  // namespace awlab::lane

#endif  // AWLAB_REPORTS_LANE_LANE_RUN_HPP_
