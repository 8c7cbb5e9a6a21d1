// For tests: a scenario whose threads run given functions on some shared objects.
#ifndef AWLAB_FUZZ_MACHINE_BODIES_HPP_
#define AWLAB_FUZZ_MACHINE_BODIES_HPP_

#include <algorithm>
#include <functional>
#include <new>
#include <optional>
#include <vector>

#include "core/support/as_size.hpp"
#include "fuzz/machine/execution.hpp"
#include "fuzz/machine/platform.hpp"

namespace awlab::machine {

/// The objects that the threads share.
struct Shared {
  MachinePlatform::atomic<std::size_t> x{0};
  MachinePlatform::atomic<std::size_t> y{0};
  MachinePlatform::plain<int> data{0};
  std::optional<MachinePlatform::atomic<std::size_t>> late;
  MachinePlatform::Parker parker;
};

using Body = std::function<void(Shared&)>;

class Bodies : public Scenario {
 public:
  explicit Bodies(const std::vector<Body>& bodies) : bodies_(bodies) {}

  [[nodiscard]] int threads() const override { return static_cast<int>(bodies_.size()); }
  void before() override {
    shared_.data.with_mut([](int& data) { return data = 1; });
  }
  void thread(int index) override { bodies_[as_size(index)](shared_); }
  void after() override {
    shared_.data.with([](int data) { return data; });
  }
  [[nodiscard]] const std::optional<Violation>& violation() const override { return none_; }
  [[nodiscard]] std::optional<Violation> deadlocked() const override {
    return Violation{Property::kP9, Kind::kDeadlock, "", ""};
  }
  [[nodiscard]] bool cut() const override { return false; }
  [[nodiscard]] TraceNames names() const override { return {}; }

 private:
  const std::vector<Body>& bodies_;
  Shared shared_;
  std::optional<Violation> none_;
};

/// `bodies` must outlive the program.
inline Program program_of(const std::vector<Body>& bodies) {
  return {[&](void* where) { return ::new (where) Bodies(bodies); },
          static_cast<int>(bodies.size())};
}

/// The result of random executions of some threads: the kinds of violation, and the number that
/// ended.
struct Seen {
  std::vector<Kind> kinds;
  int finished = 0;
};

inline Seen run(const std::vector<Body>& bodies, int executions = 300) {
  Machine machine(program_of(bodies));
  Execution execution(machine);
  RandomDecisions decisions(1);
  Seen seen;
  for (int i = 0; i < executions; ++i) {
    const std::optional<Violation> violation = execution.run(decisions);
    seen.finished += execution.finished() ? 1 : 0;
    if (violation && std::ranges::count(seen.kinds, violation->kind) == 0) {
      seen.kinds.push_back(violation->kind);
    }
  }
  return seen;
}

}  // namespace awlab::machine

#endif  // AWLAB_FUZZ_MACHINE_BODIES_HPP_
