// The numbers of execution graphs of our cell, pinned: one too few is an execution that was missed,
// one too many is one that cannot happen.
//
// Sources of the numbers: basic, migrate N = 2, failed_wake and two_registrars N = 1 are what
// GenMC, an independent model checker, reports for the same programs under RC11. The others were
// counted by this search; by_value equals migrate, as a waker that is given and one that is cloned
// are stored alike; panic_wake equals migrate and panic_clone equals panic_clone_over_old, as
// throwing changes no memory access, and oneshot equals oneshot_sender_drop. block_on depends on
// its bound on polls.
#include <gtest/gtest.h>

#include <algorithm>
#include <cassert>
#include <cstdlib>
#include <iterator>
#include <ostream>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/atomic_waker.hpp"
#include "core/scenario/scenario_info.hpp"
#include "core/support/crash.hpp"
#include "fuzz/explore/explorer.hpp"
#include "fuzz/machine/bodies.hpp"
#include "fuzz/machine/execution.hpp"
#include "fuzz/machine/platform.hpp"
#include "fuzz/machine/scenarios.hpp"

namespace awlab::explore {
namespace {

using machine::MachinePlatform;

struct Count {
  std::string_view scenario;
  int producers;
  std::uint64_t complete;
  std::uint64_t cut;

  // In test names, which must not depend on addresses.
  friend std::ostream& operator<<(std::ostream& out, const Count& count) {
    return out << count.scenario << ' ' << count.producers;
  }
};

constexpr Count kCounts[] = {
    {"basic", 1, 5, 0},
    {"basic", 2, 76, 0},
    {"basic", 3, 2124, 0},
    {"basic", 4, 94896, 0},
    {"migrate", 1, 13, 0},
    {"migrate", 2, 338, 0},
    {"migrate", 3, 14106, 0},
    {"failed_wake", 1, 9, 0},
    {"two_registrars", 1, 23, 0},
    {"two_registrars", 2, 204, 0},
    {"panic_clone", 1, 9, 0},
    {"panic_clone", 2, 186, 0},
    {"panic_clone_over_old", 1, 9, 0},
    {"panic_clone_over_old", 2, 186, 0},
    {"panic_wake", 1, 13, 0},
    {"panic_wake", 2, 338, 0},
    {"reentrant", 1, 5, 0},
    {"reentrant", 2, 108, 0},
    {"reentrant_wake_in_wake", 1, 6, 0},
    {"reentrant_wake_in_wake", 2, 162, 0},
    {"reentrant_wake_in_clone", 1, 7, 0},
    {"reentrant_wake_in_clone", 2, 112, 0},
    {"reentrant_register_in_drop", 1, 12, 0},
    {"reentrant_register_in_drop", 2, 250, 0},
    {"block_on", 1, 6, 0},
    {"block_on", 2, 268, 18},
    {"oneshot", 1, 5, 0},
    {"oneshot", 2, 46, 0},
    {"oneshot_sender_drop", 1, 5, 0},
    {"oneshot_sender_drop", 2, 46, 0},
    {"oneshot_receiver_cancel", 1, 8, 0},
    {"oneshot_receiver_cancel", 2, 130, 0},
    {"destroy", 0, 1, 0},
    {"by_value", 1, 13, 0},
    {"by_value", 2, 338, 0},
    {"repoll", 1, 26, 0},
    {"repoll", 2, 1058, 0},
    {"many_registrations", 1, 1293, 0},
    {"many_wakes", 1, 125529, 0},
    {"panic_clone_after_look", 1, 12, 0},
    {"panic_clone_after_look", 2, 288, 0},
    {"panic_both", 1, 9, 0},
    {"panic_both", 2, 186, 0},
    {"freed_by_woken", 1, 4, 0},
};

ExploreOutcome explore(const Count& count, const ExplorerOptions& options = {}) {
  machine::Machine machine(machine::scenario_program(kCellTable<AtomicWaker<MachinePlatform>>,
                                                     count.scenario, count.producers));
  return Explorer(machine, options).run();
}

class Counts : public testing::TestWithParam<Count> {};
using LikeProducers = Counts;

TEST_P(Counts, search_finds_exactly_these_executions) {
  const Count& count = GetParam();
  const ExploreOutcome outcome = explore(count);
  EXPECT_TRUE(outcome.finished);
  EXPECT_FALSE(outcome.violation) << outcome.violation->actual;
  EXPECT_EQ(outcome.counts.complete, count.complete);
  EXPECT_EQ(outcome.counts.cut, count.cut);
}

// No producer can be mistaken for another: each begins with a read-modify-write of its own.
TEST_P(LikeProducers, symmetry_divides_by_exactly_the_number_of_renamings) {
  const Count& count = GetParam();
  const ScenarioInfo& scenario = *find_scenario(count.scenario);
  std::uint64_t renamings = 1;
  for (int n = 2; n <= count.producers; ++n) renamings *= static_cast<std::uint64_t>(n);
  const ExploreOutcome outcome = explore(count, {.alike_from = scenario.consumers});
  EXPECT_TRUE(outcome.finished);
  EXPECT_EQ(outcome.counts.complete * renamings, count.complete);
  EXPECT_EQ(outcome.counts.cut * renamings, count.cut);
  RowCounts rows = outcome.counts.rows;
  for (std::uint64_t& row : rows) row *= renamings;
  EXPECT_EQ(rows, explore(count).counts.rows);
}

TEST_P(Counts, shards_add_up_and_each_does_its_part) {
  const Count& count = GetParam();
  const ExploreOutcome whole = explore(count);
  for (const unsigned shards : {2U, 3U, 7U}) {
    std::uint64_t complete = 0;
    std::uint64_t cut = 0;
    std::uint64_t states = 0;
    std::uint64_t edges = 0;
    RowCounts rows{};
    for (unsigned shard = 0; shard < shards; ++shard) {
      const ExploreOutcome outcome = explore(count, {.shard = shard, .shards = shards});
      EXPECT_TRUE(outcome.finished);
      complete += outcome.counts.complete;
      cut += outcome.counts.cut;
      states += outcome.counts.states;
      edges += outcome.counts.edges;
      add_counts(rows, outcome.counts.rows);
    }
    EXPECT_EQ(complete, count.complete) << shards << " shards";
    EXPECT_EQ(cut, count.cut) << shards << " shards";
    EXPECT_EQ(states, whole.counts.states) << shards << " shards";
    EXPECT_EQ(edges, whole.counts.edges) << shards << " shards";
    EXPECT_EQ(rows, whole.counts.rows) << shards << " shards";
  }
}

std::vector<Count> with_like_producers() {
  std::vector<Count> counts;
  std::ranges::copy_if(kCounts, std::back_inserter(counts), [](const Count& count) {
    return find_scenario(count.scenario)->interchangeable;
  });
  return counts;
}

std::string name(const testing::TestParamInfo<Count>& instance) {
  return std::string(instance.param.scenario) + "_" + std::to_string(instance.param.producers);
}

INSTANTIATE_TEST_SUITE_P(, Counts, testing::ValuesIn(kCounts), &name);
INSTANTIATE_TEST_SUITE_P(, LikeProducers, testing::ValuesIn(with_like_producers()), &name);

TEST(Counted, every_scenario_is_counted) {
  for (const ScenarioInfo& scenario : kScenarios) {
    if (!meets(kPromises<AtomicWaker<MachinePlatform>>, scenario.demand)) continue;
    const int expected = std::min(2, scenario.max_producers()) - scenario.min_producers + 1;
    EXPECT_GE(std::ranges::count(kCounts, scenario.name, &Count::scenario), expected)
        << scenario.name;
  }
}

// A crash leaves memory, exceptions and a stack in the middle of everything.
TEST(Crashes, ten_thousand_in_one_process_change_nothing_for_the_next_execution) {
  if (!kTakesSignals) GTEST_SKIP() << "the sanitizer reports crashes";
  static int* volatile nowhere = nullptr;
  static volatile int deed = 0;
  const ExploreOutcome before = explore({"basic", 2, 76, 0});
  const std::vector<machine::Body> bodies(2, [](machine::Shared& shared) {
    const std::vector<int> numbers(100);
    shared.x.fetch_add(1, std::memory_order_relaxed);
    try {
      throw std::runtime_error("held");
    } catch (const std::runtime_error&) {
      if (shared.x.fetch_add(1, std::memory_order_relaxed) < 2) return;
      deed = deed + 1;
      if (deed % 3 == 0) std::abort();
      if (deed % 3 == 1) *nowhere = 1;
      assert(deed < 0);
    }
  });
  {
    machine::Machine machine(machine::program_of(bodies));
    machine::Execution execution(machine);
    machine::RandomDecisions decisions(1);
    for (int i = 0; i < 10'000; ++i) {
      const std::optional<Violation> violation = execution.run(decisions);
      ASSERT_TRUE(violation);
      ASSERT_EQ(violation->kind, Kind::kCrash);
    }
  }
  const ExploreOutcome after = explore({"basic", 2, 76, 0});
  EXPECT_TRUE(after.finished);
  EXPECT_EQ(after.counts.complete, 76U);
  EXPECT_EQ(after.counts.rows, before.counts.rows);
  EXPECT_EQ(after.counts.states, before.counts.states);
  EXPECT_EQ(after.counts.executions, before.counts.executions);
}

}  // namespace
}  // namespace awlab::explore
