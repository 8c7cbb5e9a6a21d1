// The memory of a program on the machine: from the arena while scenario code runs, otherwise from
// the C library.
#include <cstdlib>

#include "core/support/replaced_new.hpp"
#include "fuzz/machine/arena.hpp"

namespace awlab {

using machine::Arena;

void* program_allocate(std::size_t bytes, std::size_t alignment) noexcept {
  void* p = Arena::allocate(bytes, alignment);
  return p != nullptr ? p : library_allocate(bytes, alignment);
}

void program_free(void* p) noexcept {
  if (p != nullptr && !Arena::free(p)) std::free(p);
}

}  // namespace awlab
