// basic: the smallest program with a wake-up in it. migrate: the same with a second registration,
// as a task does that moves to another executor. failed_wake: a taker before and during.
#ifndef AWLAB_CORE_SCENARIOS_BASIC_HPP_
#define AWLAB_CORE_SCENARIOS_BASIC_HPP_

#include "core/scenario.hpp"

namespace awlab::scenarios {

/// Consumer: register(w1); check. Producers: num += 1; wake().
template <ScenarioPlatform P, WakerCell Cell>
class Basic : public Scene<P, Cell> {
 public:
  using Scene<P, Cell>::Scene;

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
  typename Scene<P, Cell>::Word num_{0};
};

/// Consumer: register(w1); check; register(w2); check. Producers as basic.
template <ScenarioPlatform P, WakerCell Cell>
class Migrate : public Scene<P, Cell> {
 public:
  using Scene<P, Cell>::Scene;

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

/// Set-up: register(w1). Consumer: take_waker(); register(w2); check did. Producer: did = 1;
/// take_waker().
template <ScenarioPlatform P, WakerCell Cell>
class FailedWake : public Scene<P, Cell> {
 public:
  using Scene<P, Cell>::Scene;

  void set_up() override {
    const Waker w1 = this->ledger().make(this->kW1);
    this->register_by_ref(w1, this->kW1);
  }

  void thread(int index) override {
    if (index == this->kConsumer) {
      this->take_and_wake();
      const Waker w2 = this->ledger().make(this->kW2);
      this->register_by_ref(w2, this->kW2);
      this->check(did_, this->kW2);
    } else {
      did_.store(1, std::memory_order_relaxed);
      this->take_and_wake();
      this->producer_done();
    }
  }

  [[nodiscard]] TraceNames names() const override {
    TraceNames names = Scene<P, Cell>::names();
    names.publication = "did";
    return names;
  }

 private:
  typename Scene<P, Cell>::Word did_{0};
};

}  // namespace awlab::scenarios

#endif  // AWLAB_CORE_SCENARIOS_BASIC_HPP_
