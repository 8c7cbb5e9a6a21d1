// The monitor: a thread of its own that sees rounds that do not finish.
//
// It tells a missed wake-up from a slow machine by state, not by time: the roles that have not ended
// are asleep, and nobody is left who could wake them. Then the round is decided, the sleeper is woken
// and the crew goes on. A role that has had much processor time in one round and does not end, or one that sleeps
// elsewhere with all others, is in a call that does not come back: nothing can rescue it.
#ifndef AWLAB_STRESS_MONITOR_HPP_
#define AWLAB_STRESS_MONITOR_HPP_

#include <atomic>
#include <cstdint>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "stress/crew.hpp"

namespace awlab::stress {

class Monitor {
 public:
  /// Of one role in one round, in seconds: of processor time, or asleep with nobody to wake it.
  static constexpr double kEndless = 10;

  /// Watches `crew`, which must outlive it.
  explicit Monitor(Crew& crew, double endless_seconds = kEndless);
  Monitor(const Monitor&) = delete;
  Monitor& operator=(const Monitor&) = delete;
  ~Monitor();

  /// The role that does not come back, if there is one.
  [[nodiscard]] std::optional<int> endless_role() const {
    const int role = endless_role_.load(std::memory_order_acquire);
    return role == kNone ? std::nullopt : std::optional<int>(role);
  }
  /// Rounds that took longer than a second, and yet ended.
  [[nodiscard]] std::uint64_t slow_rounds() const { return slow_rounds_; }

 private:
  void watch();
  void look_at(Round& round);
  void look_for_endless_call(Round& round);

  Crew& crew_;
  const double endless_seconds_;
  static constexpr int kNone = -1;
  std::atomic<int> endless_role_{kNone};
  std::atomic<std::uint64_t> slow_rounds_{0};
  std::atomic<bool> ends_{false};
  // The round looked at last, since when, and what its workers had used by then.
  std::pair<Round*, std::uint64_t> last_{};
  std::uint64_t looks_ = 0;  // at it
  int asleep_ = 0;           // seconds that all of its workers slept, as often as was looked
  std::vector<double> used_;
  std::thread thread_;
};

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_MONITOR_HPP_
