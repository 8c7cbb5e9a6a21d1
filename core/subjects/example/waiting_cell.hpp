// Users' subjects for the tests: a ticket lock that sleeps until its turn (C++20 wait and notify).
// A call takes a ticket, waits until it is served, and serves the next: two steps that write.
#ifndef EXAMPLE_WAITING_CELL_HPP_
#define EXAMPLE_WAITING_CELL_HPP_

#include <atomic>
#include <atomic_waker_lab/waker.hpp>
#include <optional>
#include <utility>

namespace example {

enum class Notify { kAll, kOne, kNobody };

template <class Platform, Notify kNotify>
class TicketProtocol {
 public:
  void register_by_ref(const awlab::Waker& waker) { register_waker(awlab::Waker(waker)); }
  // The replaced waker is dropped, and the taken one woken, when the lock is free again.
  void register_waker(awlab::Waker&& waker) { const awlab::Waker old = swap(std::move(waker)); }

  void wake() {
    if (std::optional<awlab::Waker> waker = take_waker()) waker->wake();
  }

  std::optional<awlab::Waker> take_waker() {
    awlab::Waker taken = swap(awlab::Waker());
    return taken ? std::optional<awlab::Waker>(std::move(taken)) : std::nullopt;
  }

 private:
  awlab::Waker swap(awlab::Waker with) {
    const unsigned mine = next_.fetch_add(1, std::memory_order_relaxed);
    for (;;) {
      const unsigned served = served_.load(std::memory_order_acquire);
      if (served == mine) break;
      served_.wait(served, std::memory_order_relaxed);
    }
    slot_.with_mut([&](awlab::Waker& slot) { std::swap(slot, with); });
    served_.store(mine + 1, std::memory_order_release);
    if constexpr (kNotify == Notify::kAll) served_.notify_all();
    if constexpr (kNotify == Notify::kOne) served_.notify_one();
    return with;
  }

  typename Platform::template atomic<unsigned> next_{0};
  typename Platform::template atomic<unsigned> served_{0};
  typename Platform::template plain<awlab::Waker> slot_{awlab::Waker()};
};

/// Right.
template <class Platform>
class WaitingCell : public TicketProtocol<Platform, Notify::kAll> {};

/// Of two callers that wait, it may wake the one whose turn it is not: a deadlock of three threads.
template <class Platform>
class NotifyOneCell : public TicketProtocol<Platform, Notify::kOne> {};

/// Never notifies: a deadlock.
template <class Platform>
class SilentCell : public TicketProtocol<Platform, Notify::kNobody> {};

}  // namespace example

#endif  // EXAMPLE_WAITING_CELL_HPP_
