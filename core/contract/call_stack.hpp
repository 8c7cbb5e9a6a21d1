// The calls of cells in progress on one thread, and what is judged by a call alone: P6 and P8.
#ifndef AWLAB_CORE_CONTRACT_CALL_STACK_HPP_
#define AWLAB_CORE_CONTRACT_CALL_STACK_HPP_

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/contract/waker_script.hpp"

namespace awlab {

/// What happens during one call; `Handle` is the ledger's.
template <class Handle>
struct CallFrame {
  Call call;
  WakerId waker;  // being registered
  int cell;
  unsigned registration;
  Handle* given;            // the handle that the cell may keep, if the call gives it one
  unsigned wake_threw;      // for this registration; of a call register: its own only
  unsigned announces;       // see Promises
  unsigned dropped_others;  // handles of other registrations
  unsigned in_clone_of;     // the registration on this cell from whose clone it is called, if any
  bool cloning;             // the waker being registered
  bool clone_threw;
  bool nested_wake;  // some hook called the same cell from inside
  bool nested_register;
  std::uint64_t operations_before;  // moved forward by what hooks did

  /// Is as `before` a hook that took so many `operations`, but for what the hook called from inside.
  void forget_hook(const CallFrame& before, std::uint64_t operations) {
    const bool woke = nested_wake;
    const bool registered = nested_register;
    *this = before;
    nested_wake = woke;
    nested_register = registered;
    operations_before += operations;
  }

  /// P8, when the call has come back after `operations` steps of its thread.
  [[nodiscard]] std::optional<Violation> judge_steps(std::uint64_t operations) const {
    const std::uint64_t limit = call == Call::kRegister ? 3 : 2;
    if (operations - operations_before <= limit) {
      return std::nullopt;
    }
    return violation(Property::kP8, Kind::kStepBound, info(Property::kP8).law,
                     "the call took more");
  }

  /// P6 a, b, c, when the exception of registration `thrown` has come out, or none.
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
  /// The innermost call, or null.
  Frame* top() { return empty() ? nullptr : &frames_[static_cast<std::size_t>(depth_ - 1)]; }

  /// `call` of `cell` begins inside of all these calls.
  void mark_nested(Call call, int cell) {
    for (int i = 0; i < depth_; ++i) {
      Frame& frame = frames_[static_cast<std::size_t>(i)];
      bool& nested = call == Call::kRegister ? frame.nested_register : frame.nested_wake;
      nested = nested || frame.cell == cell;
    }
  }
  /// Whether one of them is a registration on `cell`.
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

  // Of the thread, beside its calls:
  bool armed = true;                  // wakers do what their scripts say
  unsigned waking = kNoRegistration;  // whose waker runs what it does when it is woken
  bool discarding = false;            // a waker that was handed out is being dropped
  Handle* made_last = nullptr;        // the scenario's newest handle

 private:
  static constexpr int kMaxDepth = 8;
  std::array<Frame, kMaxDepth> frames_;  // set by push()
  int depth_ = 0;
};

}  // namespace awlab

#endif  // AWLAB_CORE_CONTRACT_CALL_STACK_HPP_
