// The kinds of steps of an execution: as a thread asks an engine for them, and as a trace shows
// them.
#ifndef AWLAB_CORE_TRACE_STEP_HPP_
#define AWLAB_CORE_TRACE_STEP_HPP_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace awlab {

enum class Step : std::uint8_t {
  // Accesses of atomic objects, through which threads meet: a schedule decides when they happen and
  // what they see.
  kLoad,
  kStore,
  kExchange,
  kFetchAdd,
  kFetchSub,
  kFetchAnd,
  kFetchOr,
  kFetchXor,
  kCas,
  kWeakCas,
  kCasFailed,  // in traces only: a kCas or kWeakCas that failed
  kPark,       // waits until unparked, and takes the permit
  kUnpark,     // leaves a permit; in traces: the parked thread took it
  // Waiting on an atomic object. None reads or changes its value for the program, or orders memory,
  // but each has a place in its modification order: a notify wakes who waited before it there.
  kWait,      // waits from here on, if the value is still the one that it waits to change
  kNotified,  // goes on: a notify has come since
  kNotifyOne,
  kNotifyAll,
  // Steps of one thread alone: there is nothing to decide. They happen together with the step
  // before.
  kFence,
  kPlainRead,
  kPlainWrite,
  kCreate,   // an object is born
  kDestroy,  // and gone
  kYield,    // waits until another thread has done something
  kEnd,
  // Notes of the scenario; not memory accesses.
  kCall,
  kReturn,
  kThrow,
  kClone,
  kCloneThrew,
  kWoken,
  kWakeThrew,
  kDropped,
  kSawReady,
  kSawNotReady,
};

struct StepInfo {
  std::string_view text;  // in traces
  std::string_view word;  // in schedule files; empty for a step that never occurs there
};

inline constexpr std::array<StepInfo, 34> kSteps = {{
    {"load", "load"},
    {"store", "store"},
    {"exchange", "exchange"},
    {"fetch_add", "fetch_add"},
    {"fetch_sub", "fetch_sub"},
    {"fetch_and", "fetch_and"},
    {"fetch_or", "fetch_or"},
    {"fetch_xor", "fetch_xor"},
    {"CAS", "cas"},
    {"weak CAS", "weak_cas"},
    {"CAS failed", ""},
    {"parks", "park"},
    {"unparked", "unpark"},
    {"waits", "wait"},
    {"notified", "notified"},
    {"notify_one", "notify_one"},
    {"notify_all", "notify_all"},
    {"fence", "fence"},
    {"plain read", "plain_read"},
    {"plain write", "plain_write"},
    {"created", "create"},
    {"destroyed", "destroy"},
    {"yields", "yield"},
    {"ends", "end"},
    {"call", ""},
    {"return", ""},
    {"throws", ""},
    {"cloned", ""},
    {"clone threw", ""},
    {"woken", ""},
    {"wake threw", ""},
    {"dropped", ""},
    {"sees ready", ""},
    {"sees not ready", ""},
}};

constexpr const StepInfo& info(Step step) { return kSteps[static_cast<std::size_t>(step)]; }
constexpr std::string_view to_string(Step step) { return info(step).text; }

/// The step with this word in schedule files, or none.
constexpr std::optional<Step> step_from_word(std::string_view word) {
  for (std::size_t i = 0; i < kSteps.size(); ++i) {
    if (!word.empty() && kSteps[i].word == word) return static_cast<Step>(i);
  }
  return std::nullopt;
}

constexpr bool is_cas(Step step) { return step == Step::kCas || step == Step::kWeakCas; }
constexpr bool is_notify(Step step) { return step == Step::kNotifyOne || step == Step::kNotifyAll; }
/// A step of waiting on an atomic object.
constexpr bool is_of_waiting(Step step) { return step >= Step::kWait && step <= Step::kNotifyAll; }
/// An access of an atomic object.
constexpr bool is_atomic(Step step) { return step <= Step::kCasFailed; }
/// A read-modify-write that wrote, or, if it is yet to be performed, may write.
constexpr bool is_rmw(Step step) { return step >= Step::kExchange && step <= Step::kWeakCas; }
constexpr bool is_write(Step step) { return step == Step::kStore || is_rmw(step); }
constexpr bool is_read(Step step) { return is_atomic(step) && step != Step::kStore; }
constexpr bool is_plain(Step step) { return step == Step::kPlainRead || step == Step::kPlainWrite; }
/// A step of one thread alone.
constexpr bool is_local(Step step) { return step >= Step::kFence; }

}  // namespace awlab

#endif  // AWLAB_CORE_TRACE_STEP_HPP_
