// Stories of threads that wait on an object, that should not wait, or that were left where they
// were, each held against its execution.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "core/testing/story_check.hpp"
#include "core/trace/explain.hpp"

namespace awlab {
namespace {

const int kLock = 0;

TraceEvent note(int thread, Step step, Call call, WakerId waker = kNoWaker) {
  TraceEvent event;
  event.step = step;
  event.thread = static_cast<std::int8_t>(thread);
  event.call = call;
  event.waker = waker;
  return event;
}

TraceEvent access(int thread, Step step, std::uint64_t read, std::uint64_t written,
                  std::int32_t reads_from = kInitial) {
  TraceEvent event;
  event.step = step;
  event.thread = static_cast<std::int8_t>(thread);
  event.order = std::memory_order_relaxed;
  event.object = &kLock;
  event.read = read;
  event.written = written;
  event.reads_from = reads_from;
  return event;
}

Explanation told_of(Trace& trace, const Violation& violation) {
  trace.set_scenario(&kLock, sizeof(kLock));
  trace.set_cell(0, &kLock, sizeof(kLock));
  TraceNames names;
  names.threads = {"consumer", "producer"};
  names.wakers = {"w1"};
  const History history(trace);
  const Wording wording(history, names);
  Explanation told = explain(violation, history, wording, false);
  EXPECT_EQ(StoryCheck(told.story, history).wrong(), "");
  return told;
}

Violation violation_of(Property property, Kind kind, int thread = kOutside) {
  return {.property = property,
          .kind = kind,
          .expected = "",
          .actual = "the text of the violation",
          .thread = thread};
}

TEST(Waiting, on_an_object_that_nobody_changes_is_told_with_the_call_that_left_it) {
  Trace trace;
  trace.add(note(1, Step::kCall, Call::kWake));
  trace.add(access(1, Step::kExchange, 0, 1));
  trace.add(note(1, Step::kReturn, Call::kWake));
  trace.add(note(0, Step::kCall, Call::kRegister, 0));
  trace.add(access(0, Step::kWait, 1, 1, 1));
  const Explanation told = told_of(trace, violation_of(Property::kP9, Kind::kDeadlock));
  EXPECT_EQ(told.story.cause, Cause::kLeftState);
  EXPECT_EQ(told.chain.back(), "consumer's register(w1) waits for this to change from step 4 on");
  EXPECT_EQ(told.summary,
            "consumer's register(w1) waits on atomic 1 of the cell while it is 1, and nobody is "
            "left to end that: "
            "producer's wake left the cell as its exchange(relaxed) on atomic 1 of the cell: 0 -> "
            "1 had made it");
}

TEST(Waiting, on_an_object_that_was_changed_without_a_notify_names_the_change) {
  Trace trace;
  trace.add(note(1, Step::kCall, Call::kWake));
  trace.add(access(1, Step::kExchange, 0, 1));
  trace.add(note(0, Step::kCall, Call::kRegister, 0));
  trace.add(access(0, Step::kWait, 1, 1, 1));
  trace.add(access(1, Step::kStore, 0, 0));
  trace.add(note(1, Step::kReturn, Call::kWake));
  const Explanation told = told_of(trace, violation_of(Property::kP9, Kind::kDeadlock));
  EXPECT_EQ(told.story.cause, Cause::kUnnotified);
  EXPECT_EQ(
      told.summary,
      "consumer's register(w1) waits on atomic 1 of the cell while it is 1, and nobody is left "
      "to end that: producer's wake changed what consumer's register(w1) waits on, and no "
      "notify has reached that thread");
  EXPECT_EQ(told.chain[0],
            "consumer's register(w1): waits on atomic 1 of the cell while it is 1 (step 3)");
}

TEST(Waiting, in_a_call_that_should_not_wait_is_told_with_its_step) {
  for (const Step step : {Step::kLoad, Step::kWait}) {
    Trace trace;
    trace.add(note(0, Step::kCall, Call::kRegister, 0));
    trace.add(access(0, Step::kLoad, 1, 0));
    trace.add(access(0, step, 1, 1));
    trace.add(note(0, Step::kReturn, Call::kRegister, 0));
    Violation violation = violation_of(Property::kP8, Kind::kStepBound, 0);
    violation.waker = 0;
    const Explanation told = told_of(trace, violation);
    EXPECT_EQ(told.story.cause, Cause::kWaited);
    EXPECT_EQ(told.chain.back(), "consumer's register(w1) waited for another thread at step 2");
  }
}

TEST(Waiting, of_a_thread_that_crashed_is_not_said_and_its_last_step_is_no_cause) {
  Trace trace;
  trace.add(note(1, Step::kCall, Call::kWake));
  trace.add(access(1, Step::kExchange, 0, 1));
  trace.add(note(0, Step::kCall, Call::kRegister, 0));
  const Explanation told = told_of(trace, violation_of(Property::kP4, Kind::kCrash, 1));
  EXPECT_EQ(told.story.cause, Cause::kUnknown);
  EXPECT_EQ(told.summary, "the text of the violation");
  EXPECT_EQ(told.chain.back(), "producer went no further than step 1");
}

TEST(Race, of_a_cell_that_a_woken_thread_has_freed_names_the_wake) {
  Trace trace;
  trace.add(note(1, Step::kCall, Call::kWake));
  trace.add_object(&kLock, 8, kOutside);
  trace.add(note(1, Step::kWoken, Call::kNone, 0));
  trace.end_object(&kLock, 0);
  trace.add(access(1, Step::kStore, 0, 0));
  const Explanation told = told_of(trace, violation_of(Property::kP10, Kind::kDataRace));
  EXPECT_EQ(told.story.cause, Cause::kUsedAfterEnd);
  EXPECT_EQ(told.summary, "producer's wake used atomic 1 of the cell, which was destroyed");
  EXPECT_NE(std::ranges::find(told.chain, "producer's wake: woken w1 (step 1)"), told.chain.end());
}

// A checker that accepts everything would hold every story.
TEST(StoryCheck, refuses_a_wait_that_a_notify_ended_and_one_for_what_has_not_changed) {
  Trace trace;
  trace.add(note(0, Step::kCall, Call::kRegister, 0));
  trace.add(access(0, Step::kLoad, 1, 0));
  trace.add(access(0, Step::kWait, 1, 1));
  trace.add(access(1, Step::kStore, 0, 1));
  trace.add(access(1, Step::kStore, 0, 0));
  const auto wrong = [&](const Claim& claim) {
    Story story;
    story.claims = {claim};
    const History history(trace);
    return StoryCheck(story, history).wrong();
  };
  EXPECT_NE(wrong({ClaimKind::kUnnotified, 2, 3}), "");
  EXPECT_EQ(wrong({ClaimKind::kUnnotified, 2, 4}), "");
  EXPECT_NE(wrong({ClaimKind::kWaited, 0, 1}), "");
  EXPECT_NE(wrong({ClaimKind::kStopped, 1}), "");
  EXPECT_EQ(wrong({ClaimKind::kStopped, 2}), "");
  trace.add(access(0, Step::kNotified, 0, 0));
  EXPECT_NE(wrong({ClaimKind::kUnnotified, 2, 4}), "");
}

}  // namespace
}  // namespace awlab
