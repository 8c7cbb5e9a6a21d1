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
  bool nested_wake;  // a hook called wake() or take_waker() of the same cell
  bool nested_register;
  std::uint64_t operations_before;  // advanced by the operations of hooks

  /// Restores the frame to `before`, as if the hook and its `operations` had not run; only the
  /// marks of calls nested inside the hook stay.
  void forget_hook(const CallFrame& before, std::uint64_t operations) {
    const bool woke = nested_wake;
    const bool registered = nested_register;
    *this = before;
    nested_wake = woke;
    nested_register = registered;
    operations_before += operations;
  }

  /// P8, for a call that returned when its thread had made `operations` steps.
  [[nodiscard]] std::optional<Violation> judge_steps(std::uint64_t operations) const {
    const std::uint64_t limit = call == Call::kRegister ? 3 : 2;
    if (operations - operations_before <= limit) {
      return std::nullopt;
    }
    return violation(Property::kP8, Kind::kStepBound, info(Property::kP8).law,
                     "the call took more");
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
