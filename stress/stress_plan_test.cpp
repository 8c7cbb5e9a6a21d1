#include "stress/stress_plan.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/support/as_size.hpp"

namespace awlab::stress {
namespace {

RowCounts hits_of(Row row, std::uint64_t count) {
  RowCounts rows{};
  rows[as_size(row)] = count;
  return rows;
}

TEST(Plan, all_that_is_promised_is_played_with_every_number_of_producers) {
  const Promises promises{.registrars = Registrars::kLastStands};
  Plan plan(promises, std::nullopt, std::nullopt, 1);
  std::set<std::pair<std::string, int>> played;
  for (std::uint64_t batch = 0; batch < 2000; ++batch) {
    const Plan::Choice choice = plan.next(batch);
    played.emplace(choice.item->scenario->name, choice.item->producers);
    plan.learn(choice, 1000, {});
  }
  std::size_t all = 0;
  const auto count = [&](const ScenarioInfo& info) {
    const bool tried = meets(promises, info.demand);
    all += tried ? as_size(info.max_producers(kMaxThreads) - info.min_producers + 1) : 0;
  };
  for (const ScenarioInfo& info : kScenarios) count(info);
  for (const StressScenario& own : kStressScenarios) count(own.info);
  EXPECT_EQ(played.size(), all);
  EXPECT_TRUE(played.contains({"basic", 8}));
  EXPECT_TRUE(played.contains({"registrars_told", 1}));
  EXPECT_FALSE(played.contains({"permit", 1}));
}

TEST(Plan, what_is_named_is_played_alone) {
  Plan plan({}, "basic", 2, 1);
  for (std::uint64_t batch = 0; batch < 100; ++batch) {
    const Plan::Choice choice = plan.next(batch);
    EXPECT_EQ(choice.item->scenario->name, "basic");
    EXPECT_EQ(choice.item->producers, 2);
  }
}

TEST(Plan, the_spread_that_hits_most_is_used_most) {
  Plan plan({}, "basic", 1, 1);
  std::map<std::size_t, int> used;
  for (std::uint64_t batch = 0; batch < 4000; ++batch) {
    const Plan::Choice choice = plan.next(batch);
    ++used[choice.spread];
    plan.learn(choice, 1000, hits_of(Row::kWakeOnWaking, choice.spread == 5 ? 20 : 1));
  }
  EXPECT_EQ(used.size(), PlayItem::kSpreads);
  EXPECT_GT(used[5], 2000);
}

TEST(Plan, half_of_the_time_goes_to_the_rarest_row) {
  Plan plan({}, std::nullopt, std::nullopt, 1);
  std::uint64_t handover = 0;
  constexpr std::uint64_t kBatches = 20000;
  for (std::uint64_t batch = 0; batch < kBatches; ++batch) {
    const Plan::Choice choice = plan.next(batch);
    const bool rare = choice.item->scenario->name == "handover" && choice.item->producers == 3;
    handover += rare ? 1U : 0U;
    plan.learn(choice, 1000, hits_of(rare ? Row::kWakeThrewOnWaking : Row::kRegisterOnWaiting, 3));
  }
  EXPECT_GT(handover, kBatches / 4);
}

TEST(Plan, the_seed_decides) {
  Plan one({}, std::nullopt, std::nullopt, 1);
  Plan same({}, std::nullopt, std::nullopt, 1);
  Plan other({}, std::nullopt, std::nullopt, 2);
  int differ = 0;
  for (std::uint64_t batch = 0; batch < 50; ++batch) {
    const std::uint64_t seed = one.next(batch).seed;
    EXPECT_EQ(seed, same.next(batch).seed);
    differ += seed == other.next(batch).seed ? 0 : 1;
  }
  EXPECT_EQ(differ, 50);
}

TEST(Cast, each_role_is_played_once_and_by_a_worker_that_is_there) {
  Plan plan({}, "migrate", 8, 1);
  const Plan::Choice choice = plan.next(0);
  for (const int workers : {2, 3, 9}) {
    for (std::size_t index = 0; index < 200; ++index) {
      std::set<int> roles;
      const auto cues = cast(choice, index, 9, workers);
      for (const Cue& cue : cues) {
        roles.insert(cue.role);
        EXPECT_GE(cue.worker, 0);
        EXPECT_LT(cue.worker, workers);
        EXPECT_LE(cue.delay, Plan::most_delay(choice.spread));
      }
      EXPECT_EQ(roles.size(), 9U);
    }
  }
}

// Otherwise nobody would be left to wake it.
TEST(Cast, who_waits_comes_last) {
  for (const auto& [scenario, waiting] : {std::pair{"block_on", 0}, std::pair{"handover", 1}}) {
    Plan plan({}, scenario, 3, 1);
    const Plan::Choice choice = plan.next(0);
    const int roles = choice.item->scenario->consumers + 3;
    std::set<int> before;
    for (std::size_t index = 0; index < 200; ++index) {
      const auto cues = cast(choice, index, roles, 2);
      EXPECT_EQ(cues[as_size(roles - 1)].role, waiting);
      before.insert(cues[0].role);
    }
    EXPECT_EQ(before.size(), as_size(roles - 1));
  }
}

}  // namespace
}  // namespace awlab::stress
