// A Platform for tests on one thread: std::atomic, with every step written to the Journal, and with
// room for one interruption between any two steps, as if another thread came in there.
//
// An interruption is the only way to reach states in which no code of the user runs, such as
// WAKING.
#ifndef AWLAB_CORE_TESTING_HOOK_PLATFORM_HPP_
#define AWLAB_CORE_TESTING_HOOK_PLATFORM_HPP_

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <string>
#include <utility>

#include "core/platform.hpp"
#include "core/std_platform.hpp"
#include "core/subjects/atomic_facade.hpp"
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

  /// Forgets the interruption; returns true if it was not reached.
  static bool cancel_interrupt() { return std::exchange(interrupt_, nullptr) != nullptr; }

  /// Atomic steps since the program started.
  static int steps() { return steps_; }

  template <class T>
  class Word {
   public:
    explicit Word(T value) : word_(value) {}
    AtomicResult<T> access(const AtomicAccess<T>& access, const CallSite& /*at*/) const {
      return step([&] {
        const AtomicResult<T> found = access_std<T>(word_, access);
        Journal::write(entry(access, found));
        return found;
      });
    }

   private:
    static std::string entry(const AtomicAccess<T>& access, const AtomicResult<T>& found) {
      const std::string operand = std::to_string(to_word(access.operand));
      const std::string what = " found " + std::to_string(to_word(found.value));
      if (is_notify(access.step)) return std::string(to_string(access.step));
      if (is_cas(access.step)) {
        return "cas " + std::to_string(to_word(access.expected)) + "->" + operand + " " +
               name(access.order) + "/" + name(access.failure) + (found.success ? "" : what);
      }
      std::string text(to_string(access.step));
      if (access.step != Step::kLoad) text += " " + operand;
      text += " " + name(access.order);
      return access.step == Step::kStore ? text : text + what;
    }

    mutable std::atomic<T> word_;
  };
  template <class T>
  using atomic = AtomicFacade<T, Word>;

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
  static void fence(std::memory_order order) {
    StdPlatform::fence(order);
    Journal::write("fence " + name(order));
  }
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

static_assert(PlatformWithFence<HookPlatform>);

}  // namespace awlab

#endif  // AWLAB_CORE_TESTING_HOOK_PLATFORM_HPP_
