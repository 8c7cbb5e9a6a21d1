// The program's record of the runtime's memory for exceptions, if the runtime is linked statically.
//
// exceptions_new.cpp replaces the runtime's own functions and finds them again behind its own.
// Behind a static runtime there is nothing to find. But libc++abi takes this memory from the C
// library, aligned, and those calls can be wrapped (ld's --wrap, see fuzz/service); nothing else
// asks for such memory.
#include <cstddef>

#include "fuzz/machine/arena.hpp"
#include "fuzz/machine/exceptions.hpp"

// NOLINTBEGIN(bugprone-reserved-identifier): the linker's names
extern "C" {

void* __real_aligned_alloc(std::size_t alignment, std::size_t size) noexcept;
int __real_posix_memalign(void** memory, std::size_t alignment, std::size_t size) noexcept;
void __real_free(void* memory) noexcept;

}  // extern "C"

namespace {

using awlab::machine::Exceptions;

void* note_exception(void* memory) noexcept {
  if (memory != nullptr && awlab::machine::Arena::active()) Exceptions::made(memory, &__real_free);
  return memory;
}

}  // namespace

extern "C" {

void* __wrap_aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
  return note_exception(__real_aligned_alloc(alignment, size));
}

int __wrap_posix_memalign(void** memory, std::size_t alignment, std::size_t size) noexcept {
  const int failed = __real_posix_memalign(memory, alignment, size);
  if (failed == 0) note_exception(*memory);
  return failed;
}

void __wrap_free(void* memory) noexcept {
  Exceptions::freed(memory);
  __real_free(memory);
}

}  // extern "C"
// NOLINTEND(bugprone-reserved-identifier)
