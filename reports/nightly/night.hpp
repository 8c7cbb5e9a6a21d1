// The night: the lanes run one after another as child processes; the report is whole at all times.
#ifndef AWLAB_REPORTS_NIGHTLY_NIGHT_HPP_
#define AWLAB_REPORTS_NIGHTLY_NIGHT_HPP_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "reports/model/report.hpp"
#include "reports/nightly/budget.hpp"
#include "reports/nightly/heartbeat.hpp"
#include "reports/nightly/kept_findings.hpp"
#include "reports/nightly/lane_job.hpp"
#include "reports/nightly/nightly_options.hpp"

namespace awlab::nightly {

class Night {
 public:
  /// Receives the report so far, whenever it has changed.
  using Save = std::function<void(const reports::Report& report)>;

  Night(const NightlyOptions& options, Heartbeat& heartbeat, Save save);

  /// The report so far.
  [[nodiscard]] const reports::Report& report() const { return report_; }

  /// The seconds of the night that are left; negative once it is over time.
  [[nodiscard]] double left() const { return options_.minutes * 60 - gone(); }

  /// Runs every lane, or stops early if the program is asked to. @return the report; it is finished
  /// unless the night was stopped
  reports::Report run();

 private:
  using Clock = std::chrono::steady_clock;

  [[nodiscard]] double gone() const;
  [[nodiscard]] LaneJob prepare(std::size_t lane) const;
  /// Runs these lanes at the same time.
  void run_together(const std::vector<std::size_t>& lanes);
  void add(const LaneJob& job, const reports::Result<lane::ChildEnd>& end);

  const NightlyOptions& options_;
  Heartbeat& heartbeat_;
  const Save save_;
  const std::uint64_t seed_;
  const Budget budget_;
  const Clock::time_point start_ = Clock::now();
  std::vector<reports::Report> lanes_;  // artifacts are where the lanes left them
  reports::Report report_;
  KeptFindings kept_;
};

}  // namespace awlab::nightly

#endif  // AWLAB_REPORTS_NIGHTLY_NIGHT_HPP_
