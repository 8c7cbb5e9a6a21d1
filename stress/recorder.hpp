// The flight recorder of one role in one round: its last events, and the rows that its calls went
// through.
//
// Only the thread that plays the role writes to it, so it orders nothing; others read it once the
// round is over. It stands outside of the cell: the cell's own code is the production header.
#ifndef AWLAB_STRESS_RECORDER_HPP_
#define AWLAB_STRESS_RECORDER_HPP_

#include <array>
#include <atomic>
#include <cstdint>

#include "core/contract.hpp"
#include "core/trace.hpp"
#include "stress/rows.hpp"
#include "stress/ticks.hpp"

namespace awlab::stress {

class Recorder {
 public:
  struct Event {
    std::uint64_t at;  // in ticks
    TraceEvent what;
  };
  static constexpr unsigned kKept = 64;

  /// What its wakers and its last look say; see Outcome.
  struct Seen {
    bool looked = false;
    bool ready = false;
    bool woke_own = false;    // a waker, from inside a register
    bool woke_other = false;  // a waker, otherwise
    bool check_failed = false;
  };

  /// Forgets all; from now on it is role number `role`.
  void start(int role) {
    role_ = role;
    events_ = operations_ = 0;
    depth_ = 0;
    rows_ = {};
    seen_ = {};
  }

  /// Its number to the ledger.
  [[nodiscard]] int role() const { return role_; }
  /// From now on it goes on with what role number `role` has begun.
  void plays_for(int role) { role_ = role; }
  [[nodiscard]] std::uint64_t operations() const { return operations_; }
  [[nodiscard]] const std::array<std::uint8_t, kRows.size()>& rows() const { return rows_; }
  [[nodiscard]] const Seen& seen() const { return seen_; }
  void check_failed() { seen_.check_failed = true; }

  /// An access to an atomic object.
  void access(Step step, std::memory_order order, const void* object, std::uint64_t read,
              std::uint64_t written, const char* function) {
    TraceEvent& event = next();
    event = {};
    event.step = step;
    event.thread = static_cast<std::int8_t>(role_);
    event.order = order;
    event.object = object;
    event.read = read;
    event.written = written;
    event.function = function;
    operations_ += step == Step::kLoad ? 0U : 1U;
    if (depth_ > 0 && depth_ <= kMaxDepth && is_read(step) && step != Step::kLoad) {
      Open& call = open_[depth_ - 1];
      call.first = call.steps++ == 0 ? read : call.first;
      call.last = read;
    }
  }

  /// What the ledger says.
  void note(const TraceEvent& event) {
    next() = event;
    switch (event.step) {
      case Step::kCall:
        if (depth_ < kMaxDepth) open_[depth_] = {.call = event.call, .waker = event.waker};
        ++depth_;
        break;
      case Step::kReturn:
      case Step::kThrow:
        if (depth_ == 0) break;
        --depth_;
        if (depth_ < kMaxDepth) close(open_[depth_]);
        break;
      case Step::kCloneThrew:
        if (Open* call = innermost()) call->clone_threw = true;
        break;
      case Step::kWakeThrew:
        if (Open* call = innermost()) {
          (event.waker == call->waker ? call->own_threw : call->other_threw) = true;
        }
        break;
      case Step::kWoken: {
        const Open* call = innermost();
        (call != nullptr && call->call == Call::kRegister ? seen_.woke_own : seen_.woke_other) =
            true;
        break;
      }
      case Step::kSawReady:
      case Step::kSawNotReady:
        seen_.looked = true;
        seen_.ready = event.step == Step::kSawReady;
        break;
      default:
        break;
    }
  }

  /// Calls `f(event)` for those that are kept, in order.
  template <class F>
  void for_each(F&& f) const {
    for (unsigned i = events_ > kKept ? events_ - kKept : 0; i < events_; ++i) {
      f(kept_[i % kKept]);
    }
  }
  /// How many events are no longer kept.
  [[nodiscard]] unsigned lost() const { return events_ > kKept ? events_ - kKept : 0; }

 private:
  static constexpr unsigned kMaxDepth = 8;
  static constexpr std::uint64_t kWaiting = 0;
  static constexpr std::uint64_t kWaking = 2;
  static constexpr std::uint64_t kBoth = 3;

  // A call in progress.
  struct Open {
    Call call{};
    WakerId waker = kNoWaker;
    unsigned steps = 0;
    std::uint64_t first = 0;  // what its first read-modify-write found, and its last one
    std::uint64_t last = 0;
    bool clone_threw = false;
    bool own_threw = false;
    bool other_threw = false;
  };

  TraceEvent& next() {
    Event& event = kept_[events_++ % kKept];
    event.at = ticks();
    return event.what;
  }
  Open* innermost() { return depth_ > 0 && depth_ <= kMaxDepth ? &open_[depth_ - 1] : nullptr; }
  void count(Row row) { ++rows_[static_cast<std::size_t>(row)]; }

  void close(const Open& call) {
    if (call.steps == 0) return;
    if (call.call == Call::kRegister) {
      close_register(call);
    } else {
      count(call.first == kWaking                ? Row::kWakeOnWaking
            : call.first != kWaiting             ? Row::kWakeOnRegistering
            : call.own_threw || call.other_threw ? Row::kWakeThrew
                                                 : Row::kWakeOnWaiting);
    }
  }
  void close_register(const Open& call) {
    if (call.first == kWaking) {
      count(call.own_threw ? Row::kWakeThrewOnWaking : Row::kRegisterOnWaking);
    } else if (call.first != kWaiting) {
      count(Row::kRegisterOnRegistering);
    } else if (call.last != kBoth) {
      count(call.clone_threw ? Row::kCloneThrew : Row::kRegisterOnWaiting);
    } else {
      count(call.clone_threw ? Row::kCloneThrewContended
            : call.own_threw ? Row::kWakeThrewContended
                             : Row::kRegisterContended);
      if (call.other_threw) count(Row::kOldWakeThrewContended);
    }
  }

  int role_ = kOutside;
  unsigned events_ = 0;
  unsigned depth_ = 0;
  std::uint64_t operations_ = 0;
  std::array<std::uint8_t, kRows.size()> rows_{};
  Seen seen_;
  std::array<Open, kMaxDepth> open_{};
  std::array<Event, kKept> kept_{};
};

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_RECORDER_HPP_
