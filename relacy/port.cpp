// Relacy as the engine of the modules that this program loads.
#include "core/subjects/port.hpp"

#include "relacy/memory.hpp"

namespace awlab {

using relacy::Memory;

Location Port::create(std::uint64_t value, std::uint8_t bytes, const void* object) {
  return Memory::create(value, bytes, object);
}

Answer Port::perform(const Operation& operation, const CallSite& at) {
  return Memory::perform(operation, at);
}

void Port::check_failed() { Memory::check_failed(); }

}  // namespace awlab
