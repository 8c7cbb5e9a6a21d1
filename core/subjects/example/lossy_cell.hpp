// The cell of README.md, section "Test a cell of your own". It loses a wake-up: whoever finds it
// busy relies on the other, whose store acquires nothing.
#ifndef EXAMPLE_LOSSY_CELL_HPP_
#define EXAMPLE_LOSSY_CELL_HPP_

#include <atomic>
#include <optional>
#include <utility>

#include "core/waker.hpp"

namespace example {

template <class Platform>
class LossyCell {
 public:
  void register_by_ref(const awlab::Waker& waker) { register_waker(awlab::Waker(waker)); }

  void register_waker(awlab::Waker&& waker) {
    awlab::Waker own = std::move(waker);
    if (busy_.exchange(1, std::memory_order_acq_rel) != 0) {
      own.wake();  // somebody else is here: look again
      return;
    }
    awlab::Waker old = swap(std::move(own));
    busy_.store(0, std::memory_order_release);
  }

  void wake() {
    if (std::optional<awlab::Waker> waker = take_waker()) waker->wake();
  }

  std::optional<awlab::Waker> take_waker() {
    if (busy_.exchange(1, std::memory_order_acq_rel) != 0) {
      return std::nullopt;  // somebody else is here, and will see what our caller published
    }
    awlab::Waker taken = swap(awlab::Waker());
    busy_.store(0, std::memory_order_release);
    return taken ? std::optional<awlab::Waker>(std::move(taken)) : std::nullopt;
  }

 private:
  awlab::Waker swap(awlab::Waker with) {
    return slot_.with_mut([&](awlab::Waker& slot) { return std::exchange(slot, std::move(with)); });
  }

  typename Platform::template atomic<int> busy_{0};
  typename Platform::template plain<awlab::Waker> slot_{awlab::Waker()};
};

}  // namespace example

#endif  // EXAMPLE_LOSSY_CELL_HPP_
