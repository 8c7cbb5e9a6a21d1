// basic: the smallest program with a wake-up in it. migrate: the same with a second registration,
// as in a task that moves to another executor. failed_wake: a taker before the registration, and
// one during it.
#ifndef AWLAB_CORE_SCENARIO_BASIC_HPP_
#define AWLAB_CORE_SCENARIO_BASIC_HPP_

#include "core/scenario/published.hpp"

namespace awlab::scenarios {

/// register(w1); check.
template <ScenarioPlatform P>
class Basic : public Published<P> {
 public:
  using Published<P>::Published;

 private:
  void consume() override { this->register_and_check(this->kW1); }
};

/// register(w1); check; register(w2); check.
template <ScenarioPlatform P>
class Migrate : public Published<P> {
 public:
  using Published<P>::Published;

 private:
  void consume() override {
    this->register_and_check(this->kW1);
    this->register_and_check(this->kW2);
  }
};

/// Set-up: register(w1). Consumer: take_waker(); register(w2); check did. Producer: did = 1;
/// take_waker().
template <ScenarioPlatform P>
class FailedWake : public Scene<P> {
 public:
  using Scene<P>::Scene;

  void set_up() override {
    const Waker w1 = this->ledger().make(this->kW1);
    this->register_by_ref(w1, this->kW1);
  }

  void thread(int index) override {
    if (index == this->kConsumer) {
      this->take_and_wake();
      const Waker w2 = this->ledger().make(this->kW2);
      this->register_by_ref(w2, this->kW2);
      this->check(did_, 1);
    } else {
      did_.store(1, std::memory_order_relaxed);
      this->published(1);
      this->take_and_wake();
    }
  }

  [[nodiscard]] TraceNames names() const override {
    TraceNames names = Scene<P>::names();
    names.publication = "did";
    return names;
  }

 private:
  typename Scene<P>::Word did_{0};
};

}  // namespace awlab::scenarios

#endif  // AWLAB_CORE_SCENARIO_BASIC_HPP_
