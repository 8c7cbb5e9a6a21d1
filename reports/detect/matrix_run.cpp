#include "reports/detect/matrix_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <memory>
#include <optional>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

#include "reports/lane/child.hpp"
#include "reports/lane/lane_report.hpp"
#include "reports/lane/live_line.hpp"
#include "reports/model/environment.hpp"

namespace awlab::detect {
namespace {

using Clock = std::chrono::steady_clock;
using reports::CellOutcome;

constexpr double kSecondTry = 3;
constexpr auto kBetweenLooks = std::chrono::milliseconds(5);
constexpr double kBetweenSaves = 10;  // seconds

bool is_wanted(const std::vector<std::string>& wanted, std::string_view name) {
  return wanted.empty() || std::ranges::count(wanted, name) > 0;
}

class MatrixRun {
 public:
  MatrixRun(const DetectOptions& options, const Save& save)
      : options_(options), save_(save), scratch_(options.out / "detect") {
    const reports::Report frame = reports::new_report(options.command, 0, {}, {});
    matrix_.tool = frame.tool;
    matrix_.host = frame.host;
    matrix_.build = frame.build;
    matrix_.run = frame.run;
    matrix_.seconds_per_fault = options.seconds_per_fault;
    for (const std::string_view lane : kLanes) {
      if (is_wanted(options.lanes, lane)) matrix_.lanes.emplace_back(lane);
    }
    for (const Fault& fault : catalogue()) {
      if (!is_wanted(options.faults, fault.id)) continue;
      matrix_.faults.push_back({fault.id, fault.change, !fault.survives(), fault.kinds, {}});
    }
    // The lanes that share the machine come first.
    for (const bool alone : {false, true}) {
      for (const Fault& fault : catalogue()) {
        if (!is_wanted(options.faults, fault.id)) continue;
        for (const std::string& lane : matrix_.lanes) {
          CellJob next = job(fault, lane, 1);
          if (next.wants_all_cores() == alone) waiting_.push_back(std::move(next));
        }
      }
    }
    cells_ = waiting_.size();
  }

  reports::KillMatrix run() {
    if (!save_(matrix_)) return matrix_;
    lane::LiveLine line;
    while (!(waiting_.empty() && running_.empty()) && !(lane::stop_requested && running_.empty())) {
      start_some();
      take_ended();
      if (line.is_due()) line.show(fmt::format("{} of {} cells", done_, cells_));
      std::this_thread::sleep_for(kBetweenLooks);
    }
    line.clear();
    if (!lane::stop_requested) matrix_.run.finished_at = reports::utc_time();
    std::error_code failed;
    std::filesystem::remove_all(scratch_, failed);
    return matrix_;
  }

 private:
  struct Running {
    CellJob job;
    std::unique_ptr<lane::Child> child;
  };

  [[nodiscard]] CellJob job(const Fault& fault, const std::string& lane, double times) const {
    return cell_job(fault, lane, options_.seconds_per_fault * times,
                    scratch_ / fmt::format("{}.{}", lane, fault.id));
  }

  void start_some() {
    const std::size_t most = std::max<std::size_t>(1, matrix_.host.cores);
    while (!waiting_.empty() && !lane::stop_requested && running_.size() < most) {
      const bool alone = std::ranges::any_of(
          running_, [](const Running& one) { return one.job.wants_all_cores(); });
      if (alone || (waiting_.front().wants_all_cores() && !running_.empty())) return;
      CellJob next = std::move(waiting_.front());
      waiting_.erase(waiting_.begin());
      start(std::move(next));
    }
  }

  void start(CellJob next) {
    std::error_code failed;
    std::filesystem::remove_all(next.directory, failed);
    std::filesystem::create_directories(next.directory, failed);
    reports::Result<lane::Child> child = lane::Child::start(next.task);
    if (!child) return settle(next, reports::Error{child.error()});
    running_.push_back({std::move(next), std::make_unique<lane::Child>(std::move(child.value()))});
  }

  void take_ended() {
    for (std::size_t i = 0; i < running_.size();) {
      const std::optional<lane::ChildEnd> end = running_[i].child->poll();
      if (!end) {
        ++i;
        continue;
      }
      const CellJob job = std::move(running_[i].job);
      running_.erase(running_.begin() + static_cast<std::ptrdiff_t>(i));
      settle(job, *end);
    }
  }

  void settle(const CellJob& job, const reports::Result<lane::ChildEnd>& end) {
    if (lane::stop_requested) return;  // the program had no time to answer
    const reports::MatrixCell cell = judge_cell(job, end);
    const bool again = cell.outcome == CellOutcome::kMissed &&
                       job.seconds < kSecondTry * options_.seconds_per_fault;
    if (again) {
      waiting_.push_back(this->job(*job.fault, job.lane, kSecondTry));
      waiting_.back().seconds_before = cell.seconds;
      return;
    }
    ++done_;
    tell(job, cell);
    const auto row = std::ranges::find(matrix_.faults, job.fault->id, &reports::MatrixFault::fault);
    const auto rank = [&](const reports::MatrixCell& one) {
      return std::ranges::find(matrix_.lanes, one.lane) - matrix_.lanes.begin();
    };
    row->cells.insert(std::ranges::upper_bound(row->cells, rank(cell), {}, rank), cell);
    if (std::chrono::duration<double>(Clock::now() - saved_).count() > kBetweenSaves) {
      saved_ = Clock::now();
      save_(matrix_);
    }
  }

  static void tell(const CellJob& job, const reports::MatrixCell& cell) {
    if (cell.outcome == CellOutcome::kKilled || cell.outcome == CellOutcome::kSurvived) return;
    fmt::print("{:<22} {:<13} {}{}\n", job.fault->id, job.lane, to_string(cell.outcome),
               cell.why.empty() ? "" : ": " + cell.why);
    std::fflush(stdout);
  }

  const DetectOptions& options_;
  const Save& save_;
  const std::filesystem::path scratch_;
  reports::KillMatrix matrix_;
  std::vector<CellJob> waiting_;
  std::vector<Running> running_;
  std::size_t cells_ = 0;
  std::size_t done_ = 0;
  Clock::time_point saved_ = Clock::now();
};

}  // namespace

reports::KillMatrix run_matrix(const DetectOptions& options, const Save& save) {
  return MatrixRun(options, save).run();
}

}  // namespace awlab::detect
