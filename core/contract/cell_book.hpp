// The calls made on one cell so far, by thread. Counters alone: they order nothing, not even on
// real threads.
#ifndef AWLAB_CORE_CONTRACT_CELL_BOOK_HPP_
#define AWLAB_CORE_CONTRACT_CELL_BOOK_HPP_

#include <array>

#include "core/contract/waker_script.hpp"
#include "core/scenario/scenario_platform.hpp"

namespace awlab {

template <bool Simulated>
class CellBook {
 public:
  Counter<Simulated> clone_threw;  // the last registration whose clone threw
  Counter<Simulated> wake_threw;   // how often

  /// Records that a wake found the waker of `registration`: if it is newer than the last clone that
  /// threw, that one has not broken the cell.
  void works_since(unsigned registration) {
    const unsigned thrower = clone_threw.get();
    if (thrower != kNoRegistration && registration > thrower) clone_threw.set(kNoRegistration);
  }

  /// Records that `thread` begins `registration`, `nested` if inside another one of this cell.
  void registers(int thread, unsigned registration, bool nested = false) {
    newest(thread).set(nested ? kInsideAnother : registration);
  }
  void wakes(int thread) { wakers_[static_cast<std::size_t>(thread)].set(1); }

  /// The threads that ever registered, as bits; without set-up, which is ordered before all of
  /// them.
  [[nodiscard]] unsigned registrars() const {
    unsigned bits = 0;
    for (int thread = 0; thread < kMaxThreads; ++thread) {
      bits |= newest(thread).get() != kNoRegistration ? 1U << thread : 0U;
    }
    return bits;
  }
  /// True if no thread but `me` ever began a wake: then there is no wake to read stale values of.
  [[nodiscard]] bool woken_by_no_other(int me) const {
    for (int thread = 0; thread < kMaxThreads; ++thread) {
      if (thread != me && wakers_[static_cast<std::size_t>(thread)].get() != 0) return false;
    }
    return true;
  }
  /// True if no thread but `me` has a registration to finish: it has none, or the last one that it
  /// began is `waking`, whose waker `me` is waking now, so that it was complete before. A
  /// registration inside another says nothing about the outer one.
  [[nodiscard]] bool registered_by_no_other(int me, unsigned waking) const {
    for (int thread = 0; thread < kMaxThreads; ++thread) {
      const unsigned last = newest(thread).get();
      if (thread != me && last != kNoRegistration && last != waking) return false;
    }
    return true;
  }

 private:
  static constexpr unsigned kInsideAnother = ~0U;  // no registration has this number

  Counter<Simulated>& newest(int thread) { return newest_[static_cast<std::size_t>(thread)]; }
  [[nodiscard]] const Counter<Simulated>& newest(int thread) const {
    return newest_[static_cast<std::size_t>(thread)];
  }

  std::array<Counter<Simulated>, kMaxThreads + 1> newest_;  // last registration that each began
  std::array<Counter<Simulated>, kMaxThreads + 1> wakers_;  // 1 for a thread that began a wake
};

}  // namespace awlab

#endif  // AWLAB_CORE_CONTRACT_CELL_BOOK_HPP_
