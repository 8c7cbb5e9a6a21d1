// Programs against cells that break one property each, and against ours: promises (P1), duplicate
// wakes (P3), and wakers that are given.
#include "core/scenario/programmed.hpp"

#include <gtest/gtest.h>

#include "core/scenario/programmed_fixture.hpp"

namespace awlab::programmed {
namespace {

using Forgetful = ForgetsWake<1>;
using ForgetfulLater = ForgetsWake<2>;
using OurCell = AtomicWaker<SequentialPlatform>;

TEST(ProgrammedPromises, a_look_that_misses_what_a_wake_announced_is_missed) {
  const Violation missed = expect_missed<Forgetful>(program({{reg(kW1), check()},  //
                                                             {publish(), wake()}}));
  EXPECT_EQ(missed.waker, kW1);
  EXPECT_EQ(missed.cell, kC1);
  EXPECT_EQ(missed.thread, 0) << "who registered";
}

TEST(ProgrammedPromises, a_publication_that_nobody_announced_is_not_missed) {
  expect_right<OurCell>(program({{reg(kW1), check()}, {publish()}}));
  // A wake announces what its own thread published.
  expect_right<Forgetful>(program({{reg(kW1), check()}, {publish()}, {wake()}}));
}

TEST(ProgrammedPromises, a_wake_before_the_publication_does_not_announce_it) {
  expect_right<Forgetful>(program({{reg(kW1), check()}, {wake(), publish()}}));
  // The wake after it does, although the cell has nobody left to wake.
  expect_missed<Forgetful>(program({{reg(kW1), check()}, {wake(), publish(), wake()}}));
}

TEST(ProgrammedPromises, nothing_is_missed_without_a_look) {
  expect_right<Forgetful>(program({{reg(kW1)}, {publish(), wake()}}));
  // A look before the registration is none after it.
  expect_right<Forgetful>(program({{check(), reg(kW1)}, {publish(), wake()}}));
}

// Also where another thread wakes; a later look is tested where threads take turns, in
// fuzz/schedule.
TEST(ProgrammedPromises, what_a_thread_published_itself_is_not_promised_to_it) {
  expect_right<Forgetful>(program({{reg(kW1), check(), publish(), wake()}}));
  expect_right<Forgetful>(program({{reg(kW1), check(), publish()}, {wake()}}));
  expect_missed<Forgetful>(program({{reg(kW1), check(), publish()}, {publish(), wake()}}));
}

TEST(ProgrammedPromises, a_wake_before_the_last_registration_does_not_keep_its_promise) {
  expect_missed<ForgetfulLater>(program({{reg(kW1), wake(), reg(kW1), check()},  //
                                         {publish(), wake()}}));
}

TEST(ProgrammedPromises, a_registration_whose_clone_threw_leaves_the_promise_to_the_waker_before) {
  Program throwing = program({{reg(kW1), reg(kW2), check()}, {publish(), wake()}});
  EXPECT_EQ(expect_missed<Forgetful>(throwing).waker, kW2);
  throwing.wakers[kW2].clone_throws = 1;
  EXPECT_EQ(expect_missed<Forgetful>(throwing).waker, kW1);
}

TEST(ProgrammedPromises, where_two_threads_register_nothing_is_promised) {
  expect_right<Forgetful>(program({{reg(kW1), check()}, {reg(kW2), check()}, {publish(), wake()}}));
  // Also from inside a waker, on the thread that wakes it.
  Program nested = program({{reg(kW1), check()}, {wake(), publish(), wake()}});
  nested.wakers[kW1].on_wake = reg(kW2);
  expect_right<ForgetfulLater>(nested);
  // Two threads that register on different cells are each promised a wake-up.
  EXPECT_EQ(expect_missed<Forgetful>(
                program({{reg(kW1), check()}, {reg(kW2, kC2), check(kC2)}, {publish(), wake()}}))
                .waker,
            kW1);
}

// Our cell ignores it, as it owns the slot; others store it and replace it at once.
TEST(ProgrammedPromises, a_registration_inside_a_clone_is_not_the_last_one) {
  Program nested = program({{reg(kW1), check()}, {publish(), wake()}});
  nested.wakers[kW1].on_clone = reg(kW2);
  EXPECT_EQ(expect_missed<Forgetful>(nested).waker, kW1);
}

// A cell that clones first has stored the inner waker when the outer registration throws; ours has
// ignored it.
TEST(ProgrammedPromises, nothing_is_promised_when_the_clone_around_a_registration_throws) {
  Program nested = program({{reg(kW1), check(), reg(kW2)}, {publish(), wake()}});
  nested.wakers[kW2] = {.clone_throws = 1, .on_clone = give(kW2)};
  expect_right<PlainCell>(nested);
  expect_right<AtomicWaker<SequentialPlatform>>(nested);
  // Nor when both are inside the drop of a third.
  Program deeper = program({{give(kW1), reg(kW3), check()}, {publish(), wake()}});
  deeper.wakers[kW1].on_drop = reg(kW2);
  deeper.wakers[kW2] = {.clone_throws = 1, .on_clone = give(kW2)};
  expect_right<PlainCell>(deeper);
  // The next registration is promised a wake-up again.
  nested.threads[0].insert(nested.threads[0].end(), {reg(kW3), check()});
  EXPECT_EQ(expect_missed<Forgetful>(nested).waker, kW3);
}

TEST(ProgrammedPromises, a_registration_inside_a_wake_is_the_last_one) {
  Program nested = program({{reg(kW1), wake(), check()}, {publish(), wake()}});
  nested.wakers[kW1].on_wake = reg(kW2);
  EXPECT_EQ(expect_missed<ForgetfulLater>(nested).waker, kW2);
}

// W1 is given, so that nobody but the cell drops a handle of it; its drop comes inside W2's
// registration, which began earlier and returns later.
TEST(ProgrammedPromises, a_registration_inside_a_drop_is_the_last_one) {
  Program nested = program({{give(kW1), reg(kW2), check()}, {publish(), wake()}});
  nested.wakers[kW1].on_drop = reg(kW3);
  EXPECT_EQ(expect_missed<Forgetful>(nested).waker, kW3);
}

class TakesNothing : public PlainCell {
 public:
  std::optional<Waker> take_waker() {
    if (SequentialPlatform::is_outside) return PlainCell::take_waker();
    const std::optional<Waker> dropped = PlainCell::take_waker();
    return std::nullopt;
  }
};

TEST(ProgrammedPromises, a_discarded_waker_counts_as_woken) {
  const Program discarding = program({{reg(kW1), check()}, {publish(), discard()}});
  expect_right<PlainCell>(discarding);
  // A waker that the cell itself drops does not count.
  EXPECT_EQ(expect_missed<TakesNothing>(discarding).waker, kW1);
}

TEST(ProgrammedPromises, the_second_cell_has_books_of_its_own) {
  const Program both = program({{reg(kW1), check(), reg(kW2, kC2), check(kC2)},
                                {publish(), publish(kC2), wake(), wake(kC2)}});
  const Violation first = expect_missed<Forgetful>(both);
  EXPECT_EQ(first.cell, kC1);
  EXPECT_EQ(first.waker, kW1);
  const Violation second = expect_missed<ForgetfulLater>(both);
  EXPECT_EQ(second.cell, kC2);
  EXPECT_EQ(second.waker, kW2);
  // A wake announces nothing of the other cell, and a look at it does not count here.
  expect_right<OurCell>(program({{reg(kW1), check()}, {publish(), wake(kC2)}}));
  expect_right<Forgetful>(program({{reg(kW1), check(kC2)}, {publish(), publish(kC2), wake()}}));
}

// A thread that is woken looks at everything that it waits for.
TEST(ProgrammedPromises, a_waker_in_two_cells_is_woken_by_either) {
  const auto both = [](int first) {
    return program({{reg(first), reg(kW1, kC2), check(kC2)}, {wake(), publish(kC2), wake(kC2)}});
  };
  expect_right<ForgetfulLater>(both(kW1));
  EXPECT_EQ(expect_missed<ForgetfulLater>(both(kW2)).cell, kC2);
}

class WakesTwice : public PlainCell {
 public:
  void wake() {
    if (std::optional<Waker> taken = take_waker()) {
      if (!SequentialPlatform::is_outside) taken->wake_by_ref();
      taken->wake();
    }
  }
};

TEST(ProgrammedWakes, a_registration_woken_twice_is_a_duplicate_however_often_it_was_registered) {
  EXPECT_EQ(expect_wrong<WakesTwice>(program({{reg(kW1), reg(kW1), reg(kW1)}, {wake()}}),
                                     Property::kP3, Kind::kDuplicateWake)
                .waker,
            kW1);
  expect_wrong<WakesTwice>(program({{give(kW1), give(kW1)}, {wake()}}), Property::kP3,
                           Kind::kDuplicateWake);
}

// Wakes the previous waker again instead of the new one, whose own registration was woken once.
class WakesTheOneBefore : public PlainCell {
 public:
  void register_by_ref(const Waker& waker) {
    before_ = Waker();
    if (std::optional<Waker> old = PlainCell::take_waker()) before_ = std::move(*old);
    PlainCell::register_by_ref(waker);
  }
  void wake() {
    if (before_ && !SequentialPlatform::is_outside) {
      before_.wake_by_ref();
    } else
      PlainCell::wake();
  }

