// A barrier for threads that are about to race: they spin at it and leave it together.
#ifndef AWLAB_STRESS_GATE_HPP_
#define AWLAB_STRESS_GATE_HPP_

#include <atomic>
#include <cstdint>
#include <thread>

#include "core/std_platform.hpp"

namespace awlab::stress {

/// Serves a fixed number of threads. Everything before the gate happens before everything after it.
class Gate {
 public:
  /// A waiting thread yields its core after `patience` looks.
  Gate(int threads, int patience) : threads_(threads), patience_(patience) {}

  /// Waits for all threads; the last one to arrive runs `before_it_opens`.
  template <class F>
  void pass(F&& before_it_opens) {
    const std::uint32_t now = opened_.load(std::memory_order_relaxed);
    if (arrived_.fetch_add(1, std::memory_order_acq_rel) == threads_ - 1) {
      arrived_.store(0, std::memory_order_relaxed);
      before_it_opens();
      opened_.store(now + 1, std::memory_order_release);
      return;
    }
    int looks = 0;
    while (opened_.load(std::memory_order_relaxed) == now) {
      if (++looks < patience_) {
        StdPlatform::spin_hint();
      } else {
        std::this_thread::yield();
      }
    }
    opened_.load(std::memory_order_acquire);
  }

 private:
  const int threads_;
  const int patience_;
  alignas(64) std::atomic<int> arrived_{0};
  alignas(64) std::atomic<std::uint32_t> opened_{0};
};

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_GATE_HPP_
