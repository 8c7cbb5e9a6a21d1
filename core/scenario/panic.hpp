// Exceptions at the worst moments: a clone or a wake that throws inside the cell.
#ifndef AWLAB_CORE_SCENARIO_PANIC_HPP_
#define AWLAB_CORE_SCENARIO_PANIC_HPP_

#include "core/scenario/published.hpp"

namespace awlab::scenarios {

/// register(w2, whose clone throws), caught; register(w1); check.
template <ScenarioPlatform P>
class PanicClone : public Published<P> {
 public:
  explicit PanicClone(const Setup& setup) : Published<P>(setup) {
    this->ledger().script(this->kW2, {.clone_throws = WakerScript::kAlways});
  }

 private:
  void consume() override {
    this->register_new(this->kW2);
    this->register_and_check(this->kW1);
  }
};

/// register(w1); register(w2, whose clone throws), caught; check. The waker to be woken is w1: the
/// second registration is as if it had not been made.
template <ScenarioPlatform P>
class PanicCloneOverOld : public Published<P> {
 public:
  explicit PanicCloneOverOld(const Setup& setup) : Published<P>(setup) {
    this->ledger().script(this->kW2, {.clone_throws = WakerScript::kAlways});
  }

 private:
  void consume() override {
    this->register_new(this->kW1);
    this->register_new(this->kW2);
    this->check();
  }
};

/// register(w1, whose wake throws); check; register(w2); check. Producers catch.
template <ScenarioPlatform P>
class PanicWake : public Published<P> {
 public:
  explicit PanicWake(const Setup& setup) : Published<P>(setup) {
    this->ledger().script(this->kW1, {.wake_throws = WakerScript::kAlways});
  }

 private:
  void consume() override {
    this->register_and_check(this->kW1);
    this->register_and_check(this->kW2);
  }
};

/// register(w1); check; register(w2, whose clone throws), caught. A wake that comes during the
/// second registration must wake w1, since the look is over.
template <ScenarioPlatform P>
class PanicCloneAfterLook : public Published<P> {
 public:
  explicit PanicCloneAfterLook(const Setup& setup) : Published<P>(setup) {
    this->ledger().script(this->kW2, {.clone_throws = WakerScript::kAlways});
  }

 private:
  void consume() override {
    this->register_and_check(this->kW1);
    this->register_new(this->kW2);
  }
};

/// register(w1, whose wake throws); register(w2, whose clone throws), caught; check. Where a wake
/// comes during the second registration, both throw in it, and the caller gets w2's exception.
template <ScenarioPlatform P>
class PanicBoth : public Published<P> {
 public:
  explicit PanicBoth(const Setup& setup) : Published<P>(setup) {
    this->ledger().script(this->kW1, {.wake_throws = WakerScript::kAlways});
    this->ledger().script(this->kW2, {.clone_throws = WakerScript::kAlways});
  }

 private:
  void consume() override {
    this->register_new(this->kW1);
    this->register_new(this->kW2);
    this->check();
  }
};

}  // namespace awlab::scenarios

#endif  // AWLAB_CORE_SCENARIO_PANIC_HPP_
