// StressPlatform: std::atomic and plain memory, with a flight recorder beside them.
//
// The cell's code and its atomic operations are those of StdPlatform; after each one the thread's own
// recorder notes what it found. That costs some nanoseconds, and orders nothing.
#ifndef AWLAB_STRESS_PLATFORM_HPP_
#define AWLAB_STRESS_PLATFORM_HPP_

#include <atomic>
#include <source_location>

#include "core/scenario/scenario_platform.hpp"
#include "core/std_platform.hpp"
#include "stress/round.hpp"

namespace awlab::stress {

struct StressPlatform : StdPlatform {
  static constexpr bool kSimulated = false;
  using Site = std::source_location;

  static int current_thread() {
    return here.recorder != nullptr ? here.recorder->role() : kOutside;
  }
  static void outside(bool /*is*/) {}  // who plays no role is outside
  static std::uint64_t operations() {
    return here.recorder != nullptr ? here.recorder->operations() : 0;
  }
  static void note(const TraceEvent& event) {
    if (here.recorder != nullptr) here.recorder->note(event);
  }
  static void watch(int cell, const void* begin, std::size_t size) {
    here.round->set_cell(cell, begin, size);
  }
  static void violated() {}
  /// Goes on, unlike that of StdPlatform: the round is judged.
  static void check(bool ok) {
    if (!ok && here.recorder != nullptr) here.recorder->check_failed();
  }

  template <class T>
  class atomic;
  class Parker;
};

template <class T>
class StressPlatform::atomic {
  static constexpr std::memory_order kSeqCst = std::memory_order_seq_cst;

 public:
  atomic() = default;
  explicit atomic(T value) : word_(value) {}

  T load(std::memory_order order = kSeqCst, Site at = Site::current()) const {
    const T found = word_.load(order);
    note(Step::kLoad, order, found, found, at);
    return found;
  }
  void store(T value, std::memory_order order = kSeqCst, Site at = Site::current()) {
    word_.store(value, order);
    note(Step::kStore, order, value, value, at);
  }
  T exchange(T value, std::memory_order order = kSeqCst, Site at = Site::current()) {
    return noted(Step::kExchange, order, word_.exchange(value, order), value, at);
  }
  T fetch_add(T value, std::memory_order order = kSeqCst, Site at = Site::current()) {
    const T found = word_.fetch_add(value, order);
    return noted(Step::kFetchAdd, order, found, found + value, at);
  }
  T fetch_sub(T value, std::memory_order order = kSeqCst, Site at = Site::current()) {
    const T found = word_.fetch_sub(value, order);
    return noted(Step::kFetchSub, order, found, found - value, at);
  }
  T fetch_and(T value, std::memory_order order = kSeqCst, Site at = Site::current()) {
    const T found = word_.fetch_and(value, order);
    return noted(Step::kFetchAnd, order, found, found & value, at);
  }
  T fetch_or(T value, std::memory_order order = kSeqCst, Site at = Site::current()) {
    const T found = word_.fetch_or(value, order);
    return noted(Step::kFetchOr, order, found, found | value, at);
  }
  T fetch_xor(T value, std::memory_order order = kSeqCst, Site at = Site::current()) {
    const T found = word_.fetch_xor(value, order);
    return noted(Step::kFetchXor, order, found, found ^ value, at);
  }
  bool compare_exchange_strong(T& expected, T desired, std::memory_order success,
                               std::memory_order failure, Site at = Site::current()) {
    const bool done = word_.compare_exchange_strong(expected, desired, success, failure);
    return noted_cas(done, expected, desired, success, failure, at);
  }
  bool compare_exchange_strong(T& expected, T desired, std::memory_order order = kSeqCst,
                               Site at = Site::current()) {
    const bool done = word_.compare_exchange_strong(expected, desired, order);
    return noted_cas(done, expected, desired, order, order, at);
  }
  bool compare_exchange_weak(T& expected, T desired, std::memory_order success,
                             std::memory_order failure, Site at = Site::current()) {
    const bool done = word_.compare_exchange_weak(expected, desired, success, failure);
    return noted_cas(done, expected, desired, success, failure, at);
  }
  bool compare_exchange_weak(T& expected, T desired, std::memory_order order = kSeqCst,
                             Site at = Site::current()) {
    const bool done = word_.compare_exchange_weak(expected, desired, order);
    return noted_cas(done, expected, desired, order, order, at);
  }

 private:
  void note(Step step, std::memory_order order, T read, T written, const Site& at) const {
    if (here.recorder != nullptr) {
      here.recorder->access(step, order, this, static_cast<std::uint64_t>(read),
                            static_cast<std::uint64_t>(written), at.function_name());
    }
  }
  T noted(Step step, std::memory_order order, T read, T written, const Site& at) {
    note(step, order, read, written, at);
    return read;
  }
  // Of a success, `expected` is what was found, too.
  bool noted_cas(bool done, T expected, T desired, std::memory_order success,
                 std::memory_order failure, const Site& at) {
    note(done ? Step::kCas : Step::kCasFailed, done ? success : failure, expected, desired, at);
    return done;
  }

  std::atomic<T> word_{};
};

/// A place of the round that is being built: the monitor may look there at any time.
class StressPlatform::Parker {
 public:
  Parker() : parking_(here.round->new_parking()) {}
  void park() {
    note({.step = Step::kPark, .thread = static_cast<std::int8_t>(current_thread())});
    parking_.park();
  }
  void unpark() {
    note({.step = Step::kUnpark, .thread = static_cast<std::int8_t>(current_thread())});
    parking_.unpark();
  }

 private:
  Parking& parking_;
};

static_assert(ScenarioPlatform<StressPlatform>);

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_PLATFORM_HPP_
