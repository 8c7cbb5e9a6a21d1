// Programs against cells that break one property each, and against ours: wakers that throw or call
// back, sleep, and the end of a cell.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "core/scenario/programmed.hpp"
#include "core/scenario/programmed_fixture.hpp"

namespace awlab::programmed {
namespace {

using P = SequentialPlatform;
using OurCell = AtomicWaker<P>;

class SwallowsClone : public PlainCell {
 public:
  void register_by_ref(const Waker& waker) {
    try {
      PlainCell::register_by_ref(waker);
    } catch (const ScriptedError&) {  // swallowed: that is what is wrong with it
    }
  }
};

TEST(ProgrammedThrows, a_clone_throws_at_its_call_and_at_no_other) {
  Program throwing = program({{reg(kW1), reg(kW1), reg(kW1)}});
  for (std::uint8_t call = 0; call <= 4; ++call) {
    throwing.wakers[kW1].clone_throws = call;
    const Ran ran = run<OurCell>(throwing);
    EXPECT_FALSE(ran.violation);
    const bool throws = call >= 1 && call <= 3;
    ASSERT_EQ(count(ran, Step::kCloneThrew), throws ? 1 : 0) << int{call};
    EXPECT_EQ(run<SwallowsClone>(throwing).violation.has_value(), throws);
    if (!throws) continue;
    const auto threw = std::ranges::find(ran.events, Step::kCloneThrew, &TraceEvent::step);
    EXPECT_EQ(std::ranges::count(ran.events.begin(), threw, Step::kClone, &TraceEvent::step),
              call - 1);
    expect_wrong<SwallowsClone>(throwing, Property::kP6, Kind::kPanicSafety);
    // Also if a wake could explain why nothing was stored.
    Program woken = throwing;
    woken.threads[1] = {wake()};
    EXPECT_TRUE(run<SwallowsClone>(woken, {1, 0}).violation);
  }
}

class SwallowsWake : public PlainCell {
 public:
  void wake() {
    try {
      PlainCell::wake();
    } catch (const ScriptedError&) {  // swallowed: that is what is wrong with it
    }
  }
};

TEST(ProgrammedThrows, a_wake_throws_at_its_call_and_at_no_other) {
  Program throwing = program({{reg(kW1), wake(), reg(kW1), wake(), give(kW1), wake()}});
  for (std::uint8_t call = 0; call <= 4; ++call) {
    throwing.wakers[kW1].wake_throws = call;
    const Ran ran = run<OurCell>(throwing);
    EXPECT_FALSE(ran.violation);
    const bool throws = call >= 1 && call <= 3;
    ASSERT_EQ(count(ran, Step::kWakeThrew), throws ? 1 : 0) << int{call};
    EXPECT_EQ(run<SwallowsWake>(throwing).violation.has_value(), throws);
    if (!throws) continue;
    const auto threw = std::ranges::find(ran.events, Step::kWakeThrew, &TraceEvent::step);
    EXPECT_EQ(std::ranges::count(ran.events.begin(), threw, Step::kWoken, &TraceEvent::step), call);
    expect_wrong<SwallowsWake>(throwing, Property::kP6, Kind::kPanicSafety);
  }
}

// The program wakes what take_waker() gives out, and the waker's exception is the program's own.
TEST(ProgrammedThrows, a_taken_waker_may_throw) {
  Program throwing = program({{reg(kW1), say(Verb::kTake, kC1)}});
  throwing.wakers[kW1].wake_throws = 1;
  expect_right<OurCell>(throwing);
  EXPECT_EQ(count(run<OurCell>(throwing), Step::kWakeThrew), 1);
}

// Wakers that call back into both cells from everywhere, in all threads.
Program endless() {
  Program made = program({{reg(kW1), wake(), reg(kW2), wake(kC2), discard()},
                          {give(kW1), give(kW1, kC2), wake(), say(Verb::kTake, kC2)},
                          {reg(kW1), reg(kW1), reg(kW2, kC2), wake()}});
  made.wakers[kW1] = {.on_clone = reg(kW1), .on_wake = reg(kW1), .on_drop = give(kW1)};
  made.wakers[kW2] = {.on_clone = wake(), .on_wake = reg(kW2), .on_drop = reg(kW2, kC2)};
  return made;
}

// The calls of the threads, and the most of them that were in progress at once.
struct Calls {
  int all = 0;
  int deepest = 0;
};

Calls calls_of(const Ran& ran) {
  Calls calls;
  int depth = 0;
  for (const TraceEvent& event : ran.events) {
    if (event.thread == kOutside) continue;
    if (event.step == Step::kCall) ++calls.all, ++depth;
    if (event.step == Step::kReturn || event.step == Step::kThrow) --depth;
    calls.deepest = std::max(calls.deepest, depth);
  }
  EXPECT_EQ(depth, 0);
  return calls;
}

TEST(ProgrammedHooks, wakers_that_register_themselves_come_to_an_end) {
  const Program program = endless();
  expect_right<OurCell>(program);
  const Calls calls = calls_of(run<OurCell>(program));
  EXPECT_EQ(calls.deepest, 3) << "a call, one in its hook, and one in that one's hook";
  EXPECT_EQ(calls.all, static_cast<int>(program.instruction_count()) + 16) << "hooks in all";
}

TEST(ProgrammedHooks, a_hook_nests_once_and_not_twice) {
  Program nested = program({{give(kW1), wake()}});
  nested.wakers[kW1].on_wake = wake();
  EXPECT_EQ(calls_of(run<OurCell>(nested)).all, 3);
  nested.wakers[kW1].on_drop = give(kW1);
  nested.threads[0] = {give(kW1), give(kW1)};  // one replaces the other, again and again
  const Calls calls = calls_of(run<OurCell>(nested));
  EXPECT_EQ(calls.deepest, 3);
  EXPECT_EQ(calls.all, 4);
  expect_right<OurCell>(nested);
}

// The second of two cells wakes the waker that it should store.
class WakesInTheSecond : public PlainCell {
 public:
  WakesInTheSecond() : second_(Counts::cells == 2) {}
  void register_by_ref(const Waker& waker) {
    PlainCell::register_by_ref(waker);
    if (second_ && !P::is_outside) waker.wake_by_ref();
  }

