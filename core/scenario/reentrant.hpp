// Calls of the cell from inside a waker's own wake, clone and drop.
#ifndef AWLAB_CORE_SCENARIO_REENTRANT_HPP_
#define AWLAB_CORE_SCENARIO_REENTRANT_HPP_

#include "core/scenario/published.hpp"

namespace awlab::scenarios {

/// register(w1, whose wake calls register(w2)).
template <ScenarioPlatform P>
class Reentrant : public Published<P> {
 public:
  explicit Reentrant(const Setup& setup) : Published<P>(setup) {
    this->ledger().script(this->kW1, {.on_wake = &Reentrant::register_another, .context = this});
  }

 private:
  void consume() override { this->register_new(this->kW1); }

  static void register_another(void* context) {
    auto& self = *static_cast<Reentrant*>(context);
    self.register_new(self.kW2);
  }
};

/// register(w1, whose wake calls wake()); check.
template <ScenarioPlatform P>
class ReentrantWakeInWake : public Published<P> {
 public:
  explicit ReentrantWakeInWake(const Setup& setup) : Published<P>(setup) {
    this->ledger().script(this->kW1,
                          {.on_wake = &ReentrantWakeInWake::wake_again, .context = this});
  }

 private:
  void consume() override { this->register_and_check(this->kW1); }

  static void wake_again(void* context) { static_cast<ReentrantWakeInWake*>(context)->wake(); }
};

/// register(w1, whose clone calls wake()); check. The wake inside the clone finds the registration
/// itself in progress, and leaves it the duty.
template <ScenarioPlatform P>
class ReentrantWakeInClone : public Published<P> {
 public:
  explicit ReentrantWakeInClone(const Setup& setup) : Published<P>(setup) {
    this->ledger().script(this->kW1,
                          {.on_clone = &ReentrantWakeInClone::wake_early, .context = this});
  }

 private:
  void consume() override { this->register_and_check(this->kW1); }

  static void wake_early(void* context) { static_cast<ReentrantWakeInClone*>(context)->wake(); }
};

/// register(w1, whose drop calls register(w3)); register(w2), which drops w1; check. When the cell
/// drops w1, w3 is the last waker registered.
template <ScenarioPlatform P>
class ReentrantRegisterInDrop : public Published<P> {
 public:
  explicit ReentrantRegisterInDrop(const Setup& setup) : Published<P>(setup) {
    this->ledger().script(this->kW1,
                          {.on_drop = &ReentrantRegisterInDrop::register_another, .context = this});
  }

 private:
  static constexpr WakerId kW3 = 2;

  void consume() override {
    this->register_new(this->kW1);
    inside_second_ = true;
    this->register_new(this->kW2);
    inside_second_ = false;
    this->check();
  }

  // Only when the second registration drops w1: not for the scenario's own handle.
  static void register_another(void* context) {
    auto& self = *static_cast<ReentrantRegisterInDrop*>(context);
    if (self.inside_second_) self.register_new(kW3);
  }

  bool inside_second_ = false;  // the consumer's own
};

}  // namespace awlab::scenarios

#endif  // AWLAB_CORE_SCENARIO_REENTRANT_HPP_
