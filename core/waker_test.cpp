// Waker alone: the promises of an owning handle, whatever holds it.
#include "core/waker.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <type_traits>
#include <utility>

#include "core/testing/test_waker.hpp"

namespace awlab {
namespace {

using Entries = Journal::Entries;

static_assert(std::is_nothrow_default_constructible_v<Waker>);
static_assert(std::is_nothrow_constructible_v<Waker, void*, const WakerVTable&>);
static_assert(std::is_nothrow_destructible_v<Waker> && std::is_nothrow_swappable_v<Waker>);
static_assert(!std::is_nothrow_copy_assignable_v<Waker>);
static_assert(std::is_constructible_v<bool, Waker> && !std::convertible_to<Waker, bool>);
// A table cannot be made with a drop that may throw.
static_assert(!std::is_convertible_v<void (*)(void*), decltype(WakerVTable::drop)>);
static_assert(std::is_aggregate_v<WakerVTable>);

TEST(WakerTest, an_empty_waker_owns_nothing) {
  const Entries calls = Journal::of([] {
    const Waker empty;
    EXPECT_FALSE(empty);
    const Waker clone = empty;
    EXPECT_FALSE(clone);
    Waker assigned;
    assigned = empty;
    EXPECT_FALSE(assigned);
    Waker moved = std::move(assigned);
    EXPECT_FALSE(moved);
  });
  EXPECT_EQ(calls, Entries{});
}

TEST(WakerTest, a_waker_drops_its_handle_when_it_ends) {
  TestTask task("task");
  const Entries calls = Journal::of([&] {
    const Waker waker = task.waker();
    EXPECT_TRUE(waker);
  });
  EXPECT_EQ(calls, Entries{"drop task"});
}

TEST(WakerTest, a_copy_is_a_handle_of_its_own) {
  TestTask task("task");
  {
    const Waker waker = task.waker();
    const Entries calls = Journal::of([&] {
      Waker copy = waker;
      EXPECT_EQ(task.live_handles(), 2);
      copy.wake();
    });
    EXPECT_EQ(calls, (Entries{"clone task", "wake task"}));
    EXPECT_EQ(task.live_handles(), 1);
    EXPECT_TRUE(waker);
  }
}

TEST(WakerTest, a_throwing_clone_makes_no_handle) {
  TestTask task("task");
  const Waker waker = task.waker();
  task.throw_from_next(Call::kClone);
  EXPECT_EQ(thrown_by([&] { const Waker copy = waker; }), "clone task");
  EXPECT_EQ(task.live_handles(), 1);
  EXPECT_TRUE(waker);
}

TEST(WakerTest, a_move_hands_the_handle_over_without_a_call) {
  TestTask task("task");
  Waker from = task.waker();
  Waker to;
  const Entries calls = Journal::of([&] {
    Waker between = std::move(from);
    to = std::move(between);
    EXPECT_FALSE(between);  // NOLINT(bugprone-use-after-move): empty, as the header promises
  });
  EXPECT_EQ(calls, Entries{});
  EXPECT_FALSE(from);
  EXPECT_TRUE(to);
}

TEST(WakerTest, a_move_assignment_drops_the_replaced_handle) {
  TestTask old("old");
  TestTask fresh("new");
  Waker waker = old.waker();
  const Entries calls = Journal::of([&] { waker = fresh.waker(); });
  EXPECT_EQ(calls, Entries{"drop old"});
  Waker source = fresh.waker();
  EXPECT_EQ(Journal::of([&] { waker = std::move(source); }), Entries{"drop new"});
  EXPECT_FALSE(source);
  EXPECT_EQ(Journal::of([&] { waker = Waker(); }), Entries{"drop new"});
  EXPECT_FALSE(waker);
}

TEST(WakerTest, a_copy_assignment_clones_before_it_drops) {
  TestTask old("old");
  TestTask fresh("new");
  Waker waker = old.waker();
  const Waker source = fresh.waker();
  EXPECT_EQ(Journal::of([&] { waker = source; }), (Entries{"clone new", "drop old"}));
  EXPECT_TRUE(source);
}

TEST(WakerTest, a_copy_assignment_whose_clone_throws_keeps_the_old_handle) {
  TestTask old("old");
  TestTask fresh("new");
  Waker waker = old.waker();
  const Waker source = fresh.waker();
  fresh.throw_from_next(Call::kClone);
  EXPECT_EQ(thrown_by([&] { waker = source; }), "clone new");
  EXPECT_EQ(Journal::of([&] { waker.wake(); }), Entries{"wake old"});
}

TEST(WakerTest, a_drop_that_looks_at_the_assigned_waker_sees_the_new_handle) {
  TestTask old("old");
  TestTask fresh("new");
  Waker waker = old.waker();
  old.inside_next(Call::kDrop, [&] { waker.wake_by_ref(); });
  EXPECT_EQ(Journal::of([&] { waker = fresh.waker(); }),
            (Entries{"drop old", "  wake_by_ref new"}));
}

TEST(WakerTest, an_assignment_to_itself_changes_nothing) {
  TestTask task("task");
  Waker waker = task.waker();
  Waker& same = waker;
  const Entries calls = Journal::of([&] {
    waker = same;
    waker = std::move(same);
  });
  EXPECT_EQ(calls, Entries{});
  EXPECT_TRUE(waker);
}

TEST(WakerTest, wake_uses_the_handle_up) {
  TestTask task("task");
  const Entries calls = Journal::of([&] {
    Waker waker = task.waker();
    // Empty before the task runs, so that a task that destroys its waker does not drop it again.
    task.inside_next(Call::kWake, [&] { EXPECT_FALSE(waker); });
    waker.wake();
    EXPECT_FALSE(waker);
  });
  EXPECT_EQ(calls, Entries{"wake task"});
}

TEST(WakerTest, a_throwing_wake_uses_the_handle_up) {
  TestTask task("task");
  task.throw_from_next(Call::kWake);
  const Entries calls = Journal::of([&] {
    Waker waker = task.waker();
    EXPECT_EQ(thrown_by([&] { waker.wake(); }), "wake task");
    EXPECT_FALSE(waker);
  });
  EXPECT_EQ(calls, Entries{"wake task"});
}

TEST(WakerTest, wake_by_ref_keeps_the_handle_also_when_it_throws) {
  TestTask task("task");
  const Waker waker = task.waker();
  waker.wake_by_ref();
  task.throw_from_next(Call::kWakeByRef);
  EXPECT_EQ(thrown_by([&] { waker.wake_by_ref(); }), "wake_by_ref task");
  EXPECT_EQ(task.count(Call::kWakeByRef), 2);
  EXPECT_EQ(task.live_handles(), 1);
  EXPECT_TRUE(waker);
}

TEST(WakerTest, swap_exchanges_the_handles_without_a_call) {
  TestTask first("first");
  TestTask second("second");
  Waker a = first.waker();
  Waker b = second.waker();
  EXPECT_EQ(Journal::of([&] { a.swap(b); }), Entries{});
  EXPECT_EQ(Journal::of([&] { a.wake(); }), Entries{"wake second"});
  EXPECT_EQ(Journal::of([&] { b.wake(); }), Entries{"wake first"});
}

TEST(WakerTest, will_wake_compares_task_and_means) {
  // Tables without state, so that clones of one task carry equal data.
  static constexpr auto kNothing = [](void*) noexcept {};
  static constexpr WakerVTable kOne = {[](void*) { return RawWaker{nullptr, nullptr}; }, kNothing,
                                       kNothing, kNothing};
  static constexpr WakerVTable kTwo = kOne;
  int task = 0;
  int other_task = 0;
  const Waker waker(&task, kOne);
  EXPECT_TRUE(waker.will_wake(waker));
  EXPECT_TRUE(waker.will_wake(Waker(&task, kOne)));
  EXPECT_FALSE(waker.will_wake(Waker(&other_task, kOne)));
  EXPECT_FALSE(waker.will_wake(Waker(&task, kTwo)));
  EXPECT_FALSE(waker.will_wake(Waker()));
  EXPECT_TRUE(Waker().will_wake(Waker()));
}

#ifndef NDEBUG
TEST(WakerDeathTest, waking_an_empty_waker_stops_a_build_with_assertions) {
  EXPECT_DEATH(Waker().wake(), "vtable_");
  EXPECT_DEATH(Waker().wake_by_ref(), "vtable_");
}
#endif

}  // namespace
}  // namespace awlab
