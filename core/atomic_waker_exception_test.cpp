// Exceptions [P6]: each waker's exception reaches the right caller, and never damages the cell.
#include <gtest/gtest.h>

#include <utility>

#include "core/testing/cell_fixture.hpp"

namespace awlab {
namespace {

using Entries = Journal::Entries;

class AtomicWakerExceptionTest : public CellTest {
 protected:
  // Registers `waker` and returns the name of the function that threw out of it.
  std::string thrown_by_register(const Waker& waker) {
    return thrown_by([&] { cell_->register_by_ref(waker); });
  }
};

// (a) A throwing clone reaches the caller, and the cell is as if the call had not been made.

TEST_F(AtomicWakerExceptionTest, a_throwing_clone_leaves_an_empty_cell_empty) {
  const Waker waker = new_.waker();
  new_.throw_from_next(Call::kClone);
  const Entries expected = {"cas 0->1 acquire/acquire", "clone new", "cas 1->0 acq_rel/acquire"};
  EXPECT_EQ(Journal::of([&] { EXPECT_EQ(thrown_by_register(waker), "clone new"); }), expected);
  EXPECT_FALSE(cell_->take_waker().has_value());
}

TEST_F(AtomicWakerExceptionTest, a_throwing_clone_leaves_the_old_waker_in_the_cell) {
  register_old();
  const Waker waker = new_.waker();
  new_.throw_from_next(Call::kClone);
  const Entries expected = {"cas 0->1 acquire/acquire", "clone new", "cas 1->0 acq_rel/acquire"};
  EXPECT_EQ(Journal::of([&] { EXPECT_EQ(thrown_by_register(waker), "clone new"); }), expected);
  cell_->wake();
  EXPECT_EQ(old_.woken(), 1);
  EXPECT_EQ(old_.count(Call::kDrop), 0);
}

TEST_F(AtomicWakerExceptionTest, a_wake_during_a_throwing_clone_wakes_the_old_waker) {
  register_old();
  const Waker waker = new_.waker();
  new_.inside_next(Call::kClone, [&] {
    cell_->wake();
    throw TestError{"clone new"};
  });
  const Entries expected = {"cas 0->1 acquire/acquire",
                            "clone new",
                            "  fetch_or 2 acq_rel found 1",
                            "cas 1->0 acq_rel/acquire found 3",
                            "slot",
                            "exchange 0 acq_rel found 3",
                            "wake old"};
  EXPECT_EQ(Journal::of([&] { EXPECT_EQ(thrown_by_register(waker), "clone new"); }), expected);
}

TEST_F(AtomicWakerExceptionTest, a_wake_after_a_throwing_clone_and_before_the_release_counts_too) {
  register_old();
  const Waker waker = new_.waker();
  new_.throw_from_next(Call::kClone);
  HookPlatform::interrupt_before_step(2, [&] { cell_->wake(); });
  EXPECT_EQ(thrown_by_register(waker), "clone new");
  EXPECT_EQ(old_.woken(), 1);
}

TEST_F(AtomicWakerExceptionTest, a_wake_during_a_throwing_clone_finds_nothing_in_an_empty_cell) {
  const Waker waker = new_.waker();
  new_.throw_from_next(Call::kClone);
  HookPlatform::interrupt_after_step(1, [&] { cell_->wake(); });
  EXPECT_EQ(thrown_by_register(waker), "clone new");
  EXPECT_EQ(new_.woken(), 0);
}

TEST_F(AtomicWakerExceptionTest, the_exception_of_the_clone_wins_over_that_of_the_old_waker) {
  register_old();
  const Waker waker = new_.waker();
  new_.throw_from_next(Call::kClone);
  old_.throw_from_next(Call::kWake);
  HookPlatform::interrupt_after_step(1, [&] { cell_->wake(); });
  EXPECT_EQ(thrown_by_register(waker), "clone new");
  EXPECT_EQ(old_.woken(), 1);
}

TEST_F(AtomicWakerExceptionTest, the_caller_receives_the_very_exception_that_was_thrown) {
  const Waker waker = new_.waker();
  const TestError* thrown = nullptr;
  new_.inside_next(Call::kClone, [&] {
    try {
      throw TestError{"clone new"};
    } catch (const TestError& error) {
      thrown = &error;
      throw;
    }
  });
  try {
    cell_->register_by_ref(waker);
    ADD_FAILURE() << "the exception was swallowed";
  } catch (const TestError& error) {
    EXPECT_EQ(&error, thrown);
  }
}

TEST_F(AtomicWakerExceptionTest, a_registration_works_again_after_a_throwing_clone) {
  const Waker waker = new_.waker();
  for (int round = 1; round <= 3; ++round) {
    new_.throw_from_next(Call::kClone);
    EXPECT_EQ(thrown_by_register(waker), "clone new");
    EXPECT_EQ(thrown_by_register(waker), "nobody");
    cell_->wake();
    EXPECT_EQ(new_.woken(), round);
  }
}

// (b) The caller of register never receives an exception of the replaced waker.

TEST_F(AtomicWakerExceptionTest, an_exception_of_the_replaced_waker_does_not_reach_the_registrar) {
  register_old();
  const Waker waker = new_.waker();
  old_.throw_from_next(Call::kWake);
  HookPlatform::interrupt_after_step(1, [&] { cell_->wake(); });
  EXPECT_EQ(thrown_by_register(waker), "nobody");
  EXPECT_EQ(old_.woken(), 1);
  EXPECT_EQ(new_.count(Call::kWake), 1);
}

TEST_F(AtomicWakerExceptionTest, an_exception_of_the_replaced_waker_does_not_hide_the_new_ones) {
  register_old();
  old_.throw_from_next(Call::kWake);
  new_.throw_from_next(Call::kWake);
  HookPlatform::interrupt_after_step(1, [&] { cell_->wake(); });
  EXPECT_EQ(thrown_by([&] { cell_->register_waker(new_.waker()); }), "wake new");
  EXPECT_EQ(old_.woken(), 1);
}

// (c) A throwing wake reaches the caller of the call that performed it; the waker is used up.

TEST_F(AtomicWakerExceptionTest, a_throwing_wake_reaches_the_caller_of_wake_with_the_slot_free) {
  cell_->register_waker(new_.waker());
  new_.throw_from_next(Call::kWake);
  const Entries expected = {"fetch_or 2 acq_rel found 0", "slot", "exchange 0 release found 2",
                            "wake new"};
  EXPECT_EQ(Journal::of([&] { EXPECT_EQ(thrown_by([&] { cell_->wake(); }), "wake new"); }),
            expected);
  cell_->wake();
  EXPECT_EQ(new_.woken(), 1);
}

TEST_F(AtomicWakerExceptionTest, a_throwing_wake_reaches_the_registrar_that_performed_it) {
  register_old();
  const Waker waker = new_.waker();
  new_.throw_from_next(Call::kWake);
  HookPlatform::interrupt_after_step(1, [&] { cell_->wake(); });
  const Entries expected = {"cas 0->1 acquire/acquire",
                            "  fetch_or 2 acq_rel found 1",
                            "clone new",
                            "slot",
                            "cas 1->0 acq_rel/acquire found 3",
                            "slot",
                            "exchange 0 acq_rel found 3",
                            "wake old",
                            "wake new"};
  EXPECT_EQ(Journal::of([&] { EXPECT_EQ(thrown_by_register(waker), "wake new"); }), expected);
  EXPECT_FALSE(cell_->take_waker().has_value());
}

TEST_F(AtomicWakerExceptionTest, a_throwing_wake_by_ref_during_a_wake_reaches_the_registrar) {
  register_old();
  const Waker waker = new_.waker();
  new_.throw_from_next(Call::kWakeByRef);
  HookPlatform::interrupt_after_step(
      1, [&] { EXPECT_EQ(thrown_by_register(waker), "wake_by_ref new"); });
  EXPECT_EQ(thrown_by([&] { cell_->wake(); }), "nobody");
  EXPECT_EQ(old_.woken(), 1);
  EXPECT_EQ(new_.live_handles(), 1);
}

TEST_F(AtomicWakerExceptionTest, a_throwing_wake_by_value_during_a_wake_reaches_the_registrar) {
  register_old();
  new_.throw_from_next(Call::kWake);
  HookPlatform::interrupt_before_step(
      2, [&] { EXPECT_EQ(thrown_by([&] { cell_->register_waker(new_.waker()); }), "wake new"); });
  EXPECT_EQ(thrown_by([&] { cell_->wake(); }), "nobody");
  EXPECT_EQ(old_.woken(), 1);
  EXPECT_EQ(new_.live_handles(), 0);
}

TEST_F(AtomicWakerExceptionTest, a_throwing_wake_of_a_taken_waker_is_the_takers_business) {
  cell_->register_waker(new_.waker());
  new_.throw_from_next(Call::kWake);
  std::optional<Waker> taken = cell_->take_waker();
  ASSERT_TRUE(taken.has_value());
  EXPECT_EQ(Journal::of([&] { EXPECT_EQ(thrown_by([&] { taken->wake(); }), "wake new"); }),
            Entries{"wake new"});
}

// A register that makes no clone cannot throw from one.

TEST_F(AtomicWakerExceptionTest, a_register_that_does_not_get_the_slot_never_clones) {
  const Waker waker = new_.waker();
  const Waker owner = other_.waker();
  HookPlatform::interrupt_after_step(1, [&] { cell_->register_by_ref(waker); });
  cell_->register_by_ref(owner);
  HookPlatform::interrupt_after_step(1, [&] { cell_->register_by_ref(waker); });
  cell_->wake();
  EXPECT_EQ(new_.count(Call::kClone), 0);
}

}  // namespace
}  // namespace awlab
