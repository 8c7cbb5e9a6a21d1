// AddressSanitizer's view of fibers: it must be told which stack the code runs on, or else it
// applies its knowledge of one stack's variables to another. Does nothing without
// AddressSanitizer.
//
// Each fiber has its shadow of variables ("fake stack", where returns are looked for) made when it
// needs one. An abandoned fiber leaves it to the next on the same stack, because nothing destroys
// it.
#ifndef AWLAB_FUZZ_MACHINE_FIBER_ASAN_HPP_
#define AWLAB_FUZZ_MACHINE_FIBER_ASAN_HPP_

#include <cstddef>

#if defined(__SANITIZE_ADDRESS__)
#define AWLAB_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define AWLAB_ASAN 1
#endif
#endif

#ifdef AWLAB_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif

namespace awlab::machine {

/// One of the stacks that fibers switch between.
class AsanStack {
 public:
#ifdef AWLAB_ASAN
  /// Sets the place of the stack in memory.
  void lies_at(const void* bottom, std::size_t size) { bottom_ = bottom, size_ = size; }
  /// Call when a fiber begins here, whatever was on the stack before.
  void begins() const { __asan_unpoison_memory_region(bottom_, size_); }
  /// Call right before this stack is left for `next`.
  void leaves_for(const AsanStack& next) {
    __sanitizer_start_switch_fiber(&fake_, next.bottom_, next.size_);
  }
  /// Call right after a switch from `before` to this stack; `before` learns its place from it.
  void came_from(AsanStack& before) {
    __sanitizer_finish_switch_fiber(fake_, &before.bottom_, &before.size_);
  }

 private:
  void* fake_ = nullptr;
  const void* bottom_ = nullptr;
  std::size_t size_ = 0;
#else
  void lies_at(const void* /*bottom*/, std::size_t /*size*/) {}
  void begins() const {}
  void leaves_for(const AsanStack& /*next*/) {}
  void came_from(AsanStack& /*before*/) {}
#endif
};

}  // namespace awlab::machine

#endif  // AWLAB_FUZZ_MACHINE_FIBER_ASAN_HPP_
