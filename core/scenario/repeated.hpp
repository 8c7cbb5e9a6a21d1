// Registrations again and again: by value, with the same waker, and more often than a small counter
// counts.
#ifndef AWLAB_CORE_SCENARIO_REPEATED_HPP_
#define AWLAB_CORE_SCENARIO_REPEATED_HPP_

#include <utility>

#include "core/scenario/published.hpp"

namespace awlab::scenarios {

/// Enough for a counter of four bits to come round.
inline constexpr int kMany = 17;

/// register_waker(w1); check; register_waker(w2); check.
template <ScenarioPlatform P>
class ByValue : public Published<P> {
 public:
  using Published<P>::Published;

 private:
  void consume() override {
    this->give_and_check(this->kW1);
    this->give_and_check(this->kW2);
  }
};

/// A task that is polled again with the same waker: register(w1); check; register(w1); check; and
/// once more by value. The clones of w1 will_wake() each other, so that a cell may leave out what
/// is there already.
template <ScenarioPlatform P>
class Repoll : public Published<P> {
 public:
  explicit Repoll(const Setup& setup) : Published<P>(setup) {
    this->ledger().script(this->kW1, {.clones_share_data = true});
  }

 private:
  void consume() override {
    this->register_and_check(this->kW1);
    this->register_and_check(this->kW1);
    this->give_and_check(this->kW1);
  }
};

/// Set-up: the check of rest, 17 times. Consumer: 17 registrations, of w1 and w2 in turn, with a
/// check after each.
template <ScenarioPlatform P>
class ManyRegistrations : public Published<P> {
 public:
  using Published<P>::Published;

  void set_up() override {
    for (int i = 0; i < kMany; ++i) this->judge_rest(0);
  }

 private:
  void consume() override {
    for (int i = 0; i < kMany; ++i) this->register_and_check(i % 2 == 0 ? this->kW1 : this->kW2);
  }
};

/// register(w1); register(w2); check. The producer wakes 16 times, publishes, and wakes once more.
template <ScenarioPlatform P>
class ManyWakes : public Scene<P> {
 public:
  using Scene<P>::Scene;

  void thread(int index) override {
    if (index != this->kConsumer) {
      for (int i = 1; i < kMany; ++i) this->wake();
      this->published(num_.fetch_add(1, std::memory_order_relaxed) + 1);
      this->wake();
      return;
    }
    const Waker w1 = this->ledger().make(this->kW1);
    this->register_by_ref(w1, this->kW1);
    const Waker w2 = this->ledger().make(this->kW2);
    this->register_by_ref(w2, this->kW2);
    this->check(num_, 1);
  }

 private:
  typename Scene<P>::Word num_{0};
};

}  // namespace awlab::scenarios

#endif  // AWLAB_CORE_SCENARIO_REPEATED_HPP_
