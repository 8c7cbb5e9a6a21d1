#include "core/trace/explain.hpp"

#include <algorithm>

#include "core/trace/sentences.hpp"
#include "core/trace/tales.hpp"

namespace awlab {
namespace {

// The last step on the cell before a violation of unknown cause, on its thread if that is known.
Index last_step(const Violation& violation, const History& history) {
  return history.last(0, history.size(), [&](Index i) {
    return is_atomic(history[i].step) && history.is_access(i) &&
           (violation.thread == kOutside || history[i].thread == violation.thread);
  });
}

// True if a waker threw in the call that the violation is about: the one that ended with the last
// event of its thread; if the execution went on, the last that registers the violation's waker.
bool has_raised(const Matter& matter) {
  const History& history = matter.history;
  const Violation& violation = matter.violation;
  if (violation.thread == kOutside) return false;
  const auto mine = [&](Index i) { return history[i].thread == violation.thread; };
  const auto threw = [&](Index call) { return matter.raised_in(call) != kNone; };
  const Index last = history.last(0, history.size(), mine);
  if (last == kNone) return false;
  if (history[last].step == Step::kCloneThrew || history[last].step == Step::kWakeThrew)
    return true;
  if (history[last].step == Step::kReturn || history[last].step == Step::kThrow) {
    return threw(history.call_of(last));
  }
  return history.last(0, history.size(), [&](Index i) {
    return mine(i) && history[i].step == Step::kCall && history[i].waker == violation.waker &&
           history.has_ended(i) && threw(i);
  }) != kNone;
}

}  // namespace

Story story_of(const Violation& violation, const History& history, bool own) {
  const Matter matter{violation, history, own};
  switch (violation.kind) {
    case Kind::kMissedWakeup:
      return tell_missed_wakeup(matter);
    case Kind::kDataRace:
      return tell_race(matter);
    case Kind::kStuckState:
      return tell_stuck_state(matter);
    case Kind::kDeadlock:
      return tell_waiting(matter);
    case Kind::kStepBound:
      return tell_steps(matter);
    case Kind::kPanicSafety:
      if (has_raised(matter)) return tell_waker(matter);
      return violation.waker == kNoWaker ? tell_stop(matter) : tell_stuck_state(matter);
    case Kind::kCrash:
      // The engines know of memory that was freed, of a check of the code's own, and of the rest.
      return violation.property == Property::kP2   ? tell_race(matter)
             : violation.property == Property::kP5 ? tell_check(matter)
                                                   : tell_stop(matter);
    case Kind::kSanitizer:
      return tell_check(matter);
    case Kind::kWakerLifetime:
      return violation.waker == kNoWaker ? tell_leak(matter) : tell_waker(matter);
    case Kind::kDuplicateWake:
      break;
  }
  return tell_waker(matter);
}

Explanation explain(const Violation& violation, const History& history, const Wording& wording,
                    bool own) {
  Explanation told;
  told.story = story_of(violation, history, own);
  const Story& story = told.story;
  for (const Claim& claim : story.claims) {
    told.chain.push_back(sentence(claim, story, history, wording));
  }
  told.summary = summary(story, history, wording);
  if (told.summary.empty()) told.summary = std::string(violation.actual);
  told.cause = std::string(to_string(story.cause));
  const Index site = story.site != kNone ? story.site : last_step(violation, history);
  if (story.cause == Cause::kUnordered && story.other != kNone) {
    // Which of the two came first differs between executions.
    const auto [first, second] =
        std::minmax({wording.place(story.site), wording.place(story.other)});
    told.cause += ": " + first + " / " + second;
  } else if (site != kNone) {
    told.site = short_function(history[site].function);
    told.cause += ": " + wording.place(site);
  }
  return told;
}

}  // namespace awlab
