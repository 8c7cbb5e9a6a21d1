// handover: a task that registers, then moves to another thread before it registers again.
//
// Only real threads can do this: the second half runs on another thread of the system, and yet it
// is the same registrar of the contract. So this scenario belongs to the stress lane alone.
#ifndef AWLAB_STRESS_HANDOVER_HPP_
#define AWLAB_STRESS_HANDOVER_HPP_

#include "core/scenario/published.hpp"
#include "core/support/as_size.hpp"
#include "stress/platform.hpp"

namespace awlab::stress {

/// Consumer: register(w1); check; hand the task over. Second half, once it has the task:
/// register(w2); check. Each of N producers: num += 1; wake().
class Handover : public Scene<StressPlatform> {
 public:
  using Scene::Scene;

  [[nodiscard]] int threads() const override { return 2 + producers(); }

  void thread(int index) override {
    if (index == kConsumer) {
      register_and_check(kW1);
      // release and acquire, as in any executor that moves a task: to the cell, the task is one
      // thread on both sides of the move.
      moved_.store(true, std::memory_order_release);
    } else if (index == kSecondHalf) {
      while (!moved_.load(std::memory_order_acquire)) StdPlatform::yield();
      current_role.recorder->plays_for(kConsumer);
      register_and_check(kW2);
      current_role.recorder->plays_for(kSecondHalf);
    } else {
      published(num_.fetch_add(1, std::memory_order_relaxed) + 1);
      wake();
    }
  }

  [[nodiscard]] TraceNames names() const override {
    TraceNames names = Scene::names();
    names.threads = {"consumer", "consumer, moved"};
    for (int i = 1; i <= producers(); ++i) {
      names.threads.push_back("producer " + std::to_string(i));
    }
    return names;
  }

 private:
  static constexpr int kSecondHalf = 1;

  void register_and_check(WakerId id) {
    const Waker waker = ledger().make(id);
    register_by_ref(waker, id);
    check(num_, as_size(producers()));
  }

  std::atomic<bool> moved_{false};
  Word num_{0};
};

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_HANDOVER_HPP_
