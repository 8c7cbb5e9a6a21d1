// StressPlatform: std::atomic and plain memory, with a flight recorder beside them.
//
// The cell's code and its atomic operations are those of StdPlatform. After each operation the
// thread's own recorder notes the value found; that costs some nanoseconds and orders nothing.
#ifndef AWLAB_STRESS_PLATFORM_HPP_
#define AWLAB_STRESS_PLATFORM_HPP_

#include <atomic>

#include "core/scenario/scenario_platform.hpp"
#include "core/std_platform.hpp"
#include "core/subjects/atomic_facade.hpp"
#include "stress/crash.hpp"
#include "stress/round.hpp"

namespace awlab::stress {

struct StressPlatform : StdPlatform {
  static constexpr bool kSimulated = false;

  static int current_thread() {
    return current_role.recorder != nullptr ? current_role.recorder->role() : kOutside;
  }
  static void outside(bool /*is*/) {}         // a thread without a role is outside
  static std::uint64_t waits() { return 0; }  // not counted
  static std::uint64_t operations() {
    return current_role.recorder != nullptr ? current_role.recorder->operations() : 0;
  }
  static void note(const TraceEvent& event) {
    if (current_role.recorder != nullptr) {
      current_role.recorder->note(event);
    } else {
      my_places().note(event);
    }
  }
  static void watch(int cell, const void* begin, std::size_t size) {
    current_role.round->set_cell(cell, begin, size);
  }
  static void violated() {}
  /// Does not abort, unlike StdPlatform's: the round is judged instead.
  static void check(bool ok) {
    if (!ok && current_role.recorder != nullptr) current_role.recorder->check_failed();
  }

  static void fence(std::memory_order order, CallSite at = CallSite::current()) {
    StdPlatform::fence(order);
    if (current_role.recorder != nullptr) {
      current_role.recorder->access(Step::kFence, order, nullptr, 0, 0, at.function_name());
    }
  }

  template <class T>
  class Word {
   public:
    explicit Word(T value) : word_(value) {}

    AtomicResult<T> access(const AtomicAccess<T>& access, const CallSite& at) const {
      // Noted first: the thread may not come back.
      if (access.step == Step::kWait) {
        if (current_role.recorder != nullptr) note_access(access, {access.expected}, at);
        return access_std<T>(word_, access);
      }
      const AtomicResult<T> found = access_std<T>(word_, access);
      if (current_role.recorder != nullptr) note_access(access, found, at);
      return found;
    }

   private:
    void note_access(const AtomicAccess<T>& access, const AtomicResult<T>& found,
                     const CallSite& at) const {
      const Step step = !is_cas(access.step) ? access.step
                        : found.success      ? Step::kCas
                                             : Step::kCasFailed;
      const std::memory_order order = found.success ? access.order : access.failure;
      const bool is_store = access.step == Step::kStore;
      current_role.recorder->access(
          step, order, this, to_word(is_store ? access.operand : found.value),
          to_word(left_by(access, found.value)), at.function_name(),
          step == Step::kCasFailed && to_word(found.value) == to_word(access.expected));
    }

    mutable std::atomic<T> word_;
  };
  template <class T>
  using atomic = AtomicFacade<T, Word>;

  class Parker;
};

/// A parking place of the round that is being built, where the monitor may look at any time.
class StressPlatform::Parker {
 public:
  Parker() : parking_(current_role.round->new_parking()) {}
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

static_assert(ScenarioPlatform<StressPlatform> && PlatformWithFence<StressPlatform>);

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_PLATFORM_HPP_
