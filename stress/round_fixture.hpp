// Fixtures for tests: scenarios of the real cell, and one whose roles the test scripts.
#ifndef AWLAB_STRESS_ROUND_FIXTURE_HPP_
#define AWLAB_STRESS_ROUND_FIXTURE_HPP_

#include <functional>
#include <new>
#include <string_view>
#include <utility>

#include "core/atomic_waker.hpp"
#include "core/scenario/scenario_list.hpp"
#include "stress/platform.hpp"

namespace awlab::stress {

using RealCell = AtomicWaker<StressPlatform>;

inline void build(Round& round, std::string_view scenario, int producers) {
  round.build([&](void* where) {
    return ScenarioFactory<StressPlatform>::find(scenario)(where,
                                                           {kCellTable<RealCell>, producers});
  });
}

/// Each role calls `play(role)`; nothing is judged.
class Scripted : public Scenario {
 public:
  using Play = std::function<void(int role)>;
  Scripted(int roles, Play play) : roles_(roles), play_(std::move(play)) {}

  [[nodiscard]] int threads() const override { return roles_; }
  void before() override {}
  void thread(int index) override { play_(index); }
  void after() override {}
  [[nodiscard]] const std::optional<Violation>& violation() const override { return none_; }
  [[nodiscard]] std::optional<Violation> deadlocked() const override { return none_; }
  [[nodiscard]] bool cut() const override { return false; }
  [[nodiscard]] TraceNames names() const override { return {}; }

 private:
  const int roles_;
  const Play play_;
  const std::optional<Violation> none_;
};

inline void build(Round& round, int roles, Scripted::Play play) {
  round.build([&](void* where) { return ::new (where) Scripted(roles, std::move(play)); });
}

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_ROUND_FIXTURE_HPP_
