// The memory of a program on Relacy: from the heap while scenario code runs, otherwise from the C
// library. This takes the place of upstream's own `new` and `delete`, which lack most of the forms.
#include <cstdlib>

#include "core/support/replaced_new.hpp"
#include "relacy/heap.hpp"

namespace awlab {

using relacy::Heap;

void* program_allocate(std::size_t bytes, std::size_t alignment) noexcept {
  void* p = Heap::allocate(bytes, alignment);
  return p != nullptr ? p : library_allocate(bytes, alignment);
}

void program_free(void* p) noexcept {
  if (p != nullptr && !Heap::free(p)) std::free(p);
}

}  // namespace awlab
