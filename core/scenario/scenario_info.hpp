// All scenarios by name: the list for people and command lines.
#ifndef AWLAB_CORE_SCENARIO_SCENARIO_INFO_HPP_
#define AWLAB_CORE_SCENARIO_SCENARIO_INFO_HPP_

#include <algorithm>
#include <array>
#include <ostream>
#include <string_view>

#include "core/contract/contract.hpp"

namespace awlab {

struct ScenarioInfo {
  std::string_view name;
  int consumers;  // threads on the consumer side
  int min_producers;
  int most_producers;           // on any engine, see max_producers()
  std::string_view consumer;    // what the consumer side does
  std::string_view producer;    // what each producer does
  bool interchangeable = true;  // every producer runs the same code on the same objects

  /// The most producers on an engine with this many threads.
  [[nodiscard]] constexpr int max_producers(int threads = kMaxSimulatedThreads) const {
    return std::min(most_producers, threads - consumers);
  }

  friend std::ostream& operator<<(std::ostream& out, const ScenarioInfo& scenario) {
    return out << scenario.name;
  }
};

inline constexpr int kAnyNumber = kMaxThreads;
inline constexpr std::string_view kPublishAndWake = "num += 1; wake()";

inline constexpr std::array<ScenarioInfo, 16> kScenarios = {{
    {"basic", 1, 1, kAnyNumber, "register(w1); check num == N", kPublishAndWake},
    {"migrate", 1, 1, kAnyNumber, "register(w1); check; register(w2); check", kPublishAndWake},
    {"failed_wake", 1, 1, 1, "before: register(w1); take_waker(); register(w2); check did",
     "did = 1; take_waker()"},
    {"two_registrars", 2, 1, kAnyNumber, "two threads, each register(own waker)", "take_waker()"},
    {"panic_clone", 1, 1, kAnyNumber, "register(w whose clone throws); register(w1); check",
     kPublishAndWake},
    {"panic_clone_over_old", 1, 1, kAnyNumber,
     "register(w1); register(w whose clone throws); check", kPublishAndWake},
    {"panic_wake", 1, 1, kAnyNumber, "register(w whose wake throws); check; register(w2); check",
     kPublishAndWake},
    {"reentrant", 1, 1, kAnyNumber, "register(w whose wake calls register(w2))", kPublishAndWake},
    {"reentrant_wake_in_wake", 1, 1, kAnyNumber, "register(w whose wake calls wake()); check",
     kPublishAndWake},
    {"reentrant_wake_in_clone", 1, 1, kAnyNumber, "register(w whose clone calls wake()); check",
     kPublishAndWake},
    {"reentrant_register_in_drop", 1, 1, kAnyNumber,
     "register(w whose drop calls register(w3)); register(w2); check", kPublishAndWake},
    {"block_on", 1, 1, kAnyNumber, "until num == N: register(w1); check; park until woken",
     kPublishAndWake},
    {"oneshot", 1, 1, kAnyNumber, "register(w1); if flag (acquire) is set, read the payload",
     "write the payload; set flag (release); wake()", false},
    {"oneshot_sender_drop", 1, 1, kAnyNumber, "as oneshot",
     "as oneshot; the last closes without a payload", false},
    {"oneshot_receiver_cancel", 1, 1, kAnyNumber, "as oneshot; if not ready, take_waker() and go",
     "as oneshot", false},
    {"destroy", 1, 0, 0, "destroy the cell with a waker in it, and after a wake took it", "none"},
}};

constexpr const ScenarioInfo* find_scenario(std::string_view name) {
  for (const ScenarioInfo& scenario : kScenarios) {
    if (scenario.name == name) return &scenario;
  }
  return nullptr;
}

}  // namespace awlab

#endif  // AWLAB_CORE_SCENARIO_SCENARIO_INFO_HPP_
