// MachinePlatform: the platform of scenarios and cells, with answers from the machine.
//
// Scenarios are compiled against this header. The code of a subject's module reaches the machine by
// core/subjects/port.hpp alone.
#ifndef AWLAB_FUZZ_MACHINE_PLATFORM_HPP_
#define AWLAB_FUZZ_MACHINE_PLATFORM_HPP_

#include "core/scenario/scenario_platform.hpp"
#include "core/subjects/simulated_platform.hpp"
#include "fuzz/machine/machine.hpp"

namespace awlab::machine {

/// The running machine as an engine of SimulatedPlatform.
struct MachineEngine {
  static Location create(std::uint64_t value, std::uint8_t bytes, const void* object) {
    return Machine::running().create(value, bytes, object);
  }
  static Answer perform(const Operation& operation, const CallSite& at) {
    return Machine::running().perform(operation, at.function_name());
  }
  static void check_failed() { Machine::running().check_failed(); }
};

struct MachinePlatform : SimulatedPlatform<MachineEngine> {
  static constexpr bool kSimulated = true;

  static int current_thread() { return Machine::running().current_thread(); }
  static void outside(bool /*is*/) {}  // the machine knows by itself
  static std::uint64_t operations() { return Machine::running().operations(); }
  static std::uint64_t waits() { return Machine::running().waits(); }
  static void note(const TraceEvent& event) { Machine::running().note(event); }
  static void watch(int cell, const void* begin, std::size_t size) {
    Machine::running().watch(cell, begin, size);
  }
  static void violated() { Machine::running().violated(); }

  class Parker;
};

/// Puts a simulated thread to sleep and wakes it. Orders no memory: publications must be ordered by
/// the cell. Each unpark() leaves the permit that one park() waits for and takes.
class MachinePlatform::Parker {
 public:
  void park(CallSite at = CallSite::current()) {
    note(Step::kPark);
    permit_.perform({.op = Step::kPark}, at);
    note(Step::kUnpark);
  }
  void unpark(CallSite at = CallSite::current()) {
    permit_.perform({.op = Step::kUnpark, .operand = 1}, at);
  }

 private:
  static void note(Step step) {
    TraceEvent event;
    event.step = step;
    event.thread = static_cast<std::int8_t>(current_thread());
    MachinePlatform::note(event);
  }

  Object permit_{0, 8};
};

static_assert(ScenarioPlatform<MachinePlatform> && PlatformWithFence<MachinePlatform>);

}  // namespace awlab::machine

#endif  // AWLAB_FUZZ_MACHINE_PLATFORM_HPP_
