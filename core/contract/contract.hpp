// The contract: the properties of a waker cell, and the kinds of findings.
//
// A scenario judges an execution by these and records at most one Violation: the first.
#ifndef AWLAB_CORE_CONTRACT_CONTRACT_HPP_
#define AWLAB_CORE_CONTRACT_CONTRACT_HPP_

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace awlab {

/// The class of a finding; the name in every report.
enum class Kind : std::uint8_t {
  kMissedWakeup,
  kPanicSafety,
  kDataRace,
  kWakerLifetime,
  kDuplicateWake,
  kStuckState,
  kDeadlock,
  kStepBound,
  kSanitizer,
  kCrash,
};

/// In the order of Kind.
inline constexpr std::array<std::string_view, 10> kKindNames = {
    "missed_wakeup", "panic_safety", "data_race",  "waker_lifetime", "duplicate_wake",
    "stuck_state",   "deadlock",     "step_bound", "sanitizer",      "crash"};

constexpr std::string_view to_string(Kind kind) {
  return kKindNames[static_cast<std::size_t>(kind)];
}

constexpr std::optional<Kind> kind_from_string(std::string_view name) {
  for (std::size_t i = 0; i < kKindNames.size(); ++i) {
    if (kKindNames[i] == name) {
      return static_cast<Kind>(i);
    }
  }
  return std::nullopt;
}

enum class Property : std::uint8_t { kP1, kP2, kP3, kP4, kP5, kP6, kP7, kP8, kP9, kP10 };

struct PropertyInfo {
  std::string_view id;
  std::string_view name;
  std::string_view law;
};

/// In the order of Property.
inline constexpr std::array<PropertyInfo, 10> kProperties = {{
    {"P1", "no missed wake-up",
     "a consumer that registers, then sees \"not ready\", is woken once every producer has "
     "published and called wake"},
    {"P2", "wakers are conserved",
     "each waker handed to the cell is woken or dropped exactly once and never used afterwards"},
    {"P3", "one taker", "a stored waker is handed out at most once"},
    {"P4", "the slot is exclusive",
     "no data race on the slot, or on anything published through the cell"},
    {"P5", "the cell comes to rest",
     "with no call in progress, a fresh waker is stored and not woken, the next wake wakes it "
     "once, and another wake does nothing"},
    {"P6", "exceptions",
     "a throwing clone leaves the cell as it was and reaches its caller; the old waker's exception "
     "never reaches the caller of register; a throwing wake reaches its caller"},
    {"P7", "reentrancy", "a call from inside a waker behaves as any other call"},
    {"P8", "bounded steps",
     "no call takes more atomic steps that write, or try to, than the cell promises"},
    {"P9", "nobody sleeps forever", "a consumer that parks until it is woken finishes"},
    {"P10", "whoever is woken may free the cell",
     "a cell is not touched after it has woken its waker"},
}};

constexpr const PropertyInfo& info(Property property) {
  return kProperties[static_cast<std::size_t>(property)];
}

/// The calls of a cell.
enum class Call : std::uint8_t { kNone, kRegister, kWake, kTake };

inline constexpr std::array<std::string_view, 4> kCallNames = {"", "register", "wake",
                                                               "take_waker"};

constexpr std::string_view to_string(Call call) {
  return kCallNames[static_cast<std::size_t>(call)];
}

using WakerId = std::int8_t;
inline constexpr WakerId kNoWaker = -1;

/// Threads are numbered from 0; set-up and final checks run outside of them.
inline constexpr int kMaxThreads = 9;
/// The threads of a scenario on an engine that simulates them.
inline constexpr int kMaxSimulatedThreads = 8;
inline constexpr int kOutside = kMaxThreads;

/// Cells under test in one scenario, numbered from 0.
inline constexpr int kMaxCells = 2;
inline constexpr int kNoCell = -1;

/// A violated property, without pointers into the execution; the texts are literals.
struct Violation {
  Property property;
  Kind kind;
  std::string_view expected;
  std::string_view actual;
  int thread = kOutside;
  WakerId waker = kNoWaker;
  int cell = kNoCell;  // the cell it is about, if that is known
};

}  // namespace awlab

#endif  // AWLAB_CORE_CONTRACT_CONTRACT_HPP_
