// The platform of a cell on an engine that simulates memory: each object is a number there, and
// each step on it an Operation that the engine answers.
//
// An Engine supplies
//   Engine::create(value, bytes, object)  a new object of this size at this address; 0: plain data
//   Engine::perform(operation, site)      the answer to a step
//   Engine::check_failed()                the subject or the scenario has found itself broken
// Values are at most 64 bits. An object knows its number and nothing else.
#ifndef AWLAB_CORE_SUBJECTS_SIMULATED_PLATFORM_HPP_
#define AWLAB_CORE_SUBJECTS_SIMULATED_PLATFORM_HPP_

#include <atomic>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "core/platform.hpp"
#include "core/subjects/atomic_facade.hpp"
#include "core/trace/operation.hpp"

namespace awlab {

template <class Engine>
struct SimulatedPlatform {
  static void check(bool ok) {
    if (!ok) Engine::check_failed();
  }
  /// Waits for something new: the calling thread's next step reads a write of another thread that
  /// left another value than the one it read there last. If none comes, it waits for ever. A busy
  /// wait yields right before it reads again the object that it waits for.
  static void yield(CallSite at = CallSite::current()) {
    Engine::perform({.op = Step::kYield}, at);
  }
  static void spin_hint() {}
  static void fence(std::memory_order order, CallSite at = CallSite::current()) {
    Engine::perform({.op = Step::kFence, .order = order}, at);
  }

  /// An object on the engine, from construction to destruction.
  class Object {
   public:
    explicit Object(std::uint64_t value, std::uint8_t bytes)
        : location_(Engine::create(value, bytes, this)) {}
    Object(const Object&) = delete;
    Object& operator=(const Object&) = delete;
    ~Object() { perform({.op = Step::kDestroy}, CallSite()); }

    Answer perform(Operation operation, const CallSite& at) const {
      operation.location = location_;
      return Engine::perform(operation, at);
    }

   private:
    Location location_;
  };

  template <class T>
  class Word {
   public:
    explicit Word(T value) : object_(to_word(value), sizeof(T)) {}

    AtomicResult<T> access(const AtomicAccess<T>& access, const CallSite& at) const {
      if (access.step == Step::kWait) return wait(access, at);
      const Answer answer = object_.perform({.op = access.step,
                                             .bytes = sizeof(T),
                                             .order = access.order,
                                             .failure = access.failure,
                                             .operand = operand_of(access),
                                             .expected = to_word(access.expected)},
                                            at);
      return {from_word<T>(answer.value), answer.success};
    }

   private:
    // A pointer moves by bytes there.
    static std::uint64_t operand_of(const AtomicAccess<T>& access) {
      if constexpr (AtomicPointer<T>) {
        if (access.step == Step::kFetchAdd || access.step == Step::kFetchSub) {
          return static_cast<std::uint64_t>(access.elements) * sizeof(std::remove_pointer_t<T>);
        }
      }
      return to_word(access.operand);
    }

    // C++20 [atomics.types.operations] p29: looks, and waits for a notify while the value is old.
    AtomicResult<T> wait(const AtomicAccess<T>& access, const CallSite& at) const {
      const std::uint64_t old = to_word(access.expected);
      for (;;) {
        const Answer found =
            object_.perform({.op = Step::kLoad, .bytes = sizeof(T), .order = access.order}, at);
        if (found.value != old) return {from_word<T>(found.value)};
        const Operation wait{.op = Step::kWait, .bytes = sizeof(T), .expected = old};
        if (object_.perform(wait, at).success) {
          object_.perform({.op = Step::kNotified, .bytes = sizeof(T)}, at);
        }
      }
    }

    Object object_;
  };

  template <class T>
  using atomic = AtomicFacade<T, Word>;

  /// Plain data whose accesses are checked for races by happens-before.
  template <class T>
  class plain {
   public:
    plain() : plain(T()) {}
    explicit plain(T value) : object_(0, 0), value_(std::move(value)) {}

    template <class F>
    decltype(auto) with(F&& f, CallSite at = CallSite::current()) const {
      object_.perform({.op = Step::kPlainRead}, at);
      return std::forward<F>(f)(value_);
    }
    template <class F>
    decltype(auto) with_mut(F&& f, CallSite at = CallSite::current()) {
      object_.perform({.op = Step::kPlainWrite}, at);
      return std::forward<F>(f)(value_);
    }

   private:
    Object object_;
    T value_;
  };
};

}  // namespace awlab

#endif  // AWLAB_CORE_SUBJECTS_SIMULATED_PLATFORM_HPP_
