#include "relacy/relacy_plan.hpp"

#include <algorithm>
#include <array>

namespace awlab::relacy {
namespace {

// Only these full searches end within a minute beyond N = 2; the others have more atomic steps.
constexpr std::array<std::string_view, 2> kFullWithThree = {"basic", "reentrant"};

}  // namespace

RelacyItem suited(const ScenarioInfo& scenario, int producers) {
  // Their full search may take hours.
  if (scenario.repeats || (scenario.name == "repoll" && producers > 1)) {
    return {.scenario = &scenario,
            .producers = producers,
            .search = Search::kRandom,
            .executions = kRandomExecutions};
  }
  const bool small =
      producers <= 2 || (producers == 3 && std::ranges::count(kFullWithThree, scenario.name) > 0);
  if (small) {
    return {.scenario = &scenario, .producers = producers, .search = Search::kFull};
  }
  if (producers == 3) {
    return {.scenario = &scenario, .producers = producers, .search = Search::kBound};
  }
  return {.scenario = &scenario,
          .producers = producers,
          .search = Search::kRandom,
          .executions = kRandomExecutions};
}

std::vector<RelacyItem> plan(Size size) {
  const int most = size == Size::kQuick ? 2 : 4;
  std::vector<RelacyItem> items;
  std::vector<RelacyItem> last;  // take longer than all others together: doubt comes late
  // Small searches come first: errors show early, and a short budget covers the most.
  for (int n = 0; n <= most; ++n) {
    for (const ScenarioInfo& scenario : kScenarios) {
      if (scenario.min_producers <= n && n <= scenario.max_producers()) {
        const RelacyItem item = suited(scenario, n);
        (n > 2 && item.search == Search::kFull ? last : items).push_back(item);
      }
    }
  }
  items.insert(items.end(), last.begin(), last.end());
  return items;
}

}  // namespace awlab::relacy
