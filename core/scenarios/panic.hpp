// Exceptions at the worst moments: a clone or a wake that throws inside the cell.
#ifndef AWLAB_CORE_SCENARIOS_PANIC_HPP_
#define AWLAB_CORE_SCENARIOS_PANIC_HPP_

#include "core/scenario.hpp"

namespace awlab::scenarios {

/// Consumer: register(throwing) caught; register(w1); check. Producers as basic.
template <ScenarioPlatform P, WakerCell Cell>
class PanicClone : public Scene<P, Cell> {
 public:
  explicit PanicClone(int producers) : Scene<P, Cell>(producers) {
    this->ledger().script(this->kW2, {.clone_throws = true});
  }

  void thread(int index) override {
    if (index == this->kConsumer) {
      const Waker throwing = this->ledger().make(this->kW2);
      this->register_by_ref(throwing, this->kW2);
      const Waker w1 = this->ledger().make(this->kW1);
      this->register_by_ref(w1, this->kW1);
      this->check(num_, this->kW1);
    } else {
      this->publish_and_wake(num_);
    }
  }

 private:
  typename Scene<P, Cell>::Word num_{0};
};

/// Consumer: register(w1); register(throwing) caught; check. Producers as basic. The waker to be
/// woken is w1: the second registration is as if it had not been made.
template <ScenarioPlatform P, WakerCell Cell>
class PanicCloneOverOld : public Scene<P, Cell> {
 public:
  explicit PanicCloneOverOld(int producers) : Scene<P, Cell>(producers) {
    this->ledger().script(this->kW2, {.clone_throws = true});
  }

  void thread(int index) override {
    if (index == this->kConsumer) {
      const Waker w1 = this->ledger().make(this->kW1);
      this->register_by_ref(w1, this->kW1);
      const Waker throwing = this->ledger().make(this->kW2);
      this->register_by_ref(throwing, this->kW2);
      this->check(num_, this->kW1);
    } else {
      this->publish_and_wake(num_);
    }
  }

 private:
  typename Scene<P, Cell>::Word num_{0};
};

/// Consumer: register(w1, whose wake throws); check; register(w2); check. Producers as basic,
/// catching.
template <ScenarioPlatform P, WakerCell Cell>
class PanicWake : public Scene<P, Cell> {
 public:
  explicit PanicWake(int producers) : Scene<P, Cell>(producers) {
    this->ledger().script(this->kW1, {.wake_throws = true});
  }

  void thread(int index) override {
    if (index == this->kConsumer) {
      for (const WakerId id : {this->kW1, this->kW2}) {
        const Waker waker = this->ledger().make(id);
        this->register_by_ref(waker, id);
        this->check(num_, id);
      }
    } else {
      this->publish_and_wake(num_);
    }
  }

 private:
  typename Scene<P, Cell>::Word num_{0};
};

}  // namespace awlab::scenarios

#endif  // AWLAB_CORE_SCENARIOS_PANIC_HPP_