 private:
  bool second_;
};

TEST(ProgrammedHooks, the_call_of_every_hook_is_judged_like_any_other) {
  for (const auto hook : {&Behaviour::on_clone, &Behaviour::on_wake, &Behaviour::on_drop}) {
    const bool replaced = hook == &Behaviour::on_drop;
    Program made = program({{replaced ? give(kW1) : reg(kW1), replaced ? give(kW3) : wake()}});
    made.wakers[kW1].*hook = reg(kW2, kC2);
    const Violation found = expect_wrong<WakesInTheSecond>(made, Property::kP7, Kind::kStuckState);
    EXPECT_EQ(found.cell, kC2);
    EXPECT_EQ(found.waker, kW2);
    EXPECT_EQ(calls_of(run<OurCell>(made)).all, 3);
  }
}

// The checks at rest must not be answered by a waker that calls back.
TEST(ProgrammedHooks, wakers_do_not_call_back_once_the_threads_have_ended) {
  Program left = program({{give(kW1)}});
  left.wakers[kW1] = {.wake_throws = 1, .on_wake = reg(kW2), .on_drop = reg(kW2)};
  const Ran ran = run<OurCell>(left);
  EXPECT_FALSE(ran.violation);
  EXPECT_EQ(calls_of(ran).all, 1);
  EXPECT_EQ(count(ran, Step::kWakeThrew), 0);
}

// Once a thread has woken it, every registration wakes at once.
class StaysOwned : public PlainCell {
 public:
  void register_by_ref(const Waker& waker) {
    if (owned_) return waker.wake_by_ref();
    PlainCell::register_by_ref(waker);
  }
  void wake() {
    PlainCell::wake();
    owned_ = owned_ || !P::is_outside;
  }

