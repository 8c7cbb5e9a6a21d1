// The plan of the lane: the scenarios that it explores, each with a number of producers.
#ifndef AWLAB_FUZZ_EXPLORE_EXPLORE_PLAN_HPP_
#define AWLAB_FUZZ_EXPLORE_EXPLORE_PLAN_HPP_

#include <vector>

#include "core/scenario/scenario_info.hpp"
#include "core/subjects/subject_module.hpp"
#include "fuzz/explore/explore_options.hpp"

namespace awlab::explore {

struct ExploreItem {
  const ScenarioInfo* scenario;
  int producers;
};

/// The plan that these options ask for on `subject`, of what it promises. Smaller programs come
/// first: their violations show early, and the explanations are short.
std::vector<ExploreItem> plan(const ExploreOptions& options, const SubjectModule& subject);

}  // namespace awlab::explore

#endif  // AWLAB_FUZZ_EXPLORE_EXPLORE_PLAN_HPP_
