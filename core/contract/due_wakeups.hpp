// P1 in one execution: the threads that were promised a wake-up, and the wake-ups that are due.
//
// A thread that registers a waker and then looks, and does not see what another thread published
// before a wake() that returned, must be woken after that registration began. Each thread keeps its
// last registration, its last look, and its newest publication that was announced by a wake.
// Nothing in it allocates or adds an event to the execution.
#ifndef AWLAB_CORE_CONTRACT_DUE_WAKEUPS_HPP_
#define AWLAB_CORE_CONTRACT_DUE_WAKEUPS_HPP_

#include <algorithm>
#include <array>
#include <cstddef>

#include "core/contract/contract.hpp"
#include "core/support/as_size.hpp"

namespace awlab {

class DueWakeups {
 public:
  /// A wake-up that `waker` is due if it was not woken more often than `wakes_before`.
  struct Due {
    WakerId waker = kNoWaker;
    unsigned wakes_before = 0;
    int thread = kOutside;
  };

  /// Records that `thread` has published value number `value`, from 1, of the data beside `cell`.
  void published(int thread, int cell, unsigned value) { of(thread, cell).published = value; }

  /// The publication that a wake of `thread` on `cell` that begins now announces when it returns.
  [[nodiscard]] unsigned to_announce(int thread, int cell) const {
    return of(thread, cell).published;
  }
  void announce(int thread, int cell, unsigned value) {
    unsigned& announced = of(thread, cell).announced;
    announced = std::max(announced, value);
  }

  /// Records that a registration that counts has returned, with the number `sequence` among those
  /// of all threads. Registrations inside it may have returned before: the one that began last
  /// stands.
  void registered(int thread, int cell, unsigned sequence, const Due& due) {
    Share& share = of(thread, cell);
    if (sequence >= share.sequence) {
      share.sequence = sequence;
      share.due = due;
      share.looked = false;
    }
  }

  /// Records that a registration has returned inside the clone of registration number `around`: the
  /// waker that is registered stays open until that one, or one that began later, returns.
  void leave_open(int thread, int cell, unsigned around) {
    Share& share = of(thread, cell);
    share.sequence = around;
    share.due = {};
  }

  /// Records that `thread` has looked and seen all publications up to number `seen`. Returns the
  /// waker that is registered, or kNoWaker.
  WakerId looked(int thread, int cell, unsigned seen) {
    Share& share = of(thread, cell);
    share.looked = true;
    share.seen = seen;
    return share.due.waker;
  }

  /// The wake-up due to `thread` on `cell`; its waker is kNoWaker if none is.
  [[nodiscard]] Due due(int thread, int cell) const {
    const Share& share = of(thread, cell);
    unsigned announced = 0;
    for (int other = 0; other < kMaxThreads; ++other) {
      if (other != thread) announced = std::max(announced, of(other, cell).announced);
    }
    return share.looked && share.seen < announced ? share.due : Due{};
  }

 private:
  struct Share {
    unsigned published = 0;
    unsigned announced = 0;
    unsigned sequence = 0;
    Due due;
    bool looked = false;
    unsigned seen = 0;
  };

  Share& of(int thread, int cell) { return shares_[as_size(thread)][as_size(cell)]; }
  [[nodiscard]] const Share& of(int thread, int cell) const {
    return shares_[as_size(thread)][as_size(cell)];
  }

  std::array<std::array<Share, kMaxCells>, kMaxThreads + 1> shares_{};
};

}  // namespace awlab

#endif  // AWLAB_CORE_CONTRACT_DUE_WAKEUPS_HPP_
