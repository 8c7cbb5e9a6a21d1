// The program's record of the runtime's memory for exceptions: the same functions, with a note of
// each call.
//
// Source: Itanium C++ ABI, exception handling, sections 2.4.2 and 2.4.3; dependent exceptions,
// which std::rethrow_exception makes, are libstdc++'s and libc++abi's extension of it.
#include <dlfcn.h>

#include <cstdlib>

#include "fuzz/machine/arena.hpp"
#include "fuzz/machine/exceptions.hpp"

namespace {

using awlab::machine::Exceptions;

// The runtime's function of this name, which ours hides.
template <class F>
F* next(const char* name) noexcept {
  auto* found = reinterpret_cast<F*>(dlsym(RTLD_NEXT, name));
  if (found == nullptr) std::abort();
  return found;
}

void real_free(void* exception) noexcept {
  static auto* const free = next<void(void*)>("__cxa_free_exception");
  free(exception);
}

void real_free_dependent(void* exception) noexcept {
  static auto* const free = next<void(void*)>("__cxa_free_dependent_exception");
  free(exception);
}

void* note_exception(void* exception, Exceptions::Free free) noexcept {
  if (awlab::machine::Arena::active()) Exceptions::made(exception, free);
  return exception;
}

}  // namespace

// NOLINTBEGIN(bugprone-reserved-identifier): the ABI's names
extern "C" void* __cxa_allocate_exception(std::size_t size) noexcept {
  static auto* const allocate = next<void*(std::size_t)>("__cxa_allocate_exception");
  return note_exception(allocate(size), &real_free);
}

extern "C" void __cxa_free_exception(void* exception) noexcept {
  Exceptions::freed(exception);
  real_free(exception);
}

extern "C" void* __cxa_allocate_dependent_exception() noexcept {
  static auto* const allocate = next<void*()>("__cxa_allocate_dependent_exception");
  return note_exception(allocate(), &real_free_dependent);
}

extern "C" void __cxa_free_dependent_exception(void* exception) noexcept {
  Exceptions::freed(exception);
  real_free_dependent(exception);
}
// NOLINTEND(bugprone-reserved-identifier)
