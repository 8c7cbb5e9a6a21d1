// What the lane runs: each scenario with the number of producers and the kind of search.
#ifndef AWLAB_RELACY_PLAN_HPP_
#define AWLAB_RELACY_PLAN_HPP_

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/scenario/scenario_info.hpp"
#include "relacy/engine.hpp"

namespace awlab::relacy {

struct PlanItem {
  const ScenarioInfo* scenario;
  int producers;
  Search search;
  unsigned context_bound = 3;
  std::uint64_t executions = 0;  // of a random search; 0: until the deadline
};

/// How many executions a random search makes when nothing else is said.
inline constexpr std::uint64_t kRandomExecutions = 200'000;

/// How much to run. quick: every scenario with N = 1 and 2 in full, a few seconds. standard: more
/// producers too, in full where that ends within a minute, else bounded, else random.
enum class Size { kQuick, kStandard };

std::vector<PlanItem> plan(Size size);

/// The search that suits a scenario and a number of producers when none was asked for.
PlanItem suited(const ScenarioInfo& scenario, int producers);

}  // namespace awlab::relacy

#endif  // AWLAB_RELACY_PLAN_HPP_
