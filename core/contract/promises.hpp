// P1 in one execution: the threads that were promised a wake-up, and the wake-ups that are due.
//
// A thread that registers a waker and then looks, and does not see what another thread published
// before a wake() that returned, must be woken after that registration began. Each thread keeps its
// last registration, its last look, and its newest publication that was announced by a wake.
// Nothing is promised on a cell that more than one thread registers on: the loser of such a race is
// not told. Nothing in it allocates or adds an event to the execution.
#ifndef AWLAB_CORE_CONTRACT_PROMISES_HPP_
#define AWLAB_CORE_CONTRACT_PROMISES_HPP_

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>

#include "core/contract/contract.hpp"

namespace awlab {

class Promises {
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
    Mine& mine = of(thread, cell);
    if (sequence >= mine.sequence) {
      mine.sequence = sequence;
      mine.due = due;
      mine.looked = false;
    }
  }

  /// Records that a registration has returned inside the clone of registration number `around`: the
  /// waker that is registered stays open until that one, or one that began later, returns.
  void leave_open(int thread, int cell, unsigned around) {
    Mine& mine = of(thread, cell);
    mine.sequence = around;
    mine.due = {};
  }

  /// Records that `thread` has looked and seen all publications up to number `seen`. Returns the
  /// waker that is registered, or kNoWaker.
  WakerId looked(int thread, int cell, unsigned seen) {
    Mine& mine = of(thread, cell);
    mine.looked = true;
    mine.seen = seen;
    return mine.due.waker;
  }

  /// The wake-up due on `cell`, if the threads `registrars`, as bits, ever registered; its waker is
  /// kNoWaker if none is due.
  [[nodiscard]] Due due(int cell, unsigned registrars) const {
    if (!std::has_single_bit(registrars)) {
      return {};
    }
    const int registrar = std::countr_zero(registrars);
    const Mine& mine = of(registrar, cell);
    unsigned announced = 0;
    for (int other = 0; other < kMaxThreads; ++other) {
      if (other != registrar) announced = std::max(announced, of(other, cell).announced);
    }
    return mine.looked && mine.seen < announced ? mine.due : Due{};
  }

 private:
  struct Mine {
    unsigned published = 0;
    unsigned announced = 0;
    unsigned sequence = 0;
    Due due;
    bool looked = false;
    unsigned seen = 0;
  };

  static constexpr std::size_t index(int i) { return static_cast<std::size_t>(i); }
  Mine& of(int thread, int cell) { return mine_[index(thread)][index(cell)]; }
  [[nodiscard]] const Mine& of(int thread, int cell) const {
    return mine_[index(thread)][index(cell)];
  }

  std::array<std::array<Mine, kMaxCells>, kMaxThreads + 1> mine_{};
};

}  // namespace awlab

#endif  // AWLAB_CORE_CONTRACT_PROMISES_HPP_
