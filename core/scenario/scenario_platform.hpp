// The demands of a scenario on its engine, beyond those of the cell (platform.hpp).
//
// A ScenarioPlatform P supplies, besides Platform:
//   P::kSimulated          threads are simulated one step at a time by a single real thread
//   P::current_thread()    the scenario's number of the calling thread, kOutside before and after
//   P::outside(bool)       says that set-up or the final checks run now, ordered with all threads
//   P::operations()        stores and read-modify-writes (failed ones too) of the calling thread so
//                          far; 0 if not counted
//   P::waits()             yields and waits on atomic objects of the calling thread so far; 0 if
//                          not counted
//   P::note(event)         something that happened outside the simulated memory, for the trace
//   P::watch(i, p, size)   where cell number i under test lies
//   P::violated()          the execution is decided; may or may not return
//   P::Parker              park() sleeps until unpark() was called once; neither orders memory
#ifndef AWLAB_CORE_SCENARIO_SCENARIO_PLATFORM_HPP_
#define AWLAB_CORE_SCENARIO_SCENARIO_PLATFORM_HPP_

#include <atomic>
#include <concepts>
#include <cstdint>

#include "core/platform.hpp"
#include "core/trace/trace.hpp"

namespace awlab {

template <class P>
concept ScenarioPlatform =
    Platform<P> && requires(const TraceEvent& event, const void* p, typename P::Parker& parker) {
      { P::kSimulated } -> std::convertible_to<bool>;
      { P::current_thread() } -> std::same_as<int>;
      P::outside(true);
      { P::operations() } -> std::same_as<std::uint64_t>;
      { P::waits() } -> std::same_as<std::uint64_t>;
      P::note(event);
      P::watch(int{}, p, std::size_t{});
      P::violated();
      parker.park();
      parker.unpark();
    };

/// True if the processor shows the stores of a thread to others in their order. Otherwise a thread
/// may read another thread's book late.
#if defined(__x86_64__) || defined(__i386__)
inline constexpr bool kStoresInOrder = true;
#else
inline constexpr bool kStoresInOrder = false;
#endif

/// A counter of the scenario's own books. It never orders memory, so that on real threads it hides
/// no data race of the subject; simulated threads need no atomic at all.
template <bool Simulated>
class Counter {
 public:
  /// Adds one; returns the value before.
  unsigned increment() noexcept { return value_++; }
  [[nodiscard]] unsigned get() const noexcept { return value_; }
  unsigned exchange(unsigned value) noexcept {
    const unsigned old = value_;
    value_ = value;
    return old;
  }
  void set(unsigned value) noexcept { value_ = value; }

 private:
  unsigned value_ = 0;
};

template <>
class Counter<false> {
 public:
  unsigned increment() noexcept { return value_.fetch_add(1, std::memory_order_relaxed); }
  /// acquire: keeps what this thread reads of several counters in order. It orders no two threads,
  /// since nothing here releases.
  [[nodiscard]] unsigned get() const noexcept { return value_.load(std::memory_order_acquire); }
  unsigned exchange(unsigned value) noexcept {
    return value_.exchange(value, std::memory_order_relaxed);
  }
  /// For a counter that only one thread writes. A read-modify-write would empty the processor's
  /// store buffer, and so hide what a subject may do with a full one.
  void set(unsigned value) noexcept { value_.store(value, std::memory_order_relaxed); }

 private:
  std::atomic<unsigned> value_{0};
};

}  // namespace awlab

#endif  // AWLAB_CORE_SCENARIO_SCENARIO_PLATFORM_HPP_
