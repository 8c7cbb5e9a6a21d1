// A platform for tests of scenarios and the ledger: whole threads of a scenario, one after another.
#ifndef AWLAB_CORE_TESTING_SEQUENTIAL_PLATFORM_HPP_
#define AWLAB_CORE_TESTING_SEQUENTIAL_PLATFORM_HPP_

#include <atomic>
#include <cstdint>
#include <cstdlib>

#include "core/scenario/scenario_platform.hpp"
#include "core/std_platform.hpp"
#include "core/subjects/atomic_facade.hpp"

namespace awlab {

struct SequentialPlatform : StdPlatform {
  static constexpr bool kSimulated = true;

  /// Counts the operations that may write, as P8 does.
  template <class T>
  class Word {
   public:
    explicit Word(T value) : word_(value) {}
    AtomicResult<T> access(const AtomicAccess<T>& access, const CallSite& /*at*/) const {
      steps += is_atomic(access.step) && access.step != Step::kLoad ? 1U : 0U;
      return access_std<T>(word_, access);
    }

   private:
    mutable std::atomic<T> word_;
  };
  template <class T>
  using atomic = AtomicFacade<T, Word>;

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
  static std::uint64_t waits() { return 0; }
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