 private:
  bool owned_ = false;
};

// Never lets go of a waker that is left in it.
class LeaksAtItsEnd : public PlainCell {
 public:
  LeaksAtItsEnd() = default;
  LeaksAtItsEnd(const LeaksAtItsEnd&) = delete;
  LeaksAtItsEnd& operator=(const LeaksAtItsEnd&) = delete;
  ~LeaksAtItsEnd() {
    if (std::optional<Waker> left = take_waker())
      ::new (static_cast<void*>(grave_)) Waker(std::move(*left));
  }

 private:
  alignas(Waker) unsigned char grave_[sizeof(Waker)];
};

TEST(ProgrammedRest, each_cell_must_come_to_rest) {
  for (const int cell : {kC1, kC2}) {
    // Both cells are there; only one of them is broken.
    const Violation found = expect_wrong<StaysOwned>(
        program({{reg(kW1), reg(kW2, kC2)}, {wake(cell)}}), Property::kP5, Kind::kStuckState);
    EXPECT_EQ(found.cell, cell);
    EXPECT_EQ(found.thread, kOutside);
  }
}

// A clone threw, but the next waker was stored and woken: the exception has broken nothing.
TEST(ProgrammedRest, an_exception_after_which_the_cell_worked_is_not_blamed) {
  Program later = program({{reg(kW1), reg(kW2)}, {wake()}});
  later.wakers[kW1].clone_throws = 1;
  expect_wrong<StaysOwned>(later, Property::kP5, Kind::kStuckState);
}

TEST(ProgrammedLeave, the_last_thread_that_leaves_at_its_end_checks_that_the_cell_rests) {
  const Program leaving = program({{reg(kW1), leave()}, {wake()}});
  const Violation found = expect_wrong<StaysOwned>(leaving, Property::kP5, Kind::kStuckState);
  EXPECT_EQ(found.thread, 1);
  EXPECT_EQ(found.cell, kC1);
  EXPECT_FALSE(run<StaysOwned>(leaving, {1, 0}).violation) << "the last one destroys it as it is";
}

TEST(ProgrammedLeave, a_cell_is_destroyed_as_it_is_by_the_last_thread_that_leaves_it) {
  const Violation found =
      expect_wrong<LeaksAtItsEnd>(program({{reg(kW1), leave()}, {wake(), reg(kW2), leave()}}),
                                  Property::kP2, Kind::kWakerLifetime);
  EXPECT_EQ(found.waker, kW2);
}

TEST(ProgrammedLeave, the_last_thread_to_leave_destroys_the_cell) {
  EXPECT_EQ(run<PlainCell>(program({{reg(kW1)}, {wake()}})).cells_left, 1);
  EXPECT_EQ(run<PlainCell>(program({{reg(kW1), leave()}, {wake(), leave()}})).cells_left, 0);
  EXPECT_EQ(run<PlainCell>(program({{reg(kW1)}, {wake(), reg(kW2, kC2), leave(kC2)}})).cells_left,
            1)
      << "only the cell that somebody leaves";
  EXPECT_EQ(Counts::cells, 0);
}

// Threads that never say that they leave do so at their end.
TEST(ProgrammedLeave, a_thread_leaves_at_its_end) {
  const Program leaving = program({{reg(kW1), leave()}, {wake()}, {reg(kW2)}});
  EXPECT_EQ(run<PlainCell>(leaving).cells_left, 0);
  EXPECT_EQ(expect_wrong<StaysOwned>(leaving, Property::kP5, Kind::kStuckState).cell, kC1);
}

TEST(ProgrammedLeave, a_cell_that_was_left_is_not_used_any_more) {
  const Program leaving = program({{leave(), leave(), reg(kW1), give(kW1), wake(), discard(),
                                    publish(), check(), sleep(), say(Verb::kTake, kC1)},
                                   {leave()}});
  expect_right<OurCell>(leaving);
  for (const std::vector<int>& order : {std::vector{0, 1}, std::vector{1, 0}}) {
    const Ran ran = run<OurCell>(leaving, order);
    EXPECT_EQ(calls_of(ran).all, 0);
    EXPECT_EQ(count(ran, Step::kSawReady) + count(ran, Step::kSawNotReady), 0);
  }
  // The other cell is still used: of three calls, two are refused.
  EXPECT_EQ(calls_of(run<OurCell>(program({{leave(), wake(), wake(kC2), reg(kW1)}}))).all, 1);
}

// A waker that the checks at rest replace calls back neither this cell nor another one.
TEST(ProgrammedLeave, a_waker_left_in_the_cell_does_not_call_back) {
  for (const int cell : {kC1, kC2}) {
    Program leaving = program({{give(kW1)}, {leave()}});
    leaving.wakers[kW1].on_drop = reg(kW2, cell);
    leaving.wakers[kW1].on_wake = reg(kW2, cell);
    expect_right<OurCell>(leaving);
    expect_right<PlainCell>(leaving);
    EXPECT_EQ(calls_of(run<OurCell>(leaving, {1, 0})).all, 4)
        << "one, and register, wake, wake at rest";
  }
}

// Counts the threads that park.
struct ParkingPlatform : SequentialPlatform {
  class Parker {
   public:
    static void park() { ++parks; }
    static void unpark() { ++unparks; }
  };
  static inline int parks = 0;
  static inline int unparks = 0;
};

int parks_of(const Program& program) {
  ParkingPlatform::parks = ParkingPlatform::unparks = 0;
  const Ran ran = run<AtomicWaker<ParkingPlatform>, ParkingPlatform>(program);
  EXPECT_FALSE(ran.violation);
  return ParkingPlatform::parks;
}

TEST(ProgrammedSleep, who_misses_something_and_is_registered_sleeps) {
  EXPECT_EQ(parks_of(program({{reg(kW1), check(), sleep()}, {publish(), wake()}})), 1);
  EXPECT_EQ(ParkingPlatform::unparks, 1);
  EXPECT_EQ(parks_of(program({{give(kW1), check(), sleep()}, {publish()}})), 1);
  EXPECT_EQ(ParkingPlatform::unparks, 0);
}

TEST(ProgrammedSleep, who_misses_nothing_does_not_sleep) {
  EXPECT_EQ(parks_of(program({{reg(kW1), sleep()}, {publish(), wake()}})), 0) << "no look";
  EXPECT_EQ(parks_of(program({{reg(kW1), check(), sleep()}})), 0) << "nothing to come";
  EXPECT_EQ(parks_of(program({{publish(), wake()}, {reg(kW1), check(), sleep()}})), 0)
      << "it is there";
  EXPECT_EQ(parks_of(program({{reg(kW1), check(), publish(), check(), sleep()}})), 0)
      << "the last look counts";
  EXPECT_EQ(parks_of(program({{check(), sleep()}, {publish(), wake()}})), 0) << "no registration";
}

TEST(ProgrammedSleep, who_was_woken_looks_again_before_it_sleeps_again) {
  EXPECT_EQ(parks_of(program({{reg(kW1), check(), sleep(), sleep()}, {publish(), wake()}})), 1);
  EXPECT_EQ(
      parks_of(program({{reg(kW1), check(), sleep(), check(), sleep()}, {publish(), wake()}})), 2);
}

TEST(ProgrammedSleep, each_cell_is_slept_for_by_itself) {
  EXPECT_EQ(parks_of(program({{reg(kW1), check(), sleep(kC2)}, {publish(), publish(kC2)}})), 0);
  EXPECT_EQ(parks_of(program({{reg(kW1, kC2), check(), sleep()}, {publish(), publish(kC2)}})), 0)
      << "registered elsewhere";
}

}  // namespace
}  // namespace awlab::programmed
