// Reentrancy [P7]: a cell called from inside a waker's own clone, wake, wake_by_ref or drop, by the
// thread that is in the middle of another call of the same cell.
#include <gtest/gtest.h>

#include <optional>

#include "core/testing/cell_fixture.hpp"

namespace awlab {
namespace {

using Entries = Journal::Entries;

class AtomicWakerReentrancyTest : public CellTest {
 protected:
  // Expects that the cell now holds a waker that wakes `task`, once.
  void expect_stored(TestTask& task) {
    const int woken = task.woken();
    cell_->wake();
    EXPECT_EQ(task.woken(), woken + 1);
  }
};

// Inside a clone: the slot is REGISTERING.

TEST_F(AtomicWakerReentrancyTest, a_wake_inside_the_clone_wakes_the_waker_being_registered) {
  register_old();
  const Waker waker = new_.waker();
  new_.inside_next(Call::kClone, [&] { cell_->wake(); });
  const Entries expected = {"cas 0->1 acquire/acquire",
                            "clone new",
                            "  fetch_or 2 acq_rel found 1",
                            "slot",
                            "cas 1->0 acq_rel/acquire found 3",
                            "slot",
                            "exchange 0 acq_rel found 3",
                            "wake old",
                            "wake new"};
  EXPECT_EQ(Journal::of([&] { cell_->register_by_ref(waker); }), expected);
}

TEST_F(AtomicWakerReentrancyTest, take_waker_inside_the_clone_leaves_the_wake_to_the_registrar) {
  const Waker waker = new_.waker();
  new_.inside_next(Call::kClone, [&] { EXPECT_FALSE(cell_->take_waker().has_value()); });
  cell_->register_by_ref(waker);
  EXPECT_EQ(new_.count(Call::kWake), 1);
}

TEST_F(AtomicWakerReentrancyTest, a_register_inside_the_clone_loses) {
  const Waker waker = new_.waker();
  const Waker loser = other_.waker();
  new_.inside_next(Call::kClone, [&] {
    cell_->register_by_ref(loser);
    cell_->register_waker(other_.waker());
  });
  const Entries expected = {"cas 0->1 acquire/acquire",
                            "clone new",
                            "  cas 0->1 acquire/acquire found 1",
                            "  cas 0->1 acquire/acquire found 1",
                            "  drop other",
                            "slot",
                            "cas 1->0 acq_rel/acquire"};
  EXPECT_EQ(Journal::of([&] { cell_->register_by_ref(waker); }), expected);
  expect_stored(new_);
  EXPECT_EQ(other_.woken(), 0);
}

TEST_F(AtomicWakerReentrancyTest, a_wake_in_the_drop_of_a_losing_waker_is_delivered) {
  const Waker waker = new_.waker();
  new_.inside_next(Call::kClone, [&] { cell_->register_waker(other_.waker()); });
  other_.inside_next(Call::kDrop, [&] { cell_->wake(); });
  cell_->register_by_ref(waker);
  EXPECT_EQ(new_.count(Call::kWake), 1);
}

// Inside a wake of a waker that the cell handed out: nothing is held.

TEST_F(AtomicWakerReentrancyTest, a_register_inside_a_wake_is_stored_and_not_woken) {
  cell_->register_waker(old_.waker());
  const Waker waker = new_.waker();
  old_.inside_next(Call::kWake, [&] { cell_->register_by_ref(waker); });
  const Entries expected = {"fetch_or 2 acq_rel found 0",
                            "slot",
                            "exchange 0 release found 2",
                            "wake old",
                            "  cas 0->1 acquire/acquire",
                            "  clone new",
                            "  slot",
                            "  cas 1->0 acq_rel/acquire"};
  EXPECT_EQ(Journal::of([&] { cell_->wake(); }), expected);
  expect_stored(new_);
}

TEST_F(AtomicWakerReentrancyTest, a_task_that_registers_itself_in_each_wake_is_woken_by_each) {
  cell_->register_waker(new_.waker());
  for (int round = 1; round <= 3; ++round) {
    new_.inside_next(Call::kWake, [&] { cell_->register_waker(new_.waker()); });
    cell_->wake();
    EXPECT_EQ(new_.woken(), round);
  }
  EXPECT_EQ(new_.live_handles(), 1);
}

TEST_F(AtomicWakerReentrancyTest, a_wake_inside_a_wake_finds_nothing_and_is_not_remembered) {
  cell_->register_waker(old_.waker());
  old_.inside_next(Call::kWake, [&] {
    cell_->wake();
    EXPECT_FALSE(cell_->take_waker().has_value());
  });
  cell_->wake();
  EXPECT_EQ(old_.woken(), 1);
  cell_->register_waker(new_.waker());
  EXPECT_EQ(new_.woken(), 0);
}

TEST_F(AtomicWakerReentrancyTest, wakes_nest_as_deep_as_the_wakers_registered_inside_them) {
  cell_->register_waker(old_.waker());
  old_.inside_next(Call::kWake, [&] {
    cell_->register_waker(new_.waker());
    cell_->wake();
  });
  new_.inside_next(Call::kWake, [&] {
    cell_->register_waker(other_.waker());
    cell_->wake();
  });
  cell_->wake();
  EXPECT_EQ(old_.woken(), 1);
  EXPECT_EQ(new_.woken(), 1);
  EXPECT_EQ(other_.woken(), 1);
}

TEST_F(AtomicWakerReentrancyTest, a_wake_that_registers_and_then_throws_keeps_the_registration) {
  cell_->register_waker(old_.waker());
  old_.inside_next(Call::kWake, [&] {
    cell_->register_waker(new_.waker());
    throw TestError{"wake old"};
  });
  EXPECT_EQ(thrown_by([&] { cell_->wake(); }), "wake old");
  expect_stored(new_);
}

TEST_F(AtomicWakerReentrancyTest, a_register_inside_the_wake_of_a_contended_register_is_stored) {
  const Waker waker = new_.waker();
  new_.inside_next(Call::kClone, [&] { cell_->wake(); });
  new_.inside_next(Call::kWake, [&] { cell_->register_waker(other_.waker()); });
  cell_->register_by_ref(waker);
  EXPECT_EQ(new_.count(Call::kWake), 1);
  EXPECT_EQ(other_.woken(), 0);
  expect_stored(other_);
}

TEST_F(AtomicWakerReentrancyTest, a_register_inside_the_wake_of_the_replaced_waker_is_stored) {
  register_old();
  const Waker waker = new_.waker();
  new_.inside_next(Call::kClone, [&] { cell_->wake(); });
  old_.inside_next(Call::kWake, [&] { cell_->register_waker(other_.waker()); });
  cell_->register_by_ref(waker);
  EXPECT_EQ(new_.count(Call::kWake), 1);
  EXPECT_EQ(other_.woken(), 0);
  expect_stored(other_);
}

TEST_F(AtomicWakerReentrancyTest,
       a_register_inside_the_wake_that_follows_a_throwing_clone_is_stored) {
  register_old();
  const Waker waker = new_.waker();
  new_.inside_next(Call::kClone, [&] {
    cell_->wake();
    throw TestError{"clone new"};
  });
  old_.inside_next(Call::kWake, [&] { cell_->register_waker(other_.waker()); });
  EXPECT_EQ(thrown_by([&] { cell_->register_by_ref(waker); }), "clone new");
  EXPECT_EQ(other_.woken(), 0);
  expect_stored(other_);
}

// Inside a wake that a register performs because it found WAKING: another call owns the slot.

TEST_F(AtomicWakerReentrancyTest, calls_inside_a_wake_by_ref_during_a_wake_see_the_slot_owned) {
  register_old();
  const Waker waker = new_.waker();
  new_.inside_next(Call::kWakeByRef, [&] {
    cell_->wake();
    EXPECT_FALSE(cell_->take_waker().has_value());
    cell_->register_waker(other_.waker());
  });
  HookPlatform::interrupt_after_step(1, [&] { cell_->register_by_ref(waker); });
  const Entries expected = {"fetch_or 2 acq_rel found 0",
                            "  cas 0->1 acquire/acquire found 2",
                            "  wake_by_ref new",
                            "    fetch_or 2 acq_rel found 2",
                            "    fetch_or 2 acq_rel found 2",
                            "    cas 0->1 acquire/acquire found 2",
                            "    wake other",
                            "    spin_hint",
                            "  spin_hint",
                            "slot",
                            "exchange 0 release found 2",
                            "wake old"};
  EXPECT_EQ(Journal::of([&] { cell_->wake(); }), expected);
}

TEST_F(AtomicWakerReentrancyTest, calls_inside_a_wake_by_value_during_a_wake_see_the_slot_owned) {
  const Waker waker = other_.waker();
  new_.inside_next(Call::kWake, [&] {
    cell_->wake();
    cell_->register_by_ref(waker);
  });
  HookPlatform::interrupt_after_step(1, [&] { cell_->register_waker(new_.waker()); });
  cell_->wake();
  EXPECT_EQ(new_.woken(), 1);
  EXPECT_EQ(other_.count(Call::kWakeByRef), 1);
}

// Inside a drop: nothing is held, and the new waker is in the cell.

TEST_F(AtomicWakerReentrancyTest, a_wake_inside_the_drop_of_the_replaced_waker_wakes_the_new_one) {
  register_old();
  old_.inside_next(Call::kDrop, [&] { cell_->wake(); });
  const Entries expected = {
      "cas 0->1 acquire/acquire",     "slot",   "cas 1->0 acq_rel/acquire",     "drop old",
      "  fetch_or 2 acq_rel found 0", "  slot", "  exchange 0 release found 2", "  wake new"};
  EXPECT_EQ(Journal::of([&] { cell_->register_waker(new_.waker()); }), expected);
}

TEST_F(AtomicWakerReentrancyTest,
       take_waker_inside_the_drop_of_the_replaced_waker_gets_the_new_one) {
  register_old();
  std::optional<Waker> taken;
  old_.inside_next(Call::kDrop, [&] { taken = cell_->take_waker(); });
  cell_->register_waker(new_.waker());
  ASSERT_TRUE(taken.has_value());
  EXPECT_EQ(Journal::of([&] { taken->wake(); }), Entries{"wake new"});
}

TEST_F(AtomicWakerReentrancyTest,
       a_register_inside_the_drop_of_the_replaced_waker_is_the_last_one) {
  register_old();
  const Waker waker = new_.waker();
  old_.inside_next(Call::kDrop, [&] { cell_->register_waker(other_.waker()); });
  cell_->register_by_ref(waker);
  EXPECT_EQ(new_.woken() + other_.woken(), 0);
  expect_stored(other_);
  EXPECT_EQ(new_.count(Call::kDrop), 1);
}

}  // namespace
}  // namespace awlab
