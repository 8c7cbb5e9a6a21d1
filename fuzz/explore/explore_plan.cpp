#include "fuzz/explore/explore_plan.hpp"

#include <algorithm>

#include "core/faults/catalogue.hpp"

namespace awlab::explore {
namespace {

// The most producers in a standard run, which takes a few seconds.
constexpr int kStandardProducers = 4;
// block_on polls N + 2 times: with more producers it alone would take longer than all the others.
constexpr int kStandardPollers = 3;
// Every fault that must be seen shows with fewer, and a harmless one is proven harmless with these.
constexpr int kVerifiedProducers = 3;

}  // namespace

std::vector<ExploreItem> plan(const ExploreOptions& options, const SubjectModule& subject) {
  std::vector<ExploreItem> items;
  if (const Fault* fault = find_fault(subject.info.name); options.canary && fault != nullptr) {
    for (const std::string& scenario : fault->scenarios) {
      items.push_back({find_scenario(scenario), fault->producers});
    }
    return items;
  }
  const int most = options.verify ? kVerifiedProducers : kStandardProducers;
  const int first = options.producers.value_or(0);
  const int last = options.producers.value_or(most);
  for (int producers = first; producers <= last; ++producers) {
    for (const ScenarioInfo& scenario : kScenarios) {
      const bool wanted = options.scenario
                              ? scenario.name == *options.scenario
                              : scenario.name != "block_on" || options.producers.has_value() ||
                                    producers <= kStandardPollers;
      if (wanted && meets(subject.cell->promises, scenario.demand) &&
          scenario.min_producers <= producers && producers <= scenario.max_producers()) {
        items.push_back({&scenario, producers});
      }
    }
  }
  return items;
}

}  // namespace awlab::explore