 private:
  Waker before_;
};

TEST(ProgrammedWakes, a_replaced_registration_that_is_woken_twice_is_a_duplicate) {
  expect_wrong<WakesTheOneBefore>(program({{reg(kW1), reg(kW1)}, {wake(), wake()}}), Property::kP3,
                                  Kind::kDuplicateWake);
}

class DropsGiven : public PlainCell {
 public:
  static void register_waker(Waker&& waker) { const Waker dropped = std::move(waker); }
};

TEST(ProgrammedGiven, a_given_waker_must_be_kept) {
  EXPECT_EQ(
      expect_wrong<DropsGiven>(program({{give(kW1)}}), Property::kP5, Kind::kStuckState).waker,
      kW1);
}

TEST(ProgrammedGiven, a_given_waker_is_promised_a_wakeup) {
  EXPECT_EQ(expect_missed<Forgetful>(program({{give(kW2), check()}, {publish(), wake()}})).waker,
            kW2);
}

TEST(ProgrammedGiven, a_given_waker_is_never_cloned) {
  Program throwing = program({{give(kW1), check()}, {publish(), wake()}});
  throwing.wakers[kW1].clone_throws = 1;
  const Ran ran = run<OurCell>(throwing);
  EXPECT_FALSE(ran.violation);
  EXPECT_EQ(count(ran, Step::kCloneThrew), 0);
  EXPECT_EQ(count(ran, Step::kSawNotReady), 1);
}

// The drop of W1 comes inside the registration of W2, whose waker is gone when the drop returns.
TEST(ProgrammedGiven, a_given_waker_may_be_replaced_from_inside_a_drop) {
  for (const Instruction second : {give(kW3), reg(kW3)}) {
    Program nested = program({{give(kW1), give(kW2)}, {wake()}});
    nested.wakers[kW1].on_drop = second;
    expect_right<OurCell>(nested);
    expect_right<PlainCell>(nested);
    const Ran ran = run<OurCell>(nested);
    EXPECT_EQ(std::ranges::count_if(ran.events,
                                    [](const TraceEvent& event) {
                                      return event.step == Step::kWoken && event.waker == kW3;
                                    }),
              1);
  }
}

// A wake that came during the second registration wakes the replaced waker, whose exception is
// swallowed, and then the new one, which does not throw: no handle tells them apart.
TEST(ProgrammedSharedData, a_replaced_waker_of_the_same_task_may_throw) {
  Program again = program({{give(kW1), reg(kW1)}});
  again.wakers[kW1] = {.wake_throws = 1, .clones_share_data = true, .on_clone = wake()};
  expect_right<OurCell>(again);
}

// A wake made by a hook is no deed of the call around it, even if it is the same waker.
TEST(ProgrammedSharedData,
     a_waker_taken_out_of_another_cell_inside_its_own_registration_is_not_woken_by_it) {
  Program both = program({{give(kW1, kC2), reg(kW1)}});
  both.wakers[kW1] = {.clones_share_data = true, .on_clone = say(Verb::kTake, kC2)};
  expect_right<OurCell>(both);
}

// One handle too many is woken: only the count shows it.
TEST(ProgrammedSharedData, a_waker_is_not_woken_more_often_than_it_was_registered) {
  class WakesTwice : public PlainCell {
   public:
    void wake() {
      if (const std::optional<Waker> taken = take_waker()) {
        taken->wake_by_ref();
        taken->wake_by_ref();
      }
    }
  };
  Program shared = program({{reg(kW1), wake()}});
  shared.wakers[kW1].clones_share_data = true;
  EXPECT_EQ(expect_wrong<WakesTwice>(shared, Property::kP3, Kind::kDuplicateWake).waker, kW1);
}

TEST(ProgrammedSharedData, a_waker_that_is_left_over_is_a_leak) {
  class NeverDrops : public PlainCell {
   public:
    void register_by_ref(const Waker& waker) {
      PlainCell::register_by_ref(waker);
      if (!SequentialPlatform::is_outside) ::new (static_cast<void*>(grave_)) Waker(waker);
    }

   private:
    alignas(Waker) unsigned char grave_[sizeof(Waker)];
  };
  Program shared = program({{reg(kW1)}});
  shared.wakers[kW1].clones_share_data = true;
  EXPECT_EQ(expect_wrong<NeverDrops>(shared, Property::kP2, Kind::kWakerLifetime).waker, kW1);
}

}  // namespace
}  // namespace awlab::programmed
