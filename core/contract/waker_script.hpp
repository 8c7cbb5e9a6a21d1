// The script of a scenario's waker: the calls of it that throw, and the hooks that call back.
#ifndef AWLAB_CORE_CONTRACT_WAKER_SCRIPT_HPP_
#define AWLAB_CORE_CONTRACT_WAKER_SCRIPT_HPP_

#include "core/contract/contract.hpp"

namespace awlab {

/// Registrations are numbered from 1 in the order in which they began.
inline constexpr unsigned kNoRegistration = 0;

/// The exception of a scripted waker, and the registration for which it was cloned or woken.
struct ScriptedError {
  WakerId waker;
  unsigned registration;
};

/// The throws and hooks of one waker. A hook runs before the throw, and receives `context`.
struct WakerScript {
  using Hook = void (*)(void* context);
  static constexpr unsigned kNever = 0;
  static constexpr unsigned kAlways = ~0U;
  unsigned clone_throws = kNever;  // number of the call that throws, from 1
  unsigned wake_throws = kNever;   // wake and wake_by_ref together
  Hook on_clone = nullptr;
  Hook on_wake = nullptr;  // wake and wake_by_ref
  Hook on_drop = nullptr;
  void* context = nullptr;
  /// will_wake() is true between its clones; see WakerBook.
  bool clones_share_data = false;

  static constexpr bool is_now(unsigned throws, unsigned call) {
    return throws == kAlways || throws == call;
  }
};

}  // namespace awlab

#endif  // AWLAB_CORE_CONTRACT_WAKER_SCRIPT_HPP_
