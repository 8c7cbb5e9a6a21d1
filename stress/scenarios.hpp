// The scenarios of this lane, compiled once for all subjects.
#ifndef AWLAB_STRESS_SCENARIOS_HPP_
#define AWLAB_STRESS_SCENARIOS_HPP_

#include "core/scenario/program.hpp"
#include "core/scenario/scenario.hpp"
#include "core/subjects/subject_module.hpp"
#include "stress/stress_plan.hpp"

namespace awlab::stress {

/// Constructs the scenario of `item` with cells of `subject` in `where` (of kScenarioStorage); the
/// caller destroys it. The scenario `program` runs `program`, which must outlive it, as must
/// `subject`.
Scenario* make_scenario(const PlayItem& item, const SubjectModule& subject, const Program& program,
                        void* where);

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_SCENARIOS_HPP_
