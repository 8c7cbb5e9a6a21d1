// The port through which a subject's module reaches the engine that has loaded it: functions that
// the program defines, and that a module leaves undefined until it is loaded.
//
// The same module runs on every simulating engine: the lab's machine and Relacy.
#ifndef AWLAB_CORE_SUBJECTS_PORT_HPP_
#define AWLAB_CORE_SUBJECTS_PORT_HPP_

#include <cstdint>

#include "core/subjects/simulated_platform.hpp"

namespace awlab {

/// An engine of SimulatedPlatform: the one that runs in this process.
struct [[gnu::visibility("default")]] Port {
  static Location create(std::uint64_t value, std::uint8_t bytes, const void* object);
  static Answer perform(const Operation& operation, const CallSite& at);
  static void check_failed();
};

using PortPlatform = SimulatedPlatform<Port>;

}  // namespace awlab

#endif  // AWLAB_CORE_SUBJECTS_PORT_HPP_
