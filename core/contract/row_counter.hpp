// A counter of the rows of the protocol's table that one thread's calls went through in one
// execution.
//
// Its input is what the ledger notes of the thread, and the values that the thread's steps found in
// the state of a cell. A call is classified once it is over, by the values that its first and its
// last such step found. A call that never ends, or that found a value that is no state of our cell,
// counts as no row. The counter allocates nothing and orders nothing: only its own thread may use
// it while that thread runs.
#ifndef AWLAB_CORE_CONTRACT_ROW_COUNTER_HPP_
#define AWLAB_CORE_CONTRACT_ROW_COUNTER_HPP_

#include <array>
#include <cstdint>

#include "core/contract/contract.hpp"
#include "core/contract/rows.hpp"
#include "core/trace/trace.hpp"

namespace awlab {

class RowCounter {
 public:
  /// The count of each row: one thread of one execution has fewer steps than this type can count.
  using Seen = std::array<std::uint8_t, kRows.size()>;

  /// Forgets all calls and counts.
  void start() {
    depth_ = 0;
    seen_ = {};
  }

  [[nodiscard]] const Seen& seen() const { return seen_; }
  /// The innermost call in progress; kNone if there is none, or if calls are nested too deep.
  [[nodiscard]] Call call() const {
    return depth_ > 0 && depth_ <= kMaxDepth ? open_[depth_ - 1].call : Call::kNone;
  }

  /// Records that a read-modify-write, or a compare-exchange that may have failed, found `value` in
  /// the state of a cell. Outside of calls this does not count.
  void found(std::uint64_t value) {
    if (depth_ == 0 || depth_ > kMaxDepth) return;
    Open& call = open_[depth_ - 1];
    call.first = call.steps++ == 0 ? value : call.first;
    call.last = value;
    call.all |= value;
  }

  /// Records what the ledger notes of this thread.
  void note(const TraceEvent& event) {
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
      default:
        break;
    }
  }

 private:
  static constexpr unsigned kMaxDepth = 8;
  static constexpr std::uint64_t kWaiting = 0;
  static constexpr std::uint64_t kWaking = 2;
  static constexpr std::uint64_t kBoth = 3;

  // A call in progress.
  struct Open {
    Call call{};
    WakerId waker = kNoWaker;
    bool clone_threw = false;
    bool own_threw = false;
    bool other_threw = false;
    unsigned steps = 0;
    std::uint64_t first = 0;  // the values that its first and its last step found
    std::uint64_t last = 0;
    std::uint64_t all = 0;  // every bit that any of its steps found
  };

  Open* innermost() { return depth_ > 0 && depth_ <= kMaxDepth ? &open_[depth_ - 1] : nullptr; }
  void count(Row row) { ++seen_[static_cast<std::size_t>(row)]; }

  void close(const Open& call) {
    if (call.steps == 0 || call.all > kBoth) return;
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

  unsigned depth_ = 0;
  Seen seen_{};
  std::array<Open, kMaxDepth> open_{};
};

}  // namespace awlab

#endif  // AWLAB_CORE_CONTRACT_ROW_COUNTER_HPP_
