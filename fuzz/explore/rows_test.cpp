// The rows of the protocol's table that the executions of our cell go through.
#include "core/contract/rows.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "core/atomic_waker.hpp"
#include "core/scenario/scenario_info.hpp"
#include "core/support/as_size.hpp"
#include "fuzz/explore/explorer.hpp"
#include "fuzz/machine/platform.hpp"
#include "fuzz/machine/scenarios.hpp"

namespace awlab::explore {
namespace {

using machine::MachinePlatform;

Counts explore(std::string_view scenario, int producers) {
  machine::Machine machine(
      machine::scenario_program(kCellTable<AtomicWaker<MachinePlatform>>, scenario, producers));
  const ExploreOutcome outcome = Explorer(machine, {}).run();
  EXPECT_TRUE(outcome.finished) << scenario << ' ' << producers;
  return outcome.counts;
}

// By hand, by the order of the steps on the state: register is a compare-exchange c1 and then c2,
// or an exchange x where c2 fails; wake is a fetch_or o, and an exchange w if it owns the slot.
//   c1 c2 o w  register_on_waiting, wake_on_waiting; the look may miss the publication: two graphs
//   o w c1 c2  register_on_waiting, wake_on_waiting; c1 acquired what w released: the look sees it
//   o c1 w     register_on_waking,  wake_on_waiting; likewise, from o
//   c1 o c2 x  register_contended,  wake_on_registering; likewise, by c2
// c1 can read nothing older in the last three: a read-modify-write reads the write before it.
TEST(Rows, the_five_executions_of_basic_go_through_what_is_derived_by_hand) {
  const Counts counts = explore("basic", 1);
  ASSERT_EQ(counts.complete, 5U);
  RowCounts expected{};
  expected[as_size(Row::kRegisterOnWaiting)] = 3;
  expected[as_size(Row::kWakeOnWaiting)] = 4;
  expected[as_size(Row::kRegisterOnWaking)] = 1;
  expected[as_size(Row::kRegisterContended)] = 1;
  expected[as_size(Row::kWakeOnRegistering)] = 1;
  EXPECT_EQ(counts.rows, expected);
}

// An execution that a bound on polls cuts short is not counted.
TEST(Rows, the_scenarios_go_through_every_row) {
  RowCounts rows{};
  for (const ScenarioInfo& scenario : kScenarios) {
    if (!meets(kPromises<AtomicWaker<MachinePlatform>>, scenario.demand)) continue;
    const int most = std::min(2, scenario.max_producers());
    for (int producers = scenario.min_producers; producers <= most; ++producers) {
      add_counts(rows, explore(scenario.name, producers).rows);
    }
  }
  for (std::size_t i = 0; i < kRows.size(); ++i) EXPECT_GT(rows[i], 0U) << kRows[i].name;
}

}  // namespace
}  // namespace awlab::explore
