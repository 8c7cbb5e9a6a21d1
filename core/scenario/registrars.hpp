// two_registrars: two tasks that register at once, against the rules, must still be safe.
// destroy: the fate of the waker inside when the cell is destroyed.
#ifndef AWLAB_CORE_SCENARIO_REGISTRARS_HPP_
#define AWLAB_CORE_SCENARIO_REGISTRARS_HPP_

#include "core/scenario/scenario.hpp"

namespace awlab::scenarios {

/// Two threads, each: register(own waker). Each of N: take_waker().
template <ScenarioPlatform P>
class TwoRegistrars : public Scene<P> {
 public:
  using Scene<P>::Scene;

  [[nodiscard]] int threads() const override { return 2 + this->producers(); }

  void thread(int index) override {
    if (index < 2) {
      const WakerId own = index == 0 ? this->kW1 : this->kW2;
      const Waker waker = this->ledger().make(own);
      this->register_by_ref(waker, own);
    } else {
      this->take_and_wake();
    }
  }

  [[nodiscard]] TraceNames names() const override {
    TraceNames names = Scene<P>::names();
    names.threads = {"registrar 1", "registrar 2"};
    for (int i = 1; i <= this->producers(); ++i) {
      names.threads.push_back("taker " + std::to_string(i));
    }
    return names;
  }
};

/// One thread, no producers. register(w1); the cell is destroyed. In a new cell: register(w2);
/// wake(); the cell is destroyed.
template <ScenarioPlatform P>
class Destroy : public Scene<P> {
 public:
  using Scene<P>::Scene;

  [[nodiscard]] int threads() const override { return 1; }

  void thread(int /*index*/) override {
    const Waker w1 = this->ledger().make(this->kW1);
    this->register_by_ref(w1, this->kW1);
    this->renew_cell();  // destroys the first cell, with w1 in it
    const Waker w2 = this->ledger().make(this->kW2);
    this->register_by_ref(w2, this->kW2);
    this->wake();
    this->cell().reset();
  }
};

}  // namespace awlab::scenarios

#endif  // AWLAB_CORE_SCENARIO_REGISTRARS_HPP_
