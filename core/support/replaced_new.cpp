// Every replaceable form of `new` and `delete`; those with a place are not replaceable.
//
// Source: C++20 [new.delete.single], [new.delete.array].
#include "core/support/replaced_new.hpp"

#include <cstdlib>
#include <new>

namespace awlab {

void* library_allocate(std::size_t bytes, std::size_t alignment) noexcept {
  const std::size_t least = bytes == 0 ? 1 : bytes;
  if (alignment <= alignof(std::max_align_t)) return std::malloc(least);
  void* p = nullptr;
  return posix_memalign(&p, alignment, least) == 0 ? p : nullptr;
}

namespace {

void* allocate(std::size_t bytes, std::size_t alignment) {
  for (;;) {
    if (void* p = program_allocate(bytes, alignment)) return p;
    const std::new_handler handler = std::get_new_handler();
    if (handler == nullptr) throw std::bad_alloc();
    handler();
  }
}

void* allocate_or_null(std::size_t bytes, std::size_t alignment) noexcept {
  try {
    return allocate(bytes, alignment);
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}

constexpr std::size_t kUsual = __STDCPP_DEFAULT_NEW_ALIGNMENT__;
constexpr std::size_t value(std::align_val_t alignment) {
  return static_cast<std::size_t>(alignment);
}

}  // namespace
}  // namespace awlab

using Align = std::align_val_t;
using NoThrow = std::nothrow_t;
using awlab::allocate;
using awlab::allocate_or_null;
using awlab::kUsual;
using awlab::program_free;
using awlab::value;

void* operator new(std::size_t n) { return allocate(n, kUsual); }
void* operator new[](std::size_t n) { return allocate(n, kUsual); }
void* operator new(std::size_t n, Align a) { return allocate(n, value(a)); }
void* operator new[](std::size_t n, Align a) { return allocate(n, value(a)); }
void* operator new(std::size_t n, const NoThrow&) noexcept { return allocate_or_null(n, kUsual); }
void* operator new[](std::size_t n, const NoThrow&) noexcept { return allocate_or_null(n, kUsual); }
void* operator new(std::size_t n, Align a, const NoThrow&) noexcept {
  return allocate_or_null(n, value(a));
}
void* operator new[](std::size_t n, Align a, const NoThrow&) noexcept {
  return allocate_or_null(n, value(a));
}

void operator delete(void* p) noexcept { program_free(p); }
void operator delete[](void* p) noexcept { program_free(p); }
void operator delete(void* p, std::size_t) noexcept { program_free(p); }
void operator delete[](void* p, std::size_t) noexcept { program_free(p); }
void operator delete(void* p, Align) noexcept { program_free(p); }
void operator delete[](void* p, Align) noexcept { program_free(p); }
void operator delete(void* p, std::size_t, Align) noexcept { program_free(p); }
void operator delete[](void* p, std::size_t, Align) noexcept { program_free(p); }
void operator delete(void* p, const NoThrow&) noexcept { program_free(p); }
void operator delete[](void* p, const NoThrow&) noexcept { program_free(p); }
void operator delete(void* p, Align, const NoThrow&) noexcept { program_free(p); }
void operator delete[](void* p, Align, const NoThrow&) noexcept { program_free(p); }
