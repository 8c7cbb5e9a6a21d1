// A role's place to sleep until it is woken: a futex, as under any real executor.
//
// park() and unpark() order no memory, so that only the cell under test does; ThreadSanitizer then
// sees races that a mutex here would hide. The state tells a watcher for certain that a role is
// asleep with no wake-up under way: only unpark() ends kParked.
#ifndef AWLAB_STRESS_PARKING_HPP_
#define AWLAB_STRESS_PARKING_HPP_

#include <atomic>
#include <cstdint>

namespace awlab::stress {

class Parking {
 public:
  /// Sleeps until unpark() is called, or returns at once if it was since the last park() returned.
  void park();
  void unpark();

  /// True if a role sleeps here and nobody has woken it. Acquires that role's earlier writes.
  [[nodiscard]] bool is_parked() const { return word_.load(std::memory_order_acquire) == kParked; }
  /// Wakes a role that no wake-up was due to. Releases the caller's earlier writes to the role.
  void rescue();

  /// Restores the initial state.
  void reset() {
    word_.store(kEmpty, std::memory_order_relaxed);
    rescued_.store(0, std::memory_order_relaxed);
  }

 private:
  enum : std::uint32_t { kEmpty, kToken, kParked, kRescued };
  void wake_sleeper();

  std::atomic<std::uint32_t> word_{kEmpty};
  std::atomic<std::uint32_t> rescued_{0};  // carries the memory order of a rescue
};

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_PARKING_HPP_
