// Scenarios of promises that not every cell makes (core/promises.hpp).
#ifndef AWLAB_CORE_SCENARIO_PROMISED_HPP_
#define AWLAB_CORE_SCENARIO_PROMISED_HPP_

#include <optional>
#include <string>

#include "core/scenario/published.hpp"

namespace awlab::scenarios {

/// Several registrars: two threads, each: register(own waker); check. Each of N: num += 1; wake().
template <ScenarioPlatform P>
class RegistrarsTold : public Scene<P> {
 public:
  using Scene<P>::Scene;

  [[nodiscard]] int threads() const override { return kRegistrars + this->producers(); }

  void thread(int index) override {
    if (index < kRegistrars) {
      const WakerId own = index == 0 ? this->kW1 : this->kW2;
      const Waker waker = this->ledger().make(own);
      this->register_by_ref(waker, own);
      this->check(num_, static_cast<std::size_t>(this->producers()));
    } else {
      this->published(num_.fetch_add(1, std::memory_order_relaxed) + 1);
      this->wake();
    }
  }

  [[nodiscard]] TraceNames names() const override {
    TraceNames names = Scene<P>::names();
    names.threads = {"registrar 1", "registrar 2"};
    for (int i = 1; i <= this->producers(); ++i) {
      names.threads.push_back("producer " + std::to_string(i));
    }
    return names;
  }

 private:
  static constexpr int kRegistrars = 2;

  typename Scene<P>::Word num_{0};
};

/// A wake that is remembered. Consumer: register(w1). Each of N: wake(). In whatever order, w1 is
/// woken.
template <ScenarioPlatform P>
class Permit : public Scene<P> {
 public:
  using Scene<P>::Scene;

  void thread(int index) override {
    if (index == this->kConsumer) {
      const Waker w1 = this->ledger().make(this->kW1);
      this->register_by_ref(w1, this->kW1);
    } else {
      this->wake();
    }
  }

 protected:
  [[nodiscard]] std::optional<Violation> judge_promises() const override {
    if (this->ledger().wakes(this->kW1) > 0) return std::nullopt;
    return Violation{Property::kP1,
                     Kind::kMissedWakeup,
                     "a waker is woken once a wake has come, before its registration or after it",
                     "every wake has returned, and the waker was never woken",
                     this->kConsumer,
                     this->kW1,
                     0};
  }
};

/// A waker that is kept. Set-up: register(w1). Each of N: wake(); wake(). The second wake of a
/// thread wakes w1 again.
template <ScenarioPlatform P>
class Kept : public Scene<P> {
 public:
  using Scene<P>::Scene;

  void set_up() override {
    const Waker w1 = this->ledger().make(this->kW1);
    this->register_by_ref(w1, this->kW1);
  }

  void thread(int index) override {
    if (index == this->kConsumer) return;
    this->wake();
    this->wake();
  }

 protected:
  [[nodiscard]] std::optional<Violation> judge_promises() const override {
    if (this->ledger().wakes(this->kW1) > 1) return std::nullopt;
    return Violation{Property::kP1,
                     Kind::kMissedWakeup,
                     "a waker that was woken stays, and the next wake wakes it again",
                     "a thread has made two wakes, and the waker was not woken twice",
                     kOutside,
                     this->kW1,
                     0};
  }
};

/// P10. Consumer: register(w1). Producer: wake(), in which w1 ends the cell: the task that is woken
/// may be the last that uses it. A registration that finds the wake in progress wakes w1 itself,
/// and then the cell lives on.
template <ScenarioPlatform P>
class FreedByWoken : public Scene<P> {
 public:
  explicit FreedByWoken(const Setup& setup) : Scene<P>(setup) {
    this->ledger().script(this->kW1, {.on_wake = &FreedByWoken::end_cell, .context = this});
  }

  void thread(int index) override {
    if (index == this->kConsumer) {
      const Waker w1 = this->ledger().make(this->kW1);
      this->register_by_ref(w1, this->kW1);
    } else {
      this->wake();
    }
  }

  [[nodiscard]] Property broken_by_late_access() const override { return Property::kP10; }

 private:
  static void end_cell(void* context) {
    auto& self = *static_cast<FreedByWoken*>(context);
    if (P::current_thread() != self.kConsumer) self.cell().reset();
  }
};

}  // namespace awlab::scenarios

#endif  // AWLAB_CORE_SCENARIO_PROMISED_HPP_
