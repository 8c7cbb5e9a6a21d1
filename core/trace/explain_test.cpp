// Explanations of small recorded executions, each held against its execution.
#include "core/trace/explain.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "core/testing/story_check.hpp"

namespace awlab {
namespace {

constexpr auto kRelaxed = std::memory_order_relaxed;
constexpr auto kAcquire = std::memory_order_acquire;
constexpr auto kRelease = std::memory_order_release;

const int kSlot = 0;
const int kState = 0;

TraceEvent access(int thread, Step step) {
  TraceEvent event;
  event.step = step;
  event.thread = static_cast<std::int8_t>(thread);
  event.object = &kSlot;
  return event;
}

TraceEvent atomic(int thread, Step step, std::memory_order order,
                  std::int32_t reads_from = kInitial) {
  TraceEvent event = access(thread, step);
  event.object = &kState;
  event.order = order;
  event.reads_from = reads_from;
  return event;
}

// The slot is written, handed over by a release and a store after it, and read.
std::string summary_of_race(int storer, std::memory_order order) {
  Trace trace;
  trace.add(access(0, Step::kPlainWrite));
  trace.add(atomic(0, Step::kStore, kRelease));
  trace.add(atomic(storer, Step::kStore, order));
  trace.add(atomic(1, Step::kLoad, kAcquire, 2));
  trace.add(access(1, Step::kPlainRead));
  TraceNames names;
  names.threads = {"owner", "taker", "other"};
  const History history(trace);
  const Wording wording(history, names);
  const Explanation told =
      explain({.property = Property::kP4, .kind = Kind::kDataRace, .expected = "", .actual = ""},
              history, wording, false);
  EXPECT_EQ(StoryCheck(told.story, history).wrong(), "");
  return told.summary;
}

// [intro.races]: since C++20, whichever thread makes the store.
TEST(Explain, a_store_breaks_a_release_sequence_of_another_thread_and_of_its_own) {
  EXPECT_EQ(summary_of_race(2, kRelaxed),
            "the plain store of other broke the release sequence of the store of owner");
  EXPECT_EQ(summary_of_race(0, kRelaxed),
            "the plain store of owner broke the release sequence of the store of owner");
}

// A call as the ledger notes it.
TraceEvent note(int thread, Step step, Call call, WakerId waker = kNoWaker) {
  TraceEvent event;
  event.step = step;
  event.thread = static_cast<std::int8_t>(thread);
  event.call = call;
  event.waker = waker;
  return event;
}

const int kNum = 0;

TraceEvent of_num(int thread, Step step, std::int32_t reads_from = kInitial) {
  TraceEvent event = atomic(thread, step, kRelaxed, reads_from);
  event.object = &kNum;
  return event;
}

// A registration that gives way to another one stores nothing. The wake that follows came after it,
// but not after a registration that was complete.
TEST(Explain, a_registration_that_stored_nothing_is_not_said_to_be_complete) {
  Trace trace;
  trace.set_cell(0, &kState, sizeof(kState));
  trace.add(note(0, Step::kCall, Call::kRegister, 0));
  trace.add(atomic(0, Step::kCasFailed, kAcquire));
  trace.add(note(0, Step::kReturn, Call::kRegister, 0));
  trace.add(of_num(1, Step::kFetchAdd));
  trace.add(note(1, Step::kCall, Call::kWake));
  trace.add(atomic(1, Step::kFetchOr, std::memory_order_acq_rel));
  trace.add(note(1, Step::kReturn, Call::kWake));
  trace.add(of_num(0, Step::kLoad));
  trace.add(note(0, Step::kSawNotReady, Call::kNone, 0));
  TraceNames names;
  names.threads = {"consumer", "producer"};
  names.wakers = {"w1"};
  const History history(trace);
  const Wording wording(history, names);
  const Explanation told = explain({.property = Property::kP1,
                                    .kind = Kind::kMissedWakeup,
                                    .expected = "",
                                    .actual = "",
                                    .thread = 0,
                                    .waker = 0},
                                   history, wording, false);
  EXPECT_EQ(StoryCheck(told.story, history).wrong(), "");
  EXPECT_EQ(told.summary,
            "consumer's register(w1) stored nothing after its CAS failed(acquire) on "
            "atomic 1 of the cell: 0");
  EXPECT_EQ(told.story.missing, (std::pair<Index, Index>(3, 7)));
}

// An order cannot be missing from a step to an earlier one.
TEST(Explain, a_publication_after_the_look_is_no_missing_order) {
  Trace trace;
  trace.set_cell(0, &kState, sizeof(kState));
  trace.add(note(0, Step::kCall, Call::kRegister, 0));
  trace.add(atomic(0, Step::kStore, kRelease));
  trace.add(note(0, Step::kReturn, Call::kRegister, 0));
  trace.add(of_num(0, Step::kLoad));
  trace.add(note(0, Step::kSawNotReady, Call::kNone, 0));
  trace.add(of_num(1, Step::kFetchAdd));
  trace.add(note(1, Step::kCall, Call::kWake));
  trace.add(atomic(1, Step::kLoad, kRelaxed));
  trace.add(note(1, Step::kReturn, Call::kWake));
  const History history(trace);
  const Violation violation{.property = Property::kP1,
                            .kind = Kind::kMissedWakeup,
                            .expected = "",
                            .actual = "",
                            .thread = 0,
                            .waker = 0};
  const Story story = story_of(violation, history, false);
  EXPECT_EQ(StoryCheck(story, history).wrong(), "");
  EXPECT_EQ(story.cause, Cause::kReturnedEarly);
  EXPECT_FALSE(story.missing);
}

// A thread that spins on a lock which its own call took waits for itself, and is not parked.
TEST(Explain, a_thread_that_spins_on_its_own_lock_waits_for_its_own_call) {
  Trace trace;
  trace.set_cell(0, &kState, sizeof(kState));
  trace.add(note(0, Step::kCall, Call::kWake));
  TraceEvent lock = atomic(0, Step::kExchange, kAcquire);
  lock.written = 1;
  trace.add(lock);
  trace.add(note(0, Step::kWoken, Call::kNone, 0));
  trace.add(note(0, Step::kCall, Call::kRegister, 0));
  TraceEvent spin = atomic(0, Step::kExchange, kAcquire, 1);
  spin.read = spin.written = 1;
  trace.add(spin);
  TraceNames names;
  names.threads = {"producer"};
  names.wakers = {"w1"};
  const History history(trace);
  const Wording wording(history, names);
  const Explanation told =
      explain({.property = Property::kP9, .kind = Kind::kDeadlock, .expected = "", .actual = ""},
              history, wording, false);
  EXPECT_EQ(StoryCheck(told.story, history).wrong(), "");
  ASSERT_EQ(told.chain.size(), 5U);
  EXPECT_EQ(told.chain[1],
            "producer's wake began at step 0 and was still in progress at step 4, "
            "which was made inside of it");
  EXPECT_EQ(told.summary,
            "producer's register(w1) waits after its exchange(acquire) on atomic 1 of "
            "the cell: 1 -> 1, and nobody is left to end that: producer's wake called a waker "
            "while it held "
            "the cell: that called register");
}

TEST(Explain, a_call_that_takes_too_many_steps_is_told_with_their_number) {
  Trace trace;
  trace.set_cell(0, &kState, sizeof(kState));
  trace.add(note(0, Step::kCall, Call::kWake));
  for (int i = 0; i < 3; ++i) trace.add(atomic(0, Step::kCasFailed, kRelaxed));
  trace.add(note(0, Step::kReturn, Call::kWake));
  TraceNames names;
  names.threads = {"producer"};
  const History history(trace);
  const Wording wording(history, names);
  const Explanation told = explain({.property = Property::kP8,
                                    .kind = Kind::kStepBound,
                                    .expected = "",
                                    .actual = "",
                                    .thread = 0},
                                   history, wording, false);
  EXPECT_EQ(StoryCheck(told.story, history).wrong(), "");
  EXPECT_EQ(told.summary, "producer's wake took 3 steps");
}

TEST(Explain, a_failed_check_is_told_with_its_thread_and_the_step_before_it) {
  Trace trace;
  trace.set_cell(0, &kState, sizeof(kState));
  trace.add(note(1, Step::kCall, Call::kTake));
  trace.add(atomic(1, Step::kExchange, kRelease));
  trace.add(atomic(0, Step::kLoad, kRelaxed));
  TraceNames names;
  names.threads = {"consumer", "producer"};
  const History history(trace);
  const Wording wording(history, names);
  const Explanation told = explain(
      {.property = Property::kP5, .kind = Kind::kCrash, .expected = "", .actual = "", .thread = 1},
      history, wording, false);
  EXPECT_EQ(StoryCheck(told.story, history).wrong(), "");
  EXPECT_EQ(told.summary,
            "a check failed in producer's take_waker after its exchange(release) on atomic 1 of "
            "the cell: 0 -> 0");
}

// The node was made in a registration, and destroyed by a wake while a second registration looks.
TEST(Explain, an_object_used_after_its_end_is_named_with_its_life) {
  int node = 0;
  Trace trace;
  trace.set_scenario(&kState, sizeof(kState));
  trace.set_cell(0, &kState, sizeof(kState));
  trace.add(note(0, Step::kCall, Call::kRegister, 0));
  trace.add_object(&node, 0, 0);
  trace.add(note(0, Step::kReturn, Call::kRegister, 0));
  trace.add(note(1, Step::kCall, Call::kWake));
  trace.end_object(&node, 1);
  trace.add(note(1, Step::kReturn, Call::kWake));
  trace.add(note(0, Step::kCall, Call::kRegister, 0));
  TraceEvent peek = access(0, Step::kPlainRead);
  peek.object = &node;
  trace.add(peek);
  TraceNames names;
  names.threads = {"consumer", "producer"};
  names.wakers = {"w1"};
  const History history(trace);
  const Wording wording(history, names);
  const Explanation told =
      explain({.property = Property::kP4, .kind = Kind::kDataRace, .expected = "", .actual = ""},
              history, wording, false);
  EXPECT_EQ(StoryCheck(told.story, history).wrong(), "");
  EXPECT_EQ(told.chain,
            (std::vector<std::string>{
                "node 1 was made in consumer's register(w1)",
                "node 1 was destroyed in producer's wake, before step 3",
                "consumer's register(w1) used it afterwards: plain read of node 1 (step 5)"}));
}

// The end of the node may come before the look of another registration, in another execution.
TEST(Explain, an_object_that_ends_while_another_thread_may_use_it_is_named_with_both) {
  int node = 0;
  Trace trace;
  trace.set_scenario(&kState, sizeof(kState));
  trace.set_cell(0, &kState, sizeof(kState));
  trace.add(note(0, Step::kCall, Call::kRegister, 0));
  trace.add_object(&node, 0, 0);
  TraceEvent peek = access(0, Step::kPlainRead);
  peek.object = &node;
  trace.add(peek);
  trace.add(note(1, Step::kCall, Call::kWake));
  trace.end_object(&node, 1);
  trace.add(note(1, Step::kDropped, Call::kNone, 0));
  TraceNames names;
  names.threads = {"consumer", "producer"};
  names.wakers = {"w1"};
  const History history(trace);
  const Wording wording(history, names);
  const Explanation told =
      explain({.property = Property::kP4, .kind = Kind::kDataRace, .expected = "", .actual = ""},
              history, wording, false);
  EXPECT_EQ(StoryCheck(told.story, history).wrong(), "");
  EXPECT_EQ(told.summary,
            "nothing orders the plain read of node 1 of consumer's register(w1) before node 1 is "
            "destroyed");
}

// Only a waker that is left at the end was left behind by somebody.
TEST(Explain, a_waker_that_is_used_too_often_is_not_said_to_be_forgotten) {
  Trace trace;
  trace.set_cell(0, &kState, sizeof(kState));
  trace.add(note(0, Step::kCall, Call::kRegister, 0));
  trace.add(note(0, Step::kClone, Call::kNone, 0));
  trace.add(atomic(0, Step::kExchange, kRelease));
  trace.add(note(0, Step::kReturn, Call::kRegister, 0));
  trace.add(note(1, Step::kCall, Call::kWake));
  trace.add(atomic(1, Step::kExchange, kAcquire, 2));
  trace.add(note(1, Step::kDropped, Call::kNone, 0));
  const History history(trace);
  const Story story = story_of({.property = Property::kP2,
                                .kind = Kind::kWakerLifetime,
                                .expected = "",
                                .actual = "",
                                .thread = 1,
                                .waker = 0},
                               history, false);
  EXPECT_EQ(StoryCheck(story, history).wrong(), "");
  EXPECT_EQ(story.cause, Cause::kUnknown);
}

// A checker that accepts everything would hold every story.
TEST(StoryCheck, refuses_what_the_execution_does_not_show) {
  Trace trace;
  trace.set_cell(0, &kState, sizeof(kState));
  trace.add(note(0, Step::kCall, Call::kRegister, 0));
  trace.add(atomic(0, Step::kStore, kRelease));
  trace.add(note(0, Step::kReturn, Call::kRegister, 0));
  trace.add(note(1, Step::kCall, Call::kWake));
  trace.add(atomic(1, Step::kLoad, kAcquire, 1));
  trace.add(note(1, Step::kWoken, Call::kNone, 0));
  trace.add(note(1, Step::kReturn, Call::kWake));
  const History history(trace);
  using K = ClaimKind;
  for (const Claim& lie : std::vector<Claim>{
           {K::kFound, 4, 3},       {K::kNoRelease, 1, 4, 0}, {K::kNoAcquire, 4, 1, 0},
           {K::kNotSeen, 4, 1},     {K::kWroteNothing, 0, 2}, {K::kWroteNothing, 3, 2},
           {K::kDidNotWake, 3, 6},  {K::kNeverWoken, 0},      {K::kAfterCall, 1, 2},
           {K::kDropped, 5},        {K::kLooked, 4, 1},       {K::kErased, 1, 4},
           {K::kLeft, 1, 6},        {K::kInside, 4, 0},       {K::kRaised, 5, 6},
           {K::kWokenAgain, 5, 5},  {K::kLastOf, 2},          {K::kSteps, 0, 2, 2},
           {K::kRepeated, 4, 4, 2}, {K::kWaits, 5},           {K::kNoWayOut, 5},
           {K::kCheckFailed, 0}}) {
    Story story;
    story.waker = 0;
    story.claims = {lie};
    EXPECT_NE(StoryCheck(story, history).wrong(), "") << static_cast<int>(lie.kind);
  }
  Story backwards;
  backwards.missing = {{4, 1}};
  EXPECT_NE(StoryCheck(backwards, history).wrong(), "");
  backwards.missing = {{1, 4}};
  EXPECT_NE(StoryCheck(backwards, history).wrong(), "") << "this order is not missing";
}

}  // namespace
}  // namespace awlab
