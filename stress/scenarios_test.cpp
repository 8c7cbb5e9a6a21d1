// The scenarios of this lane alone, role by role on one thread, with the real cell and with broken
// ones.
#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "stress/handover.hpp"
#include "stress/production.hpp"
#include "stress/random_program.hpp"
#include "stress/round_fixture.hpp"

namespace awlab::stress {
namespace {

/// Keeps no waker.
struct Forgets {
  void register_by_ref(const Waker& /*waker*/) {}
  void register_waker(Waker&& /*waker*/) {}
  void wake() {}
  std::optional<Waker> take_waker() { return std::nullopt; }
};

/// Ignores the first two wakes.
struct Deaf : RealCell {
  void wake() {
    if (++wakes_ > 2) RealCell::wake();
  }
  int wakes_ = 0;
};

/// Wakes its waker with each wake, and keeps it.
struct KeepsForEver {
  void register_by_ref(const Waker& waker) { waker_ = waker; }
  void register_waker(Waker&& waker) { waker_ = std::move(waker); }
  void wake() {
    if (waker_) waker_.wake_by_ref();
  }
  std::optional<Waker> take_waker() { return std::nullopt; }
  Waker waker_;
};

/// Loses handles.
struct Leaks : AtomicWaker<StdPlatform> {
  void register_by_ref(const Waker& waker) {
    new Waker(waker);  // NOLINT: the planted leak
    AtomicWaker<StdPlatform>::register_by_ref(waker);
  }
};

template <class Make>
std::optional<Violation> play_made(std::vector<int> roles, Make&& make) {
  const auto round = std::make_unique<Round>();
  round->build(make);
  for (const int role : roles) round->play(role);
  round->scenario().after();
  std::optional<Violation> violation = round->scenario().violation();
  round->destroy();
  return violation;
}

template <class S>
std::optional<Violation> play(std::vector<int> roles, int producers) {
  return play_made(std::move(roles), [&](void* where) { return ::new (where) S(producers); });
}

template <class Cell>
std::optional<Violation> hand_over(std::vector<int> roles, int producers) {
  return play_made(std::move(roles), [&](void* where) {
    return ::new (where) Handover(Setup{kCellTable<Cell>, producers});
  });
}

using Real = Production<AtomicWaker<StdPlatform>>;

TEST(Production, the_cell_holds) {
  EXPECT_FALSE(play<Real>({0, 1, 2}, 2));
  EXPECT_FALSE(play<Real>({1, 0, 2}, 2));
  EXPECT_FALSE(play<Real>({2, 1, 0}, 2));
}

TEST(Production, a_wake_up_that_is_lost_is_seen) {
  const auto violation = play<Production<Forgets>>({0, 1}, 1);
  ASSERT_TRUE(violation);
  EXPECT_EQ(violation->kind, Kind::kMissedWakeup);
}

TEST(Production, who_saw_all_needs_no_wake_up) {
  const auto violation = play<Production<Forgets>>({1, 0}, 1);
  ASSERT_TRUE(violation);
  EXPECT_EQ(violation->property, Property::kP5);
}

TEST(Production, a_cell_that_does_not_come_to_rest_is_seen) {
  const auto violation = play<Production<KeepsForEver>>({0, 1}, 1);
  ASSERT_TRUE(violation);
  EXPECT_EQ(violation->kind, Kind::kStuckState);
}

TEST(Production, a_handle_that_is_lost_is_seen) {
  const auto violation = play<Production<Leaks>>({0, 1}, 1);
  ASSERT_TRUE(violation);
  EXPECT_EQ(violation->kind, Kind::kWakerLifetime);
}

TEST(Handover, the_moved_half_is_the_same_registrar) {
  EXPECT_FALSE(hand_over<RealCell>({0, 1, 2}, 1));
  EXPECT_FALSE(hand_over<RealCell>({2, 0, 1}, 1));
  // Both halves saw too little, so the second is due a wake-up, which it does not get.
  const auto violation = hand_over<Deaf>({2, 0, 1, 3}, 2);
  ASSERT_TRUE(violation);
  EXPECT_EQ(violation->kind, Kind::kMissedWakeup);
  EXPECT_EQ(violation->waker, 1);
}

TEST(RandomProgram, many_are_different_and_none_sleeps) {
  Random random(1);
  std::vector<Program> programs;
  int several = 0;
  for (int i = 0; i < 500; ++i) {
    const Program& program = programs.emplace_back(random_program(random));
    EXPECT_GE(program.thread_count(), 2);
    for_each_instruction(program, [](const Instruction& instruction) {
      EXPECT_NE(instruction.verb, Verb::kSleep);
      EXPECT_NE(instruction.verb, Verb::kLeave);
    });
    for (const auto& thread : program.threads) {
      EXPECT_LE(thread.size(), Program::kMaxInstructions);
    }
    several += program.thread_count() > 2 ? 1 : 0;
  }
  int alike = 0;
  for (std::size_t i = 1; i < programs.size(); ++i) alike += programs[i] == programs[0] ? 1 : 0;
  EXPECT_EQ(alike, 0);
  EXPECT_GT(several, 100);
}

TEST(RandomProgram, the_seed_decides) {
  Random one(7);
  Random same(7);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(random_program(one), random_program(same));
}

}  // namespace
}  // namespace awlab::stress
