// The calls of cells in progress on one thread, and the checks that need one call alone: P6 and P8.
#ifndef AWLAB_CORE_CONTRACT_CALL_STACK_HPP_
#define AWLAB_CORE_CONTRACT_CALL_STACK_HPP_

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/contract/waker_script.hpp"
#include "core/promises.hpp"

namespace awlab {

/// The record of one call in progress; `Handle` is the ledger's.
template <class Handle>
struct CallFrame {
  Call call;
  WakerId waker;  // the one being registered
  int cell;
  unsigned registration;
  Handle* given;            // the handle that the cell may keep, if the call gives it one
  unsigned wake_threw;      // the registration whose wake threw; in a register, only its own
  unsigned announces;       // see Promises
  unsigned dropped_others;  // number of dropped handles of other registrations
  unsigned in_clone_of;     // the registration on this cell whose clone makes this call, if any
  bool cloning;             // the waker being registered is being cloned
  bool clone_threw;
  bool in_hook;      // a hook runs, and nothing that happens now is the call's own doing
  bool nested_wake;  // a hook called wake() or take_waker() of the same cell
  bool nested_register;
  std::uint64_t operations_before;  // advanced by the operations of hooks
  std::uint64_t waits_before;       // likewise

  /// Restores the frame to `before`, as if the hook with its `operations` and `waits` had not run;
  /// only the marks of calls nested inside the hook stay.
  void forget_hook(const CallFrame& before, std::uint64_t operations, std::uint64_t waits) {
    const bool woke = nested_wake;
    const bool registered = nested_register;
    *this = before;
    nested_wake = woke;
    nested_register = registered;
    operations_before += operations;
    waits_before += waits;
  }

  /// P8, for a call that returned when its thread had made `operations` steps and waited `waits`
  /// times.
  [[nodiscard]] std::optional<Violation> judge_steps(std::uint64_t operations, std::uint64_t waits,
                                                     const Steps& promised) const {
    const std::uint64_t limit =
        call == Call::kRegister ? promised.register_most : promised.wake_most;
    if (promised.bound == Steps::Bound::kBounded && operations - operations_before > limit) {
      return violation(Property::kP8, Kind::kStepBound, info(Property::kP8).law,
                       "the call took more");
    }
    if (promised.bound == Steps::Bound::kLockFree && waits > waits_before) {
      return violation(Property::kP8, Kind::kStepBound, "no call waits for another thread",
                       "the call waited for another thread");
    }
    return std::nullopt;
  }

  /// P6 a, b, c, for a call out of which the exception of registration `thrown` came, or none.
  [[nodiscard]] std::optional<Violation> judge_exceptions(unsigned thrown) const {
    const auto wrong = [&](std::string_view expected, std::string_view actual) {
      return violation(Property::kP6, Kind::kPanicSafety, expected, actual);
    };
    if (clone_threw && thrown != registration) {
      return wrong("a clone's exception reaches the caller of that register",
                   "the clone threw and register did not pass it on");
    }
    if (clone_threw && dropped_others > 0) {
      return wrong("when a clone throws, the waker registered before stays in the cell",
                   "the old waker was dropped by the register whose clone threw");
    }
    if (call == Call::kRegister && thrown != kNoRegistration && thrown != registration) {
      return wrong("the caller of register never receives the old waker's exception",
                   "the exception of another waker came out of register");
    }
    if (wake_threw != kNoRegistration && thrown != wake_threw) {
      return wrong("a throwing wake reaches the caller of the call that performed it",
                   "the waker threw when it was woken and the call did not pass it on");
    }
    return std::nullopt;
  }

  [[nodiscard]] Violation violation(Property property, Kind kind, std::string_view expected,
                                    std::string_view actual) const {
    return {property, kind, expected, actual, kOutside, waker, cell};
  }
};

template <class Handle>
class CallStack {
 public:
  using Frame = CallFrame<Handle>;

  Frame& push(const Frame& frame) {
    assert(depth_ < kMaxDepth);
    return frames_[static_cast<std::size_t>(depth_++)] = frame;
  }
  Frame pop() { return frames_[static_cast<std::size_t>(--depth_)]; }

  [[nodiscard]] bool empty() const { return depth_ == 0; }
  /// True if no further call may begin: a waker that calls back again and again is not let go on.
  [[nodiscard]] bool full() const { return depth_ == kMaxDepth; }
  /// The innermost call, or null.
  Frame* top() { return empty() ? nullptr : &frames_[static_cast<std::size_t>(depth_ - 1)]; }

  /// Marks all calls in progress: `call` of `cell` begins inside them.
  void mark_nested(Call call, int cell) {
    for (int i = 0; i < depth_; ++i) {
      Frame& frame = frames_[static_cast<std::size_t>(i)];
      bool& nested = call == Call::kRegister ? frame.nested_register : frame.nested_wake;
      nested = nested || frame.cell == cell;
    }
  }
  /// True if one of the calls is a registration on `cell`.
  [[nodiscard]] bool registering(int cell) const {
    return std::any_of(frames_.begin(), frames_.begin() + depth_, [&](const Frame& frame) {
      return frame.call == Call::kRegister && frame.cell == cell;
    });
  }
  /// The outermost registration on `cell` that is cloning, or kNoRegistration.
  [[nodiscard]] unsigned cloning(int cell) const {
    for (int i = 0; i < depth_; ++i) {
      const Frame& frame = frames_[static_cast<std::size_t>(i)];
      if (frame.cloning && frame.cell == cell) return frame.registration;
    }
    return kNoRegistration;
  }

  /// True if one call of `cell` is in progress, and it is a wake().
  [[nodiscard]] bool only_wakes(int cell) const {
    int calls = 0;
    bool wakes = false;
    for (int i = 0; i < depth_; ++i) {
      const Frame& frame = frames_[as_size(i)];
      if (frame.cell != cell) continue;
      ++calls;
      wakes = frame.call == Call::kWake;
    }
    return calls == 1 && wakes;
  }

  /// True if a call in progress may hold `cell`: a registration in whose clone a wake came, or any
  /// call that has not handed out the waker whose hook runs now.
  [[nodiscard]] bool may_own(int cell) const {
    for (int i = 0; i < depth_; ++i) {
      const Frame& frame = frames_[static_cast<std::size_t>(i)];
      const bool pending = frame.call == Call::kRegister && frame.nested_wake;
      if (frame.cell == cell && (pending || waking == kNoRegistration)) return true;
    }
    return false;
  }

  // State of the thread, beside its calls:
  bool armed = true;                  // wakers do what their scripts say
  unsigned waking = kNoRegistration;  // the registration whose waker's on_wake hook is running
  bool discarding = false;            // a waker that was handed out is being dropped
  Handle* made_last = nullptr;        // the scenario's newest handle

 private:
  static constexpr int kMaxDepth = 8;
  std::array<Frame, kMaxDepth> frames_;  // set by push()
  int depth_ = 0;
};

}  // namespace awlab

#endif  // AWLAB_CORE_CONTRACT_CALL_STACK_HPP_
