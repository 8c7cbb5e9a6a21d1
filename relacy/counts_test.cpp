// Pinned numbers of executions in full searches of our cell. The test fails if a search silently
// covers less, or if a scenario changes.
//
// The numbers follow from Relacy's search tree. It has a choice of thread before each atomic
// operation, and at each thread's end while more than one thread can run; and a choice of two
// values at each load that may be stale. It prunes nothing, so the number grows with the
// interleavings.
//   basic N = 2 and 3 were measured independently for the same program under plain Relacy;
//     basic N = 1 is the same tree with one producer less.
//   panic_wake equals migrate: throwing changes no memory access.
//   by_value equals migrate: a waker that is given is stored as a clone is.
//   panic_both equals panic_clone_over_old: a wake that throws changes no memory access.
//   panic_clone equals panic_clone_over_old: it does not matter which of the two clones throws.
//   oneshot and oneshot_sender_drop agree, and for N = 1 with basic: the flag stands for num.
//   The others were counted once and are pinned as regressions; block_on depends on its poll bound.
#include <gtest/gtest.h>

#include <ostream>

#include "relacy/engine.hpp"
#include "relacy/platform.hpp"
// Must come after Relacy's headers.
#include "core/atomic_waker.hpp"
#include "core/scenario/scenario_info.hpp"
#include "relacy/scenarios.hpp"

namespace awlab::relacy {
namespace {

struct Count {
  std::string_view scenario;
  int producers;
  std::uint64_t executions;
  std::uint64_t cut;

  // Printed in test names, which must not depend on addresses.
  friend std::ostream& operator<<(std::ostream& out, const Count& count) {
    return out << count.scenario << ' ' << count.producers;
  }
};

constexpr Count kCounts[] = {
    {"basic", 1, 84, 0},
    {"basic", 2, 23778, 0},
    {"migrate", 1, 419, 0},
    {"migrate", 2, 320928, 0},
    {"failed_wake", 1, 201, 0},
    {"two_registrars", 1, 552, 0},
    {"two_registrars", 2, 42036, 0},
    {"panic_clone", 1, 201, 0},
    {"panic_clone", 2, 97948, 0},
    {"panic_clone_over_old", 1, 201, 0},
    {"panic_clone_over_old", 2, 97948, 0},
    {"panic_wake", 1, 419, 0},
    {"panic_wake", 2, 320928, 0},
    {"reentrant", 1, 29, 0},
    {"reentrant", 2, 10426, 0},
    {"reentrant_wake_in_wake", 1, 128, 0},
    {"reentrant_wake_in_wake", 2, 80824, 0},
    {"reentrant_wake_in_clone", 1, 177, 0},
    {"reentrant_wake_in_clone", 2, 71942, 0},
    {"reentrant_register_in_drop", 1, 384, 0},
    {"reentrant_register_in_drop", 2, 259400, 0},
    {"block_on", 1, 84, 0},
    {"block_on", 2, 133970, 9924},
    {"oneshot", 1, 84, 0},
    {"oneshot", 2, 106759, 0},
    {"oneshot_sender_drop", 1, 84, 0},
    {"oneshot_sender_drop", 2, 106759, 0},
    {"oneshot_receiver_cancel", 1, 158, 0},
    {"oneshot_receiver_cancel", 2, 272882, 0},
    {"destroy", 0, 1, 0},
    {"by_value", 1, 419, 0},
    {"by_value", 2, 320928, 0},
    {"repoll", 1, 1335, 0},
    {"panic_clone_after_look", 1, 202, 0},
    {"panic_clone_after_look", 2, 94926, 0},
    {"panic_both", 1, 201, 0},
    {"panic_both", 2, 97948, 0},
    {"freed_by_woken", 1, 14, 0},
};

void expect_count(const Count& count) {
  const ScenarioInfo& scenario = *find_scenario(count.scenario);
  const SearchOutcome outcome = run({find_maker(count.scenario),
                                     {kCellTable<AtomicWaker<RelacyPlatform>>, count.producers},
                                     scenario.consumers + count.producers},
                                    {});
  EXPECT_TRUE(outcome.complete);
  EXPECT_FALSE(outcome.violation) << outcome.violation->actual;
  EXPECT_EQ(outcome.executions, count.executions);
  EXPECT_EQ(outcome.cut, count.cut);
}

class Counts : public testing::TestWithParam<Count> {};

TEST_P(Counts, full_search_makes_exactly_these_executions) { expect_count(GetParam()); }

INSTANTIATE_TEST_SUITE_P(, Counts, testing::ValuesIn(kCounts), [](const auto& instance) {
  return std::string(instance.param.scenario) + "_" + std::to_string(instance.param.producers);
});

// A test of its own, because it takes most of a minute.
TEST(LongCounts, basic_3) { expect_count({"basic", 3, 16'438'860, 0}); }

TEST(Counted, every_scenario_is_counted) {
  for (const ScenarioInfo& scenario : kScenarios) {
    if (!meets(kPromises<AtomicWaker<RelacyPlatform>>, scenario.demand)) continue;
    if (scenario.repeats) continue;  // its full search takes minutes
    const int most = scenario.name == "repoll" ? 1 : 2;
    const int expected = std::min(most, scenario.max_producers()) - scenario.min_producers + 1;
    EXPECT_EQ(std::ranges::count(kCounts, scenario.name, &Count::scenario), expected)
        << scenario.name;
  }
}

}  // namespace
}  // namespace awlab::relacy
