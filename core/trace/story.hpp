// The story of a violation, as a value: claims about single steps of its execution.
//
// Tales make stories from a history; sentences.hpp puts them into words, and core/testing/ holds a
// checker that holds each claim against the trace. A claim that is not sure is not made.
#ifndef AWLAB_CORE_TRACE_STORY_HPP_
#define AWLAB_CORE_TRACE_STORY_HPP_

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "core/contract/contract.hpp"
#include "core/trace/history.hpp"

namespace awlab {

/// The meaning of a claim about its steps a, b and c, object o, and the story's waker w.
enum class ClaimKind : std::uint8_t {
  kDid,            // a happened
  kFound,          // a saw what b had written
  kHeld,           // a found the slot owned, by the step b: of our own cell alone
  kNoRelease,      // a knows c, but who acquires a does not come after c by that
  kCut,            // a store a lies between b, which passes c on, and what was read; it does not
  kNoAcquire,      // a sees a write that passes c on, but does not acquire it
  kNotSeen,        // a did not see the write b, nor a newer one
  kErased,         // a store a overwrote b without reading it
  kWroteNothing,   // the call a, which ended with b, wrote nothing that others can see
  kDidNotWake,     // the call a, which ended with b, did not wake w
  kNeverWoken,     // nobody woke w after a
  kAfterCall,      // a came after b, the end of a call
  kDropped,        // a dropped w, in a call
  kLooked,         // the look a did not see the publication b
  kReleasedSlot,   // a gave the slot away, and b used it afterwards in the same call: our own cell
  kUnordered,      // a and b access the same data, one writes, and neither happens before the other
  kLeft,           // what a wrote stood when its call ended with b
  kInside,         // a belongs to a call made inside b, a call in progress
  kCalledAfter,    // after a, a step or a wake of its call, that let a waker run, which called b
  kNoWayOut,       // a clone or a wake threw at a, the last event of its thread
  kRaised,         // a clone or a wake threw at a, and its call ended with b
  kWokenAgain,     // the waker of a was woken at a and at b, and not registered in between
  kReplaced,       // b is the next write to the data that a wrote
  kLastOf,         // a is the last event about w
  kSteps,          // the call a made c steps that write or try to, until its end b
  kRepeated,       // the like of step a was made c times in its call, at last at b; it did not end
  kWaits,          // the thread of a went on no more after a
  kUnnotified,     // a waits on an object, b changed it since, and no notify has reached a
  kWaited,         // the call a waited at b for another thread: on an object, or looking once more
  kStopped,        // a is the last event of its thread before that was left where it was
  kMade,           // o was made in the call a, or outside of calls
  kEnded,          // o was destroyed in the call a, or outside of calls
  kUsedEnded,      // a used o after its end
  kNeverEnded,     // o was made and never destroyed
  kTakenOut,       // a read-modify-write a took out the pointer to o that it found
  kUnorderedEnd,   // nothing orders a, a use of o, before the end of o
  kUnorderedMade,  // nothing orders b, the first step after o was made, before a, a use of o
  kCheckFailed,    // after a, its thread found a check violated
};

struct Claim {
  ClaimKind kind;
  Index a = kNone;
  Index b = kNone;
  Index c = kNone;
  Index object = kNone;  // in Trace::objects()

  friend bool operator==(const Claim&, const Claim&) = default;
};

/// The reason of a violation, as far as an execution shows it. Each is backed by a claim whose
/// first step is the site.
enum class Cause : std::uint8_t {
  kUnknown,
  kNoRelease,
  kNoAcquire,
  kPlainStore,     // it cut a release sequence, or erased what another call had left
  kLeftDuty,       // a registration met a wake and did not wake
  kReturnedEarly,  // a wake wrote nothing
  kStoredNothing,  // a registration wrote nothing
  kUnseen,         // neither call saw the other
  kDidNotWake,     // a wake came after the registration and did not wake
  kUsedAfterRelease,
  kUnordered,
  kLeftState,  // a call ended and left the cell in a state
  kExceptionSwallowed,
  kExceptionEscaped,
  kDroppedOther,  // a registration that threw dropped the waker registered before
  kWokenAgain,
  kForgotten,   // a waker was replaced and neither woken nor dropped
  kHeldInside,  // a call let a waker call back while it held the cell in a state
  kNoWayOut,    // an exception that a call cannot pass on
  kUsedAfterEnd,
  kNeverEnded,
  kTooManySteps,
  kEndless,
  kWaits,
  kUnnotified,  // an object was changed without a notify for a thread that waits on it
  kWaited,      // a call that should not waited for another thread
  kCheckFailed,
};

struct Story {
  std::vector<Claim> claims;
  Cause cause = Cause::kUnknown;
  Index site = kNone;   // the decisive step
  Index other = kNone;  // the one that it meets
  WakerId waker = kNoWaker;
  /// Two steps, in this order in the trace, of which the first should happen before the second.
  std::optional<std::pair<Index, Index>> missing;

  void did(Index i) { claims.push_back({ClaimKind::kDid, i}); }
  void decide(Cause why, Index at, Index meeting = kNone) {
    cause = why;
    site = at;
    other = meeting;
  }
};

}  // namespace awlab

#endif  // AWLAB_CORE_TRACE_STORY_HPP_
