// A Platform for tests on one thread: std::atomic, with every step written to the Journal, and with
// room for one interruption between any two steps, as if another thread came in there.
//
// That is the only way to reach the states in which no code of the user runs, such as WAKING.
#ifndef AWLAB_CORE_TESTING_HOOK_PLATFORM_HPP_
#define AWLAB_CORE_TESTING_HOOK_PLATFORM_HPP_

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <string>
#include <utility>

#include "core/platform.hpp"
#include "core/std_platform.hpp"
#include "core/testing/test_waker.hpp"
#include "core/trace/memory_order.hpp"

namespace awlab {

class HookPlatform {
 public:
  /// Runs `f` once, before (after) the `n`-th atomic step from now, counted from 1.
  static void interrupt_before_step(int n, std::function<void()> f) {
    interrupt_at(2 * n - 1, std::move(f));
  }
  static void interrupt_after_step(int n, std::function<void()> f) {
    interrupt_at(2 * n, std::move(f));
  }

  /// Whether the interruption was not reached, and forgets it.
  static bool cancel_interrupt() { return std::exchange(interrupt_, nullptr) != nullptr; }

  /// Atomic steps since the program started.
  static int steps() { return steps_; }

  template <class T>
  class atomic {
   public:
    explicit atomic(T value) : value_(value) {}
    atomic(const atomic&) = delete;
    atomic& operator=(const atomic&) = delete;

    T load(std::memory_order order) const {
      return step([&] {
        const T found = value_.load(order);
        Journal::write("load " + name(order) + " found " + std::to_string(found));
        return found;
      });
    }
    void store(T value, std::memory_order order) {
      step([&] {
        value_.store(value, order);
        Journal::write("store " + std::to_string(value) + " " + name(order));
        return 0;
      });
    }
    T exchange(T value, std::memory_order order) {
      return modify("exchange", value, order, [&] { return value_.exchange(value, order); });
    }
    T fetch_add(T value, std::memory_order order) {
      return modify("fetch_add", value, order, [&] { return value_.fetch_add(value, order); });
    }
    T fetch_sub(T value, std::memory_order order) {
      return modify("fetch_sub", value, order, [&] { return value_.fetch_sub(value, order); });
    }
    T fetch_and(T value, std::memory_order order) {
      return modify("fetch_and", value, order, [&] { return value_.fetch_and(value, order); });
    }
    T fetch_or(T value, std::memory_order order) {
      return modify("fetch_or", value, order, [&] { return value_.fetch_or(value, order); });
    }
    T fetch_xor(T value, std::memory_order order) {
      return modify("fetch_xor", value, order, [&] { return value_.fetch_xor(value, order); });
    }
    bool compare_exchange_strong(T& expected, T desired, std::memory_order success,
                                 std::memory_order failure) {
      return step([&] {
        std::string entry = "cas " + std::to_string(expected) + "->" + std::to_string(desired) +
                            " " + name(success) + "/" + name(failure);
        const bool done = value_.compare_exchange_strong(expected, desired, success, failure);
        if (!done) {
          entry += " found " + std::to_string(expected);
        }
        Journal::write(entry);
        return done;
      });
    }
    bool compare_exchange_weak(T& expected, T desired, std::memory_order success,
                               std::memory_order failure) {
      return compare_exchange_strong(expected, desired, success, failure);
    }

   private:
    template <class F>
    T modify(const char* what, T value, std::memory_order order, F&& f) {
      return step([&] {
        const T found = f();
        Journal::write(what + (" " + std::to_string(value)) + " " + name(order) + " found " +
                       std::to_string(found));
        return found;
      });
    }

    std::atomic<T> value_;
  };

  /// Plain memory; each access is written as "slot", so that an access outside the protocol shows.
  template <class T>
  class plain {
   public:
    explicit plain(T value) : value_(std::move(value)) {}

    template <class F>
    decltype(auto) with(F&& f) const {
      Journal::write("slot");
      return value_.with(std::forward<F>(f));
    }
    template <class F>
    decltype(auto) with_mut(F&& f) {
      Journal::write("slot");
      return value_.with_mut(std::forward<F>(f));
    }

   private:
    StdPlatform::plain<T> value_;
  };

  static void yield() { Journal::write("yield"); }
  static void spin_hint() { Journal::write("spin_hint"); }
  static void check(bool ok) { EXPECT_TRUE(ok) << "the cell found its own protocol broken"; }

 private:
  static void interrupt_at(int position, std::function<void()> f) {
    position_ = 0;
    interrupt_position_ = position;
    interrupt_ = std::move(f);
  }

  // Called before and after each step.
  static void pass_position() {
    if (++position_ == interrupt_position_ && interrupt_) {
      const auto interrupt = std::exchange(interrupt_, nullptr);
      const Journal::Inside inside;
      interrupt();
    }
  }

  template <class F>
  static auto step(F&& f) {
    pass_position();
    ++steps_;
    const auto result = f();
    pass_position();
    return result;
  }

  static std::string name(std::memory_order order) { return std::string(to_string(order)); }

  inline static int steps_ = 0;
  inline static int position_ = 0;
  inline static int interrupt_position_ = 0;
  inline static std::function<void()> interrupt_;
};

static_assert(Platform<HookPlatform>);

}  // namespace awlab

#endif  // AWLAB_CORE_TESTING_HOOK_PLATFORM_HPP_
