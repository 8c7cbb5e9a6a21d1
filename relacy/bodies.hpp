// For tests: a scenario whose two threads run given functions on some shared objects.
#ifndef AWLAB_RELACY_BODIES_HPP_
#define AWLAB_RELACY_BODIES_HPP_

#include <array>
#include <functional>
#include <new>
#include <optional>

#include "core/atomic_waker.hpp"
#include "relacy/engine.hpp"
#include "relacy/platform.hpp"

namespace awlab::relacy {

/// The objects that the threads share.
struct Shared {
  RelacyPlatform::atomic<std::uintptr_t> word{0};
  RelacyPlatform::atomic<std::uintptr_t> other{0};
  RelacyPlatform::plain<int> data{0};
};

using Body = std::function<void(Shared&)>;

class Bodies : public Scenario {
 public:
  explicit Bodies(const Setup& /*setup*/) {}
  [[nodiscard]] int threads() const override { return 2; }
  void before() override {
    if (at_start != nullptr) at_start();
  }
  void thread(int index) override { (*bodies)[static_cast<std::size_t>(index)](shared_); }
  void after() override {}
  [[nodiscard]] const std::optional<Violation>& violation() const override { return none_; }
  [[nodiscard]] std::optional<Violation> deadlocked() const override {
    return Violation{Property::kP9, Kind::kDeadlock, "", ""};
  }
  [[nodiscard]] bool cut() const override { return false; }
  [[nodiscard]] TraceNames names() const override {
    TraceNames names;
    names.threads = {"a", "b"};
    names.publication = "word";
    return names;
  }

  /// The engine makes scenarios by a function without a context.
  static inline const std::array<Body, 2>* bodies = nullptr;
  /// Called before the threads of each execution, unless null.
  static inline void (*at_start)() = nullptr;

 private:
  Shared shared_;
  std::optional<Violation> none_;
};

inline SearchOutcome run_bodies(const Body& a, const Body& b, const SearchOptions& options = {}) {
  const std::array<Body, 2> both = {a, b};
  Bodies::bodies = &both;
  return run(
      {[](void* where, const Setup& setup) -> Scenario* { return ::new (where) Bodies(setup); },
       {kCellTable<AtomicWaker<RelacyPlatform>>, 1},
       2},
      options);
}

inline void idle(Shared& /*shared*/) {}

}  // namespace awlab::relacy

#endif  // AWLAB_RELACY_BODIES_HPP_
