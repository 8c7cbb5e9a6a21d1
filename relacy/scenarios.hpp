// The scenarios on Relacy, compiled once for all subjects.
#ifndef AWLAB_RELACY_SCENARIOS_HPP_
#define AWLAB_RELACY_SCENARIOS_HPP_

#include <string_view>

#include "core/scenario/scenario.hpp"

namespace awlab::relacy {

/// The function that makes the scenario `name`, or null. It constructs the scenario in storage of
/// kScenarioStorage; the caller destroys it, and the table in the setup must outlive it.
Scenario* (*find_maker(std::string_view name))(void* where, const Setup& setup);

}  // namespace awlab::relacy

#endif  // AWLAB_RELACY_SCENARIOS_HPP_
