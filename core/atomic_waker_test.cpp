// The protocol, row by row: for each state a call may find, exactly the atomic steps it takes, with
// their orders, and where the waker's own functions run between them. Indented lines are what a
// call from elsewhere did in that place.
#include "core/atomic_waker.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <utility>

#include "core/testing/cell_fixture.hpp"
#include "core/waker_cell.hpp"

namespace awlab {
namespace {

static_assert(WakerCell<AtomicWaker<>> && WakerCell<HookCell>);
static_assert(noexcept(std::declval<AtomicWaker<>&>().take_waker()));
static_assert(std::is_nothrow_destructible_v<AtomicWaker<>>);

using Entries = Journal::Entries;

class AtomicWakerTest : public CellTest {};

// Rows "register W finds WAITING".

TEST_F(AtomicWakerTest, register_stores_a_clone_in_two_steps) {
  const Waker waker = new_.waker();
  const Entries expected = {"cas 0->1 acquire/acquire", "clone new", "slot",
                            "cas 1->0 acq_rel/acquire"};
  EXPECT_EQ(Journal::of([&] { cell_->register_by_ref(waker); }), expected);
  EXPECT_EQ(new_.live_handles(), 2);
}

TEST_F(AtomicWakerTest, a_waker_passed_by_value_is_stored_without_a_clone) {
  Waker waker = new_.waker();
  const Entries expected = {"cas 0->1 acquire/acquire", "slot", "cas 1->0 acq_rel/acquire"};
  EXPECT_EQ(Journal::of([&] { cell_->register_waker(std::move(waker)); }), expected);
  EXPECT_FALSE(waker);
  EXPECT_EQ(new_.live_handles(), 1);
}

TEST_F(AtomicWakerTest, the_replaced_waker_is_dropped_once_after_the_release) {
  register_old();
  const Waker waker = new_.waker();
  const Entries expected = {"cas 0->1 acquire/acquire", "clone new", "slot",
                            "cas 1->0 acq_rel/acquire", "drop old"};
  EXPECT_EQ(Journal::of([&] { cell_->register_by_ref(waker); }), expected);
}

TEST_F(AtomicWakerTest, the_waker_replaced_by_value_is_dropped_once_after_the_release) {
  register_old();
  const Entries expected = {"cas 0->1 acquire/acquire", "slot", "cas 1->0 acq_rel/acquire",
                            "drop old"};
  EXPECT_EQ(Journal::of([&] { cell_->register_waker(new_.waker()); }), expected);
}

// Row "and meanwhile a wake came".

TEST_F(AtomicWakerTest, wake_that_finds_the_slot_taken_is_delivered_by_its_owner) {
  const Waker waker = new_.waker();
  HookPlatform::interrupt_after_step(1, [&] { cell_->wake(); });
  const Entries expected = {"cas 0->1 acquire/acquire",
                            "  fetch_or 2 acq_rel found 1",
                            "clone new",
                            "slot",
                            "cas 1->0 acq_rel/acquire found 3",
                            "slot",
                            "exchange 0 acq_rel found 3",
                            "wake new"};
  EXPECT_EQ(Journal::of([&] { cell_->register_by_ref(waker); }), expected);
}

TEST_F(AtomicWakerTest, a_wake_after_the_store_wakes_the_replaced_waker_and_then_the_new_one) {
  register_old();
  const Waker waker = new_.waker();
  HookPlatform::interrupt_before_step(2, [&] { cell_->wake(); });
  const Entries expected = {"cas 0->1 acquire/acquire",
                            "clone new",
                            "slot",
                            "  fetch_or 2 acq_rel found 1",
                            "cas 1->0 acq_rel/acquire found 3",
                            "slot",
                            "exchange 0 acq_rel found 3",
                            "wake old",
                            "wake new"};
  EXPECT_EQ(Journal::of([&] { cell_->register_by_ref(waker); }), expected);
}

TEST_F(AtomicWakerTest, a_waker_passed_by_value_is_used_up_when_a_wake_comes_meanwhile) {
  register_old();
  HookPlatform::interrupt_before_step(2, [&] { cell_->wake(); });
  const Entries expected = {"cas 0->1 acquire/acquire",
                            "slot",
                            "  fetch_or 2 acq_rel found 1",
                            "cas 1->0 acq_rel/acquire found 3",
                            "slot",
                            "exchange 0 acq_rel found 3",
                            "wake old",
                            "wake new"};
  EXPECT_EQ(Journal::of([&] { cell_->register_waker(new_.waker()); }), expected);
}

TEST_F(AtomicWakerTest, any_number_of_wakes_during_a_registration_wakes_once) {
  const Waker waker = new_.waker();
  HookPlatform::interrupt_after_step(1, [&] {
    cell_->wake();
    EXPECT_FALSE(cell_->take_waker());  // leaves its duty to the owner as well
    cell_->wake();
  });
  const Entries expected = {"cas 0->1 acquire/acquire",
                            "  fetch_or 2 acq_rel found 1",
                            "  fetch_or 2 acq_rel found 3",
                            "  fetch_or 2 acq_rel found 3",
                            "clone new",
                            "slot",
                            "cas 1->0 acq_rel/acquire found 3",
                            "slot",
                            "exchange 0 acq_rel found 3",
                            "wake new"};
  EXPECT_EQ(Journal::of([&] { cell_->register_by_ref(waker); }), expected);
}

TEST_F(AtomicWakerTest, a_wake_between_the_failed_release_and_the_exchange_adds_nothing) {
  const Waker waker = new_.waker();
  HookPlatform::interrupt_after_step(1, [&] {
    cell_->wake();
    HookPlatform::interrupt_before_step(2, [&] { cell_->wake(); });
  });
  const Entries expected = {"cas 0->1 acquire/acquire",
                            "  fetch_or 2 acq_rel found 1",
                            "clone new",
                            "slot",
                            "cas 1->0 acq_rel/acquire found 3",
                            "slot",
                            "  fetch_or 2 acq_rel found 3",
                            "exchange 0 acq_rel found 3",
                            "wake new"};
  EXPECT_EQ(Journal::of([&] { cell_->register_by_ref(waker); }), expected);
}

// Row "register W finds WAKING".

TEST_F(AtomicWakerTest, register_during_a_wake_wakes_at_once_and_stores_nothing) {
  register_old();
  const Waker waker = new_.waker();
  HookPlatform::interrupt_after_step(1, [&] { cell_->register_by_ref(waker); });
  const Entries expected = {"fetch_or 2 acq_rel found 0",
                            "  cas 0->1 acquire/acquire found 2",
                            "  wake_by_ref new",
                            "  spin_hint",
                            "slot",
                            "exchange 0 release found 2",
                            "wake old"};
  EXPECT_EQ(Journal::of([&] { cell_->wake(); }), expected);
  EXPECT_EQ(new_.live_handles(), 1);
}

TEST_F(AtomicWakerTest, register_by_value_during_a_wake_uses_the_waker_up) {
  HookPlatform::interrupt_before_step(2, [&] { cell_->register_waker(new_.waker()); });
  const Entries expected = {"fetch_or 2 acq_rel found 0",
                            "slot",
                            "  cas 0->1 acquire/acquire found 2",
                            "  wake new",
                            "  spin_hint",
                            "exchange 0 release found 2"};
  EXPECT_EQ(Journal::of([&] { EXPECT_FALSE(cell_->take_waker()); }), expected);
}

// Row "register W finds REGISTERING (± WAKING)".

TEST_F(AtomicWakerTest, a_racing_register_loses_and_touches_nothing) {
  const Waker waker = new_.waker();
  const Waker loser = other_.waker();
  HookPlatform::interrupt_after_step(1, [&] { cell_->register_by_ref(loser); });
  const Entries expected = {"cas 0->1 acquire/acquire", "  cas 0->1 acquire/acquire found 1",
                            "clone new", "slot", "cas 1->0 acq_rel/acquire"};
  EXPECT_EQ(Journal::of([&] { cell_->register_by_ref(waker); }), expected);
}

TEST_F(AtomicWakerTest, a_racing_register_by_value_drops_its_waker_unused) {
  HookPlatform::interrupt_before_step(2, [&] { cell_->register_waker(other_.waker()); });
  const Entries expected = {"cas 0->1 acquire/acquire", "slot",
                            "  cas 0->1 acquire/acquire found 1", "  drop other",
                            "cas 1->0 acq_rel/acquire"};
  EXPECT_EQ(Journal::of([&] { cell_->register_waker(new_.waker()); }), expected);
}

TEST_F(AtomicWakerTest, a_racing_register_loses_also_when_a_wake_came) {
  const Waker loser = other_.waker();
  HookPlatform::interrupt_after_step(1, [&] {
    cell_->wake();
    cell_->register_by_ref(loser);
    cell_->register_waker(other_.waker());
  });
  const Entries expected = {"cas 0->1 acquire/acquire",
                            "  fetch_or 2 acq_rel found 1",
                            "  cas 0->1 acquire/acquire found 3",
                            "  cas 0->1 acquire/acquire found 3",
                            "  drop other",
                            "slot",
                            "cas 1->0 acq_rel/acquire found 3",
                            "slot",
                            "exchange 0 acq_rel found 3",
                            "wake new"};
  EXPECT_EQ(Journal::of([&] { cell_->register_waker(new_.waker()); }), expected);
}

// Rows "wake / take_waker finds WAITING".

TEST_F(AtomicWakerTest, wake_empties_the_slot_releases_it_and_only_then_wakes) {
  cell_->register_waker(new_.waker());
  const Entries expected = {"fetch_or 2 acq_rel found 0", "slot", "exchange 0 release found 2",
                            "wake new"};
  EXPECT_EQ(Journal::of([&] { cell_->wake(); }), expected);
}

TEST_F(AtomicWakerTest, a_registered_waker_is_woken_once) {
  cell_->register_waker(new_.waker());
  cell_->wake();
  cell_->wake();
  cell_->wake();
  EXPECT_EQ(new_.woken(), 1);
}

TEST_F(AtomicWakerTest, only_the_waker_registered_last_is_woken) {
  cell_->register_waker(old_.waker());
  cell_->register_waker(other_.waker());
  cell_->register_waker(new_.waker());
  cell_->wake();
  EXPECT_EQ(old_.woken() + other_.woken(), 0);
  EXPECT_EQ(new_.woken(), 1);
}

TEST_F(AtomicWakerTest, a_wake_that_finds_no_waker_is_not_remembered) {
  const Entries expected = {"fetch_or 2 acq_rel found 0", "slot", "exchange 0 release found 2"};
  EXPECT_EQ(Journal::of([&] { cell_->wake(); }), expected);
  cell_->register_waker(new_.waker());
  EXPECT_EQ(new_.woken(), 0);
  EXPECT_EQ(new_.live_handles(), 1);
}

TEST_F(AtomicWakerTest, take_waker_hands_the_waker_out_unwoken_and_once) {
  cell_->register_waker(new_.waker());
  std::optional<Waker> taken;
  const Entries expected = {"fetch_or 2 acq_rel found 0", "slot", "exchange 0 release found 2"};
  EXPECT_EQ(Journal::of([&] { taken = cell_->take_waker(); }), expected);
  ASSERT_TRUE(taken.has_value());
  EXPECT_FALSE(cell_->take_waker().has_value());
  cell_->wake();
  EXPECT_EQ(new_.woken(), 0);
  EXPECT_EQ(Journal::of([&] { taken->wake(); }), Entries{"wake new"});
}

TEST_F(AtomicWakerTest, take_waker_from_a_cell_without_one_gives_nothing) {
  const Entries expected = {"fetch_or 2 acq_rel found 0", "slot", "exchange 0 release found 2"};
  EXPECT_EQ(Journal::of([&] { EXPECT_FALSE(cell_->take_waker().has_value()); }), expected);
}

// Row "wake / take_waker finds anything else"; REGISTERING (± WAKING) is above.

TEST_F(AtomicWakerTest, wake_and_take_during_a_wake_take_one_step_and_nothing_else) {
  register_old();
  HookPlatform::interrupt_after_step(1, [&] {
    cell_->wake();
    EXPECT_FALSE(cell_->take_waker().has_value());
  });
  const Entries expected = {"fetch_or 2 acq_rel found 0",   "  fetch_or 2 acq_rel found 2",
                            "  fetch_or 2 acq_rel found 2", "slot",
                            "exchange 0 release found 2",   "wake old"};
  EXPECT_EQ(Journal::of([&] { cell_->wake(); }), expected);
}

// The end of a cell.

TEST_F(AtomicWakerTest, a_cell_that_ends_drops_its_waker_once) {
  cell_->register_waker(new_.waker());
  EXPECT_EQ(Journal::of([&] { cell_.reset(); }), (Entries{"drop new"}));
}

TEST_F(AtomicWakerTest, a_cell_that_ends_without_a_waker_calls_nothing) {
  cell_->register_waker(new_.waker());
  cell_->wake();
  EXPECT_EQ(Journal::of([&] { cell_.reset(); }), Entries{});
}

}  // namespace
}  // namespace awlab
