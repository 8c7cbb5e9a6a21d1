// The tales of calls that take too many steps, never end, or find themselves broken.
#include "core/trace/tales.hpp"

namespace awlab {
namespace {

// The steps that count for a bound: they write, or try to.
bool counts(Step step) { return step >= Step::kStore && step <= Step::kCasFailed; }

// The last call of the violation's thread that has ended, and that registers its waker if it names
// one; kNone if an execution did not end.
Index judged_call(const Matter& matter) {
  const History& history = matter.history;
  const Violation& violation = matter.violation;
  const bool endless = violation.thread == kOutside && history.size() > 0 &&
                       history[history.size() - 1].thread != kOutside;
  if (endless) return kNone;
  return history.last(0, history.size(), [&](Index i) {
    return history[i].step == Step::kCall && history[i].thread == violation.thread &&
           history[i].waker == violation.waker && history.has_ended(i);
  });
}

// The first step at which `call` waited for another thread, or kNone: it waits on an object, or
// looks once more at what it has just looked at.
Index waited_in(const History& history, Index call) {
  Index before = kNone;
  return history.first_in(call, [&](Index i) {
    const Step step = history[i].step;
    const bool again = step == Step::kLoad && before != kNone &&
                       history[before].step == Step::kLoad &&
                       history[before].object == history[i].object;
    if (is_atomic(step)) before = i;
    return step == Step::kWait || again;
  });
}

// The thread that repeats its last step most often, as a claim; kNone in it if no thread does.
Claim repetition(const History& history) {
  Claim most{ClaimKind::kRepeated};
  for (int thread = 0; thread <= kMaxThreads; ++thread) {
    const auto mine = [&](Index i) {
      return history[i].thread == thread && is_atomic(history[i].step);
    };
    const Index last = history.last(0, history.size(), mine);
    if (last == kNone) continue;
    const auto alike = [&](Index i) {
      return history[i].step == history[last].step && history[i].object == history[last].object &&
             history.call_of(i) == history.call_of(last);
    };
    Index first = last;
    Index count = 0;
    for (Index i = last; i >= 0; --i) {
      if (!mine(i) || history.call_of(i) != history.call_of(last)) continue;
      if (alike(i)) {
        first = i;
        ++count;
      }
    }
    if (count > 1 && count > most.c) most = {ClaimKind::kRepeated, first, last, count};
  }
  return most;
}

}  // namespace

Story tell_steps(const Matter& matter) {
  const History& history = matter.history;
  Story story;
  const Index call = judged_call(matter);
  if (call != kNone) {
    if (const Index waited = waited_in(history, call); waited != kNone) {
      story.did(call);
      story.did(waited);
      story.claims.push_back({ClaimKind::kWaited, call, waited});
      story.decide(Cause::kWaited, waited, call);
      return story;
    }
    Index count = 0;
    Index last = kNone;
    for (Index i = call; i < history.end_of(call); ++i) {
      if (history.call_of(i) != call || !counts(history[i].step)) continue;
      ++count;
      last = i;
      story.did(i);
    }
    story.claims.push_back({ClaimKind::kSteps, call, history.end_of(call), count});
    story.decide(Cause::kTooManySteps, call, last);
    return story;
  }
  const Claim repeated = repetition(history);
  if (repeated.a == kNone) return story;
  story.did(repeated.a);
  story.claims.push_back(repeated);
  story.decide(Cause::kEndless, repeated.a, repeated.b);
  return story;
}

Story tell_stop(const Matter& matter) {
  const History& history = matter.history;
  Story story;
  const Index last = history.last(
      0, history.size(), [&](Index i) { return history[i].thread == matter.violation.thread; });
  if (last == kNone) return story;
  if (is_read(history[last].step) && history[last].reads_from != kInitial) {
    story.did(history[last].reads_from);
  }
  story.did(last);
  story.claims.push_back({ClaimKind::kStopped, last});
  return story;
}

Story tell_check(const Matter& matter) {
  const History& history = matter.history;
  const Violation& violation = matter.violation;
  Story story;
  const Index last = history.last(0, history.size(), [&](Index i) {
    return history[i].thread == violation.thread &&
           (is_atomic(history[i].step) || is_plain(history[i].step));
  });
  if (last == kNone) return story;
  if (is_read(history[last].step) && history[last].reads_from != kInitial) {
    story.did(history[last].reads_from);
  }
  story.did(last);
  story.claims.push_back({ClaimKind::kCheckFailed, last});
  story.decide(Cause::kCheckFailed, last);
  return story;
}

}  // namespace awlab
