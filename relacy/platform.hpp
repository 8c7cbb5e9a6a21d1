// RelacyPlatform: the platform of scenarios, on the Relacy Race Detector.
#ifndef AWLAB_RELACY_PLATFORM_HPP_
#define AWLAB_RELACY_PLATFORM_HPP_

#include "core/scenario/scenario_platform.hpp"
#include "relacy/crash.hpp"
#include "relacy/memory.hpp"

namespace awlab::relacy {

struct RelacyPlatform : SimulatedPlatform<Memory> {
  static constexpr bool kSimulated = true;

  static int current_thread() { return Memory::current_thread(); }
  static void outside(bool is) { Memory::outside(is); }
  static std::uint64_t operations() { return Memory::operations(); }
  static std::uint64_t waits() { return Memory::waits(); }
  static void note(const TraceEvent& event) {
    Crashes::note(event);
    Memory::note(event);
  }
  static void watch(int cell, const void* begin, std::size_t size) {
    Memory::watch(cell, begin, size);
  }
  static void violated() { Memory::violated(); }

  class Parker;
};

/// Parks and unparks a simulated thread. Orders no memory: data must be published through the cell.
class RelacyPlatform::Parker {
 public:
  void park(CallSite at = CallSite::current()) {
    note(Step::kPark);
    permit_.wait(at);
    note(Step::kUnpark);
  }
  void unpark(CallSite at = CallSite::current()) { permit_.give(at); }

 private:
  static void note(Step step) {
    TraceEvent event;
    event.step = step;
    event.thread = static_cast<std::int8_t>(current_thread());
    RelacyPlatform::note(event);
  }

  Permit permit_;
};

static_assert(ScenarioPlatform<RelacyPlatform> && PlatformWithFence<RelacyPlatform>);

}  // namespace awlab::relacy

#endif  // AWLAB_RELACY_PLATFORM_HPP_
