// The platform of production code: std::atomic, plain memory, the real scheduler. It costs nothing
// over writing them by hand.
#ifndef AWLAB_CORE_STD_PLATFORM_HPP_
#define AWLAB_CORE_STD_PLATFORM_HPP_

#include <atomic>
#include <cstdlib>
#include <thread>
#include <type_traits>
#include <utility>

#include "platform.hpp"

namespace awlab {

struct StdPlatform {
  template <class T>
  using atomic = std::atomic<T>;

  /// Plain memory; data races are the caller's to avoid and ThreadSanitizer's to see.
  template <class T>
  class plain {
   public:
    plain() = default;
    constexpr explicit plain(T value) noexcept(std::is_nothrow_move_constructible_v<T>)
        : value_(std::move(value)) {}
    plain(const plain&) = delete;
    plain& operator=(const plain&) = delete;
    constexpr ~plain() = default;

    template <class F>
    decltype(auto) with(F&& f) const {
      return std::forward<F>(f)(value_);
    }
    template <class F>
    decltype(auto) with_mut(F&& f) {
      return std::forward<F>(f)(value_);
    }

   private:
    T value_{};
  };

  static void fence(std::memory_order order) noexcept { std::atomic_thread_fence(order); }

  static void yield() noexcept { std::this_thread::yield(); }

  static void spin_hint() noexcept {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    asm volatile("isb" ::: "memory");
#endif
  }

  /// Ends the program when the cell finds its own protocol broken: memory is already shared by two
  /// owners then.
  static void check(bool ok) noexcept {
    if (!ok) [[unlikely]] {
      std::abort();
    }
  }
};

static_assert(PlatformWithFence<StdPlatform>);

}  // namespace awlab

#endif  // AWLAB_CORE_STD_PLATFORM_HPP_
