// The machine as the engine of the modules that this program loads.
#include "core/subjects/port.hpp"

#include "fuzz/machine/platform.hpp"

namespace awlab {

using machine::MachineEngine;

Location Port::create(std::uint64_t value, std::uint8_t bytes, const void* object) {
  return MachineEngine::create(value, bytes, object);
}

Answer Port::perform(const Operation& operation, const CallSite& at) {
  return MachineEngine::perform(operation, at);
}

void Port::check_failed() { MachineEngine::check_failed(); }

}  // namespace awlab
