// For tests of scenarios and the ledger: the threads of a scenario, one whole thread after another.
#ifndef AWLAB_CORE_TESTING_SEQUENTIAL_PLATFORM_HPP_
#define AWLAB_CORE_TESTING_SEQUENTIAL_PLATFORM_HPP_

#include <atomic>
#include <cstdint>
#include <cstdlib>

#include "core/scenario/scenario_platform.hpp"
#include "core/std_platform.hpp"

namespace awlab {

struct SequentialPlatform : StdPlatform {
  static constexpr bool kSimulated = true;

  /// Counts writes, as P8 does.
  template <class T>
  class atomic {
   public:
    explicit atomic(T value) : word_(value) {}
    T load(std::memory_order order) const { return word_.load(order); }
    void store(T value, std::memory_order order) { ++steps, word_.store(value, order); }
    T exchange(T value, std::memory_order order) { return ++steps, word_.exchange(value, order); }
    T fetch_add(T value, std::memory_order order) { return ++steps, word_.fetch_add(value, order); }
    T fetch_sub(T value, std::memory_order order) { return ++steps, word_.fetch_sub(value, order); }
    T fetch_and(T value, std::memory_order order) { return ++steps, word_.fetch_and(value, order); }
    T fetch_or(T value, std::memory_order order) { return ++steps, word_.fetch_or(value, order); }
    T fetch_xor(T value, std::memory_order order) { return ++steps, word_.fetch_xor(value, order); }
    bool compare_exchange_strong(T& expected, T desired, std::memory_order success,
                                 std::memory_order failure) {
      return ++steps, word_.compare_exchange_strong(expected, desired, success, failure);
    }
    bool compare_exchange_weak(T& expected, T desired, std::memory_order success,
                               std::memory_order failure) {
      return ++steps, word_.compare_exchange_weak(expected, desired, success, failure);
    }

   private:
    std::atomic<T> word_;
  };

  /// A thread that would have to wait here could wait for ever; the test looks at the flag.
  class Parker {
   public:
    void park() { token_ = false; }
    void unpark() { token_ = true; }

   private:
    bool token_ = false;
  };

  static int current_thread() { return is_outside ? kOutside : thread; }
  static void outside(bool is) { is_outside = is; }
  static std::uint64_t operations() { return steps; }
  static void note(const TraceEvent& event) { trace->add(event); }
  static void watch(int cell, const void* begin, std::size_t size) {
    trace->set_cell(cell, begin, size);
  }
  static void violated() {}

  static inline int thread = 0;
  static inline bool is_outside = false;
  static inline std::uint64_t steps = 0;
  static inline Trace* trace = nullptr;
};

static_assert(ScenarioPlatform<SequentialPlatform>);

}  // namespace awlab

#endif  // AWLAB_CORE_TESTING_SEQUENTIAL_PLATFORM_HPP_
