// Users' subjects for the tests: written with the operators of std::atomic, all sequentially
// consistent. The protocol: whoever counts to one owns the slot; a wake that finds it owned leaves.
#ifndef EXAMPLE_OPERATORS_CELL_HPP_
#define EXAMPLE_OPERATORS_CELL_HPP_

#include <atomic>
#include <atomic_waker_lab/waker.hpp>
#include <optional>
#include <utility>

namespace example {

template <class Platform, bool kStores>
class Operators {
 public:
  void register_by_ref(const awlab::Waker& waker) { enter(awlab::Waker(waker)); }
  void register_waker(awlab::Waker&& waker) { enter(std::move(waker)); }

  void wake() {
    if (std::optional<awlab::Waker> waker = take_waker()) waker->wake();
  }

  std::optional<awlab::Waker> take_waker() {
    if (callers_++ != 0) return std::nullopt;
    awlab::Waker taken = swap(awlab::Waker());
    leave();
    return taken ? std::optional<awlab::Waker>(std::move(taken)) : std::nullopt;
  }

 private:
  void enter(awlab::Waker fresh) {
    if ((callers_ += 1) != 1) {
      fresh.wake();
      return;
    }
    awlab::Waker old = swap(std::move(fresh));
    unsigned alone = 1;
    if (callers_.compare_exchange_strong(alone, 0)) return;
    fresh = swap(awlab::Waker());
    leave();
    if (fresh) fresh.wake();
  }

  void leave() {
    if constexpr (kStores) {
      callers_ = 0;
    } else {
      callers_.exchange(0);
    }
  }

  awlab::Waker swap(awlab::Waker with) {
    return slot_.with_mut([&](awlab::Waker& slot) { return std::exchange(slot, std::move(with)); });
  }

  typename Platform::template atomic<unsigned> callers_ = 0;
  typename Platform::template plain<awlab::Waker> slot_{awlab::Waker()};
};

/// Right.
template <class Platform>
class OperatorsCell : public Operators<Platform, false> {};

/// Loses a wake-up: its assignment forgets what the callers that it turned away had released.
template <class Platform>
class AssigningCell : public Operators<Platform, true> {};

}  // namespace example

#endif  // EXAMPLE_OPERATORS_CELL_HPP_
