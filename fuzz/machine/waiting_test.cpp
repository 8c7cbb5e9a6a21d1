// Threads that wait on the machine: parked for a permit, or yielding for something new.
#include <gtest/gtest.h>

#include <vector>

#include "fuzz/machine/bodies.hpp"

namespace awlab::machine {
namespace {

using P = MachinePlatform;

constexpr auto kRelaxed = std::memory_order_relaxed;

TEST(Machine, who_waits_for_a_permit_that_never_comes_is_deadlocked) {
  EXPECT_EQ(run({[](Shared& shared) { shared.parker.park(); }}).kinds,
            std::vector{Kind::kDeadlock});
  const Body park = [](Shared& shared) { shared.parker.park(); };
  const Body unpark = [](Shared& shared) { shared.parker.unpark(); };
  EXPECT_EQ(run({park, unpark}).finished, 300);
}

TEST(Machine, parking_orders_no_memory) {
  const Seen seen = run({[](Shared& shared) {
                           shared.parker.park();
                           P::check(shared.x.load(kRelaxed) == 1);
                         },
                         [](Shared& shared) {
                           shared.x.store(1, kRelaxed);
                           shared.parker.unpark();
                         }});
  EXPECT_EQ(seen.kinds, std::vector{Kind::kCrash});
}

TEST(Machine, a_yielding_loop_waits_and_a_busy_one_is_a_finding) {
  const Body set = [](Shared& shared) { shared.x.store(1, kRelaxed); };
  const Body wait = [](Shared& shared) {
    while (shared.x.load(kRelaxed) == 0) P::yield();
  };
  EXPECT_EQ(run({wait, set}).finished, 300);
  EXPECT_EQ(run({wait}).kinds, std::vector{Kind::kDeadlock});
  const Body spin = [](Shared& shared) {
    while (shared.x.load(kRelaxed) == 0) P::spin_hint();
  };
  EXPECT_EQ(run({spin}).kinds, std::vector{Kind::kStepBound});
  EXPECT_EQ(run({[](Shared& shared) {
              for (;;) shared.data.with([](int value) { return value; });
            }}).kinds,
            std::vector{Kind::kStepBound});
}

TEST(Machine, a_waiting_compare_exchange_and_one_of_two_locations_wait_too) {
  EXPECT_EQ(run({[](Shared& shared) {
              std::size_t expected = 0;
              while (!shared.x.compare_exchange_strong(expected = 1, 2, kRelaxed, kRelaxed)) {
                P::yield();
              }
            }}).kinds,
            std::vector{Kind::kDeadlock});
  EXPECT_EQ(run({[](Shared& shared) {
              while (shared.x.load(kRelaxed) + shared.y.load(kRelaxed) == 0) P::yield();
            }}).kinds,
            std::vector{Kind::kDeadlock});
}

TEST(Machine, a_yield_ends_with_the_next_step) {
  const Seen seen = run({[](Shared& shared) {
    shared.x.load(kRelaxed);
    P::yield();
    shared.y.load(kRelaxed);
    shared.x.load(kRelaxed);  // the same again
  }});
  EXPECT_TRUE(seen.kinds.empty());
  EXPECT_EQ(seen.finished, 300);
}

}  // namespace
}  // namespace awlab::machine
