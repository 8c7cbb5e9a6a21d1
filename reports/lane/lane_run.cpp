#include "reports/lane/lane_run.hpp"

#include <random>

#include "reports/lane/canaries.hpp"

namespace awlab::lane {

using Clock = std::chrono::steady_clock;

LaneRun::LaneRun(const RunOptions& options, const LaneReport::Start& start)
    : options_(options), report_(start, compares() ? "" : options.json) {}

int LaneRun::run() {
  // Saved before the work: a report that cannot be written must not cost the work.
  if (!prepare() || !report_.save()) return 2;
  if (report_.has_unseen()) return finish();
  if (!compares() && !options_.bare) report_.lane().canaries = run_canaries(report_.lane().lane);
  return end(work());
}

int LaneRun::end(bool worked) {
  conclude();
  return worked ? finish() : 2;
}

int LaneRun::finish() { return compares() ? report_.compare(options_.verify) : report_.finish(); }

bool LaneRun::found_enough(const std::vector<reports::Finding>& findings) const {
  return options_.canary ? report_.caught(findings) : options_.until_found && !findings.empty();
}

Clock::time_point deadline_of(std::optional<double> seconds) {
  return seconds ? Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                      std::chrono::duration<double>(*seconds))
                 : Clock::time_point::max();
}

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::uint64_t chosen_seed(std::optional<std::uint64_t> seed) {
  std::random_device device;
  return seed ? *seed : device();
}

}  // namespace awlab::lane
