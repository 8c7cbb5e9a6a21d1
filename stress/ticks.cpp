#include "stress/ticks.hpp"

namespace awlab::stress {
namespace {

double measure() {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point start = Clock::now();
  const std::uint64_t first = ticks();
  while (Clock::now() - start < std::chrono::milliseconds(5)) {
  }
  const std::uint64_t last = ticks();
  const std::chrono::duration<double, std::nano> spent = Clock::now() - start;
  return static_cast<double>(last - first) / spent.count();
}

}  // namespace

double ticks_per_ns() {
  static const double measured = measure();
  return measured;
}

}  // namespace awlab::stress
