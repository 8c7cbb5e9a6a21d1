// Memory of a program that replaces the global `new` and `delete`: such a program links
// replaced_new.cpp, which has every form of them, and defines these two functions.
//
// All forms must come together. A compiler calls the form that fits the type best, and a form that
// is left to the standard library would free with `free` what the program's `new` has made.
#ifndef AWLAB_CORE_SUPPORT_REPLACED_NEW_HPP_
#define AWLAB_CORE_SUPPORT_REPLACED_NEW_HPP_

#include <cstddef>

namespace awlab {

/// Memory of at least one byte, aligned to `alignment`, a power of two; null if there is none.
void* program_allocate(std::size_t bytes, std::size_t alignment) noexcept;

/// Gives back what program_allocate() returned. Null is nothing.
void program_free(void* p) noexcept;

/// For the two above: memory of the C library, which `std::free` gives back.
void* library_allocate(std::size_t bytes, std::size_t alignment) noexcept;

}  // namespace awlab

#endif  // AWLAB_CORE_SUPPORT_REPLACED_NEW_HPP_
