// The plan of the lane: each scenario with its number of producers and kind of search.
#ifndef AWLAB_RELACY_RELACY_PLAN_HPP_
#define AWLAB_RELACY_RELACY_PLAN_HPP_

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/scenario/scenario_info.hpp"
#include "relacy/engine.hpp"

namespace awlab::relacy {

struct RelacyItem {
  const ScenarioInfo* scenario;
  int producers;
  Search search;
  unsigned context_bound = 3;
  std::uint64_t executions = 0;  // of a random search; 0: until the deadline
};

/// The default number of executions of a random search.
inline constexpr std::uint64_t kRandomExecutions = 200'000;

/// The size of the plan. quick: every scenario with N = 1 and 2 in full, a few seconds. standard:
/// more producers too, in full where that ends within a minute, else bounded, else random.
enum class Size { kQuick, kStandard };

std::vector<RelacyItem> plan(Size size);

/// The default search for a scenario with this number of producers.
RelacyItem suited(const ScenarioInfo& scenario, int producers);

}  // namespace awlab::relacy

#endif  // AWLAB_RELACY_RELACY_PLAN_HPP_
