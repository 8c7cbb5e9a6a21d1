// The processor's own clock, fine enough for a window of nanoseconds.
#ifndef AWLAB_STRESS_TICKS_HPP_
#define AWLAB_STRESS_TICKS_HPP_

#include <chrono>
#include <cstdint>

namespace awlab::stress {

/// Ticks since some time in the past. The clocks of one machine's cores may differ by a few.
inline std::uint64_t ticks() noexcept {
#if defined(__x86_64__)
  return __builtin_ia32_rdtsc();
#elif defined(__aarch64__)
  std::uint64_t now;
  asm volatile("mrs %0, cntvct_el0" : "=r"(now));
  return now;
#else
  return static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
#endif
}

/// Ticks per nanosecond, measured for some milliseconds. Thread-safe.
double ticks_per_ns();

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_TICKS_HPP_
