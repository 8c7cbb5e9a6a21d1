// The monitor: a thread of its own that detects rounds that do not finish.
//
// It tells a missed wake-up from a slow machine by state, not by time: the roles that have not
// ended are asleep, and nobody is left who could wake them. Then the round is decided, the sleeper
// is woken, and the crew goes on. A role is in a call that never returns if it has used much
// processor time in one round without ending, or if it sleeps outside its parking place together
// with all others. Nothing can rescue such a role.
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
  /// Limit for one role in one round, in seconds of processor time or of sleep that nobody can end.
  static constexpr double kEndless = 10;

  /// Watches `crew`, which must outlive it.
  explicit Monitor(Crew& crew, double endless_seconds = kEndless);
  Monitor(const Monitor&) = delete;
  Monitor& operator=(const Monitor&) = delete;
  ~Monitor();

  /// The role whose call never returns, if there is one.
  [[nodiscard]] std::optional<int> endless_role() const {
    const int role = endless_role_.load(std::memory_order_acquire);
    return role == kNone ? std::nullopt : std::optional<int>(role);
  }
  /// Rounds that took longer than a second but ended.
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
  // The round that was looked at last, with its progress, and the processor time used by then.
  std::pair<Round*, std::uint64_t> last_{};
  std::uint64_t looks_ = 0;  // looks at this round
  int asleep_ = 0;           // times in a row, a second apart, that all its workers slept
  std::vector<double> used_;
  std::thread thread_;
};

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_MONITOR_HPP_
