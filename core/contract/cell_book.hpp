// Who did what with one cell so far. Counters alone: it orders nothing, also on real threads.
#ifndef AWLAB_CORE_CONTRACT_CELL_BOOK_HPP_
#define AWLAB_CORE_CONTRACT_CELL_BOOK_HPP_

#include <array>

#include "core/contract/waker_script.hpp"
#include "core/scenario/scenario_platform.hpp"

namespace awlab {

template <bool Simulated>
class CellBook {
 public:
  Counter<Simulated> clone_threw;  // how often
  Counter<Simulated> wake_threw;

  /// `thread` begins `registration`; `nested`: inside another one of this cell.
  void registers(int thread, unsigned registration, bool nested = false) {
    newest(thread).set(nested ? kInsideAnother : registration);
  }
  void wakes(int thread) { wakers_[static_cast<std::size_t>(thread)].set(1); }

  /// The threads that ever registered, as bits; set-up is ordered before all of them.
  [[nodiscard]] unsigned registrars() const {
    unsigned bits = 0;
    for (int thread = 0; thread < kMaxThreads; ++thread) {
      bits |= newest(thread).get() != kNoRegistration ? 1U << thread : 0U;
    }
    return bits;
  }
  /// Whether no other thread than `me` ever began a wake: nothing stale can be read of one.
  [[nodiscard]] bool woken_by_no_other(int me) const {
    for (int thread = 0; thread < kMaxThreads; ++thread) {
      if (thread != me && wakers_[static_cast<std::size_t>(thread)].get() != 0) return false;
    }
    return true;
  }
  /// Whether no other thread than `me` has a registration to finish: it has none, or the last one
  /// that it began is `waking`, whose waker `me` is just waking, so that it was complete before. One
  /// inside another tells nothing of the other.
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

  std::array<Counter<Simulated>, kMaxThreads + 1> newest_;  // registration that each began
  std::array<Counter<Simulated>, kMaxThreads + 1> wakers_;  // 1: it began a wake
};

}  // namespace awlab

#endif  // AWLAB_CORE_CONTRACT_CELL_BOOK_HPP_
