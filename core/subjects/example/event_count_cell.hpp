// Users' subjects for the tests: an event count for one waiter. A wake that finds nobody writes
// nothing, so only two fences order its look with the registration: each side first writes, then
// fences, then looks, and at least one of them sees what the other wrote.
#ifndef EXAMPLE_EVENT_COUNT_CELL_HPP_
#define EXAMPLE_EVENT_COUNT_CELL_HPP_

#include <atomic>
#include <atomic_waker_lab/waker.hpp>
#include <memory>
#include <optional>
#include <utility>

namespace example {

template <class Platform, bool kFenced>
class EventCount {
 public:
  ~EventCount() { delete waiter_.load(std::memory_order_acquire); }

  void register_by_ref(const awlab::Waker& waker) { put(awlab::Waker(waker)); }
  void register_waker(awlab::Waker&& waker) { put(std::move(waker)); }

  void wake() {
    if (std::optional<awlab::Waker> waker = take_waker()) waker->wake();
  }

  std::optional<awlab::Waker> take_waker() {
    fence();  // between the caller's publication and our look
    if (waiter_.load(std::memory_order_relaxed) == nullptr) return std::nullopt;
    const std::unique_ptr<Node> taken(waiter_.exchange(nullptr, std::memory_order_acq_rel));
    if (!taken) return std::nullopt;
    return taken->waker.with_mut([](awlab::Waker& waker) { return std::move(waker); });
  }

 private:
  struct Node {
    explicit Node(awlab::Waker&& made_of) : waker(std::move(made_of)) {}
    typename Platform::template plain<awlab::Waker> waker;
  };

  static void fence() {
    if constexpr (kFenced) Platform::fence(std::memory_order_seq_cst);
  }

  void put(awlab::Waker&& waker) {
    auto fresh = std::make_unique<Node>(std::move(waker));
    const std::unique_ptr<Node> old(waiter_.exchange(fresh.release(), std::memory_order_acq_rel));
    fence();  // between the registration and the caller's look
  }

  typename Platform::template atomic<Node*> waiter_{nullptr};
};

/// Right.
template <class Platform>
class EventCountCell : public EventCount<Platform, true> {};

/// Loses a wake-up: both sides may look before what the other wrote can be seen.
template <class Platform>
class UnfencedEventCountCell : public EventCount<Platform, false> {};

}  // namespace example

#endif  // EXAMPLE_EVENT_COUNT_CELL_HPP_
