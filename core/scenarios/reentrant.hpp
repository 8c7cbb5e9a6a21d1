// Calls of the cell from inside a waker's own wake, clone and drop.
#ifndef AWLAB_CORE_SCENARIOS_REENTRANT_HPP_
#define AWLAB_CORE_SCENARIOS_REENTRANT_HPP_

#include "core/scenario.hpp"

namespace awlab::scenarios {

/// Consumer: register(w1, whose wake calls register(w2)). Producers as basic.
template <ScenarioPlatform P, WakerCell Cell>
class Reentrant : public Scene<P, Cell> {
 public:
  explicit Reentrant(int producers) : Scene<P, Cell>(producers) {
    this->ledger().script(this->kW1, {.on_wake = &Reentrant::register_another, .context = this});
  }

  void thread(int index) override {
    if (index == this->kConsumer) {
      const Waker w1 = this->ledger().make(this->kW1);
      this->register_by_ref(w1, this->kW1);
    } else {
      this->publish_and_wake(num_);
    }
  }

 private:
  static void register_another(void* context) {
    auto& self = *static_cast<Reentrant*>(context);
    const Waker w2 = self.ledger().make(self.kW2);
    self.register_by_ref(w2, self.kW2);
  }

  typename Scene<P, Cell>::Word num_{0};
};

/// Consumer: register(w1, whose wake calls wake()); check. Producers as basic.
template <ScenarioPlatform P, WakerCell Cell>
class ReentrantWakeInWake : public Scene<P, Cell> {
 public:
  explicit ReentrantWakeInWake(int producers) : Scene<P, Cell>(producers) {
    this->ledger().script(this->kW1,
                          {.on_wake = &ReentrantWakeInWake::wake_again, .context = this});
  }

  void thread(int index) override {
    if (index == this->kConsumer) {
      const Waker w1 = this->ledger().make(this->kW1);
      this->register_by_ref(w1, this->kW1);
      this->check(num_, this->kW1);
    } else {
      this->publish_and_wake(num_);
    }
  }

 private:
  static void wake_again(void* context) { static_cast<ReentrantWakeInWake*>(context)->wake(); }

  typename Scene<P, Cell>::Word num_{0};
};

/// Consumer: register(w1, whose clone calls wake()); check. Producers as basic. The wake inside the
/// clone finds the registration itself in progress, and leaves it the duty.
template <ScenarioPlatform P, WakerCell Cell>
class ReentrantWakeInClone : public Scene<P, Cell> {
 public:
  explicit ReentrantWakeInClone(int producers) : Scene<P, Cell>(producers) {
    this->ledger().script(this->kW1,
                          {.on_clone = &ReentrantWakeInClone::wake_early, .context = this});
  }

  void thread(int index) override {
    if (index == this->kConsumer) {
      const Waker w1 = this->ledger().make(this->kW1);
      this->register_by_ref(w1, this->kW1);
      this->check(num_, this->kW1);
    } else {
      this->publish_and_wake(num_);
    }
  }

 private:
  static void wake_early(void* context) { static_cast<ReentrantWakeInClone*>(context)->wake(); }

  typename Scene<P, Cell>::Word num_{0};
};

/// Consumer: register(w1, whose drop calls register(w3)); register(w2), which drops w1; check.
/// Producers as basic. When w1 is dropped inside the cell, w3 is the last waker registered.
template <ScenarioPlatform P, WakerCell Cell>
class ReentrantRegisterInDrop : public Scene<P, Cell> {
 public:
  explicit ReentrantRegisterInDrop(int producers) : Scene<P, Cell>(producers) {
    this->ledger().script(this->kW1,
                          {.on_drop = &ReentrantRegisterInDrop::register_another, .context = this});
  }

  void thread(int index) override {
    if (index == this->kConsumer) {
      const Waker w1 = this->ledger().make(this->kW1);
      this->register_by_ref(w1, this->kW1);
      const Waker w2 = this->ledger().make(this->kW2);
      last_ = this->kW2;
      inside_second_ = true;
      this->register_by_ref(w2, this->kW2);
      inside_second_ = false;
      this->check(num_, last_);
    } else {
      this->publish_and_wake(num_);
    }
  }

 private:
  static constexpr WakerId kW3 = 2;

  // Only for the handle that the cell drops: not for the scenario's own, nor on another thread.
  static void register_another(void* context) noexcept {
    auto& self = *static_cast<ReentrantRegisterInDrop*>(context);
    if (self.inside_second_) {
      const Waker w3 = self.ledger().make(kW3);
      self.last_ = kW3;
      self.register_by_ref(w3, kW3);
    }
  }

  typename Scene<P, Cell>::Word num_{0};
  bool inside_second_ = false;  // the consumer's own
  WakerId last_ = kNoWaker;
};

}  // namespace awlab::scenarios

#endif  // AWLAB_CORE_SCENARIOS_REENTRANT_HPP_
