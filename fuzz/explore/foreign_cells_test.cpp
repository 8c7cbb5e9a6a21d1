// The judge on cells of other designs: right ones pass every scenario of what they promise, and
// each wrong one is found for what is wrong with it.
#include "core/testing/foreign_cells.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

#include "core/scenario/scenario_info.hpp"
#include "core/subjects/subject_module.hpp"
#include "fuzz/explore/explorer.hpp"
#include "fuzz/machine/platform.hpp"
#include "fuzz/machine/scenarios.hpp"

namespace awlab::explore {
namespace {

using foreign::LockedCell;
using foreign::LockedDesign;
using foreign::NodeCell;
using foreign::TwoLeaksCell;
using machine::MachinePlatform;
using Found = std::map<std::string, Violation>;

template <LockedDesign kDesign>
using Locked = LockedCell<MachinePlatform, kDesign>;

constexpr int kProducers = 2;
constexpr std::uint64_t kMostStates = 300'000;

// The first violation of each scenario that is tried on such a cell, by the scenario's name. More
// steps than promised stand only where nothing else is wrong.
template <class Cell>
Found explore() {
  Found found;
  for (const ScenarioInfo& info : kScenarios) {
    if (!meets(kPromises<Cell>, info.demand)) continue;
    const int most = std::min(kProducers, info.max_producers());
    for (int n = info.min_producers; n <= most; ++n) {
      machine::Machine machine(machine::scenario_program(kCellTable<Cell>, info.name, n));
      const ExploreOutcome outcome =
          Explorer(machine,
                   {.alike_from = info.interchangeable ? info.consumers : kMaxSimulatedThreads,
                    .most_states = kMostStates})
              .run();
      EXPECT_TRUE(outcome.finished || outcome.bounded || outcome.violation) << info.name;
      if (!outcome.violation) continue;
      Violation& first =
          found.try_emplace(std::string(info.name), *outcome.violation).first->second;
      if (first.kind == Kind::kStepBound) first = *outcome.violation;
    }
  }
  return found;
}

template <class Cell>
void expect_right() {
  for (const auto& [scenario, violation] : explore<Cell>()) {
    ADD_FAILURE() << scenario << ": " << to_string(violation.kind) << ": " << violation.actual;
  }
}

void expect(const Found& found, const std::string& scenario, Property property, Kind kind) {
  const auto there = found.find(scenario);
  ASSERT_NE(there, found.end()) << "nothing was found in " << scenario;
  EXPECT_EQ(info(there->second.property).id, info(property).id) << scenario << there->second.actual;
  EXPECT_EQ(to_string(there->second.kind), to_string(kind)) << scenario << there->second.actual;
}

constexpr Promises kPermit{.wake_without_waker = WakeWithoutWaker::kRemembered};
// It clones under its lock.
constexpr Promises kKeeps{.woken_waker = WokenWaker::kKept, .reentrant = false};
constexpr Promises kEvery{.registrars = Registrars::kEveryOneIsWoken,
                          .replaced_waker = ReplacedWaker::kWoken};
constexpr Promises kLast{.registrars = Registrars::kLastStands};
constexpr Promises kFreed{.cell_end = CellEnd::kByWokenTask};
constexpr Promises kLockFree{.steps = Steps::lock_free()};

TEST(ForeignCells, a_right_cell_with_a_lock_passes) { expect_right<Locked<LockedDesign{}>>(); }

TEST(ForeignCells, a_right_cell_that_compares_wakers_passes) {
  expect_right<Locked<LockedDesign{.compares = true}>>();
}

TEST(ForeignCells, a_right_cell_with_nodes_on_the_heap_passes) {
  expect_right<NodeCell<MachinePlatform, false>>();
}

TEST(ForeignCells, a_right_cell_passes_by_what_it_promises) {
  expect_right<Locked<LockedDesign{.promises = kPermit, .remembers = true}>>();
  expect_right<Locked<LockedDesign{.promises = kKeeps, .keeps = true}>>();
  expect_right<Locked<LockedDesign{.promises = kEvery, .wakes_replaced = true}>>();
  expect_right<Locked<LockedDesign{.promises = kLast}>>();
  expect_right<Locked<LockedDesign{.promises = kFreed}>>();
}

TEST(ForeignCells, a_broken_promise_is_found_where_it_is_tried) {
  expect(
      explore<
          Locked<LockedDesign{.promises = kPermit, .remembers = true, .forgets_permit = true}>>(),
      "permit", Property::kP5, Kind::kStuckState);
  expect(explore<Locked<LockedDesign{.promises = kKeeps}>>(), "kept", Property::kP5,
         Kind::kStuckState);
  expect(explore<Locked<LockedDesign{.promises = kEvery}>>(), "registrars_told", Property::kP1,
         Kind::kMissedWakeup);
  expect(explore<Locked<LockedDesign{.promises = kLockFree}>>(), "basic", Property::kP8,
         Kind::kStepBound);
  expect(explore<Locked<LockedDesign{.promises = kFreed, .wakes_under_lock = true}>>(),
         "freed_by_woken", Property::kP10, Kind::kDataRace);
}

TEST(ForeignCells, a_waker_that_is_there_already_must_still_be_woken) {
  const Found found = explore<Locked<LockedDesign{.compares = true, .stays_locked = true}>>();
  EXPECT_TRUE(found.contains("repoll"));
  EXPECT_FALSE(found.contains("migrate")) << "only between clones of one waker";
}

TEST(ForeignCells, a_registration_by_value_is_one) {
  const Found found = explore<Locked<LockedDesign{.ignores_by_value = true}>>();
  EXPECT_TRUE(found.contains("by_value"));
  EXPECT_FALSE(found.contains("migrate"));
}

TEST(ForeignCells, a_registration_forgotten_once_in_sixteen_is_found) {
  EXPECT_TRUE(explore<Locked<LockedDesign{.counts_to = 8}>>().contains("many_registrations"));
  EXPECT_TRUE(explore<Locked<LockedDesign{.counts_to = 16}>>().contains("many_registrations"));
}

TEST(ForeignCells, an_empty_waker_is_not_one) {
  expect(explore<Locked<LockedDesign{.hands_out_nothing = true}>>(), "failed_wake", Property::kP2,
         Kind::kWakerLifetime);
}

TEST(ForeignCells, a_waker_left_in_a_cell_that_ends_is_a_leak) {
  expect(explore<Locked<LockedDesign{.leaks_at_end = true}>>(), "destroy", Property::kP2,
         Kind::kWakerLifetime);
}

TEST(ForeignCells, too_many_steps_hide_no_lost_wakeup) {
  expect(explore<NodeCell<MachinePlatform, true, true>>(), "basic", Property::kP1,
         Kind::kMissedWakeup);
  // With one producer nothing is lost, and the steps are what is wrong.
  expect(explore<NodeCell<MachinePlatform, true, true>>(), "failed_wake", Property::kP8,
         Kind::kStepBound);
}

TEST(ForeignCells, two_bugs_are_found_in_two_scenarios) {
  const Found found = explore<TwoLeaksCell<MachinePlatform>>();
  expect(found, "destroy", Property::kP2, Kind::kWakerLifetime);
  expect(found, "migrate", Property::kP2, Kind::kWakerLifetime);
  EXPECT_NE(found.at("destroy").actual, found.at("migrate").actual);
}

}  // namespace
}  // namespace awlab::explore
