// A user's subject, for the tests: the protocol of the table in core/atomic_waker.hpp, in a header
// that knows no more of the lab than waker.hpp and its platform.
#ifndef EXAMPLE_CELL_HPP_
#define EXAMPLE_CELL_HPP_

#include <atomic>
#include <atomic_waker_lab/waker.hpp>
#include <exception>
#include <optional>
#include <utility>

namespace example {

template <class Platform>
class Cell {
 public:
  void register_by_ref(const awlab::Waker& waker) {
    register_or_wake([&] { return waker; }, [&] { waker.wake_by_ref(); });
  }

  void register_waker(awlab::Waker&& waker) {
    awlab::Waker own = std::move(waker);
    register_or_wake([&] { return std::move(own); }, [&] { own.wake(); });
  }

  void wake() {
    if (std::optional<awlab::Waker> waker = take_waker()) waker->wake();
  }

  std::optional<awlab::Waker> take_waker() {
    if (bits_.fetch_or(kWake, std::memory_order_acq_rel) != 0) return std::nullopt;
    awlab::Waker taken = take_slot();
    bits_.exchange(0, std::memory_order_acq_rel);
    return taken ? std::optional<awlab::Waker>(std::move(taken)) : std::nullopt;
  }

 private:
  static constexpr unsigned kRegister = 1;
  static constexpr unsigned kWake = 2;

  template <class Make, class WakeIt>
  void register_or_wake(Make make, WakeIt wake_it) {
    unsigned found = 0;
    if (bits_.compare_exchange_strong(found, kRegister, std::memory_order_acquire)) {
      store(make);
    } else if (found == kWake) {
      wake_it();
    }
  }

  template <class Make>
  void store(Make make) {
    awlab::Waker old;
    std::exception_ptr thrown;
    try {
      awlab::Waker fresh = make();
      old =
          slot_.with_mut([&](awlab::Waker& slot) { return std::exchange(slot, std::move(fresh)); });
    } catch (...) {
      thrown = std::current_exception();
    }
    unsigned found = kRegister;
    if (!bits_.compare_exchange_strong(found, 0, std::memory_order_acq_rel)) {
      awlab::Waker woken = take_slot();  // a wake came meanwhile and left its duty to us
      bits_.exchange(0, std::memory_order_acq_rel);
      if (thrown) old = std::exchange(woken, awlab::Waker());
      try {
        if (old) old.wake();
      } catch (...) {  // swallowed: it is not our caller's
      }
      if (woken) woken.wake();
    }
    old = awlab::Waker();
    if (thrown) std::rethrow_exception(thrown);
  }

  awlab::Waker take_slot() {
    return slot_.with_mut([](awlab::Waker& slot) { return std::exchange(slot, awlab::Waker()); });
  }

  alignas(64) typename Platform::template atomic<unsigned> bits_{0};
  typename Platform::template plain<awlab::Waker> slot_{awlab::Waker()};
};

}  // namespace example

#endif  // EXAMPLE_CELL_HPP_
