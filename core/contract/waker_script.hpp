// How a waker of a scenario behaves beyond counting: what it throws, and what it calls back.
#ifndef AWLAB_CORE_CONTRACT_WAKER_SCRIPT_HPP_
#define AWLAB_CORE_CONTRACT_WAKER_SCRIPT_HPP_

#include "core/contract/contract.hpp"

namespace awlab {

/// Registrations are numbered from 1 in the order in which they began.
inline constexpr unsigned kNoRegistration = 0;

/// What a scripted waker throws, and for which registration it was cloned or woken.
struct ScriptedError {
  WakerId waker;
  unsigned registration;
};

/// Hooks run before the throw; `context` is passed to them.
struct WakerScript {
  using Hook = void (*)(void* context);
  static constexpr unsigned kNever = 0;
  static constexpr unsigned kAlways = ~0U;
  unsigned clone_throws = kNever;  // at which call, from 1
  unsigned wake_throws = kNever;   // wake and wake_by_ref together
  Hook on_clone = nullptr;
  Hook on_wake = nullptr;  // wake and wake_by_ref
  Hook on_drop = nullptr;
  void* context = nullptr;

  static constexpr bool is_now(unsigned throws, unsigned call) {
    return throws == kAlways || throws == call;
  }
};

}  // namespace awlab

#endif  // AWLAB_CORE_CONTRACT_WAKER_SCRIPT_HPP_
