// All scenarios by name: the list for people and command lines.
#ifndef AWLAB_CORE_SCENARIO_SCENARIO_INFO_HPP_
#define AWLAB_CORE_SCENARIO_SCENARIO_INFO_HPP_

#include <algorithm>
#include <array>
#include <ostream>
#include <string_view>

#include "core/contract/contract.hpp"
#include "core/promises.hpp"

namespace awlab {

/// The promise of a cell without which a scenario is not tried.
enum class Demand : std::uint8_t {
  kNone,
  kThrowingWakers,
  kReentrancy,
  kReentrancyOfConsumed,  // and a woken waker is consumed, or a wake inside a wake never ends
  kSeveralRegistrars,
  kEveryRegistrarTold,  // several registrars, none of which may be forgotten
  kPermit,
  kKeptWaker,
  kFreedByWokenTask,
};

/// True if a cell that promises this is to be tried so.
constexpr bool meets(const Promises& promises, Demand demand) {
  switch (demand) {
    case Demand::kNone:
      return true;
    case Demand::kThrowingWakers:
      return promises.wakers_may_throw;
    case Demand::kReentrancy:
      return promises.reentrant;
    case Demand::kReentrancyOfConsumed:
      return promises.reentrant && promises.woken_waker == WokenWaker::kConsumed;
    case Demand::kSeveralRegistrars:
      return promises.registrars != Registrars::kOneTask;
    case Demand::kEveryRegistrarTold:
      return promises.registrars == Registrars::kLastStands ||
             promises.registrars == Registrars::kEveryOneIsWoken;
    case Demand::kPermit:
      return promises.wake_without_waker == WakeWithoutWaker::kRemembered;
    case Demand::kKeptWaker:
      return promises.woken_waker == WokenWaker::kKept;
    case Demand::kFreedByWokenTask:
      return promises.cell_end == CellEnd::kByWokenTask;
  }
  return true;
}

/// The missing promise, for reports: "no <this> is tried".
constexpr std::string_view to_string(Demand demand) {
  switch (demand) {
    case Demand::kNone:
      return "";
    case Demand::kThrowingWakers:
      return "throwing waker";
    case Demand::kReentrancy:
      return "call from inside a waker";
    case Demand::kReentrancyOfConsumed:
      return "wake from inside a wake";
    case Demand::kSeveralRegistrars:
      return "registration by several threads at once";
    case Demand::kEveryRegistrarTold:
      return "wake-up of each of several registrars";
    case Demand::kPermit:
      return "wake that is remembered";
    case Demand::kKeptWaker:
      return "second wake of a waker that was woken";
    case Demand::kFreedByWokenTask:
      return "end of the cell in its own wake";
  }
  return "";
}

struct ScenarioInfo {
  std::string_view name;
  int consumers;  // threads on the consumer side
  int min_producers;
  int most_producers;           // on any engine, see max_producers()
  std::string_view consumer;    // what the consumer side does
  std::string_view producer;    // what each producer does
  bool interchangeable = true;  // every producer runs the same code on the same objects
  Demand demand = Demand::kNone;
  /// It repeats a call so often that a full search may never end, if the cell has to wait.
  bool repeats = false;

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

inline constexpr std::array<ScenarioInfo, 26> kScenarios = {{
    {"basic", 1, 1, kAnyNumber, "register(w1); check num == N", kPublishAndWake},
    {"migrate", 1, 1, kAnyNumber, "register(w1); check; register(w2); check", kPublishAndWake},
    {"failed_wake", 1, 1, 1, "before: register(w1); take_waker(); register(w2); check did",
     "did = 1; take_waker()"},
    {"two_registrars", 2, 1, kAnyNumber, "two threads, each register(own waker)", "take_waker()",
     true, Demand::kSeveralRegistrars},
    {"panic_clone", 1, 1, kAnyNumber, "register(w whose clone throws); register(w1); check",
     kPublishAndWake, true, Demand::kThrowingWakers},
    {"panic_clone_over_old", 1, 1, kAnyNumber,
     "register(w1); register(w whose clone throws); check", kPublishAndWake, true,
     Demand::kThrowingWakers},
    {"panic_wake", 1, 1, kAnyNumber, "register(w whose wake throws); check; register(w2); check",
     kPublishAndWake, true, Demand::kThrowingWakers},
    {"reentrant", 1, 1, kAnyNumber, "register(w whose wake calls register(w2))", kPublishAndWake,
     true, Demand::kReentrancy},
    {"reentrant_wake_in_wake", 1, 1, kAnyNumber, "register(w whose wake calls wake()); check",
     kPublishAndWake, true, Demand::kReentrancyOfConsumed},
    {"reentrant_wake_in_clone", 1, 1, kAnyNumber, "register(w whose clone calls wake()); check",
     kPublishAndWake, true, Demand::kReentrancy},
    {"reentrant_register_in_drop", 1, 1, kAnyNumber,
     "register(w whose drop calls register(w3)); register(w2); check", kPublishAndWake, true,
     Demand::kReentrancy},
    {"block_on", 1, 1, kAnyNumber, "until num == N: register(w1); check; park until woken",
     kPublishAndWake},
    {"oneshot", 1, 1, kAnyNumber, "register(w1); if flag (acquire) is set, read the payload",
     "write the payload; set flag (release); wake()", false},
    {"oneshot_sender_drop", 1, 1, kAnyNumber, "as oneshot",
     "as oneshot; the last closes without a payload", false},
    {"oneshot_receiver_cancel", 1, 1, kAnyNumber, "as oneshot; if not ready, take_waker() and go",
     "as oneshot", false},
    {"destroy", 1, 0, 0, "destroy the cell with a waker in it, and after a wake took it", "none"},
    {"by_value", 1, 1, kAnyNumber, "register_waker(w1); check; register_waker(w2); check",
     kPublishAndWake},
    {"repoll", 1, 1, 3, "three times: register(w1), whose clones will_wake() each other; check",
     kPublishAndWake},
    {"many_registrations", 1, 1, 1,
     "before: the check of rest, 17 times; 17 times: register(w1 or w2, in turn); check",
     kPublishAndWake, true, Demand::kNone, true},
    {"many_wakes", 1, 1, 1, "register(w1); register(w2); check",
     "16 times: wake(); then num += 1; wake()", true, Demand::kNone, true},
    {"panic_clone_after_look", 1, 1, kAnyNumber,
     "register(w1); check; register(w whose clone throws)", kPublishAndWake, true,
     Demand::kThrowingWakers},
    {"panic_both", 1, 1, kAnyNumber,
     "register(w whose wake throws); register(w whose clone throws); check", kPublishAndWake, true,
     Demand::kThrowingWakers},
    {"registrars_told", 2, 1, kAnyNumber, "two threads, each register(own waker); check",
     kPublishAndWake, true, Demand::kEveryRegistrarTold},
    {"permit", 1, 1, kAnyNumber, "register(w1), which is woken whenever a wake came", "wake()",
     true, Demand::kPermit},
    {"kept", 1, 1, kAnyNumber, "before: register(w1)", "wake(); wake()", true, Demand::kKeptWaker},
    {"freed_by_woken", 1, 1, 1, "register(w whose wake, if the producer makes it, ends the cell)",
     "wake()", true, Demand::kFreedByWokenTask},
}};

constexpr const ScenarioInfo* find_scenario(std::string_view name) {
  for (const ScenarioInfo& scenario : kScenarios) {
    if (scenario.name == name) return &scenario;
  }
  return nullptr;
}

}  // namespace awlab

#endif  // AWLAB_CORE_SCENARIO_SCENARIO_INFO_HPP_
