// The scenarios on the machine, compiled once for all subjects.
#ifndef AWLAB_FUZZ_MACHINE_SCENARIOS_HPP_
#define AWLAB_FUZZ_MACHINE_SCENARIOS_HPP_

#include <string_view>

#include "core/scenario/program.hpp"
#include "core/scenario/scenario.hpp"
#include "fuzz/machine/machine.hpp"

namespace awlab::machine {

/// Constructs the scenario `name`, which there must be, in `where` (of kScenarioStorage); the caller
/// destroys. The table of `setup` must outlive it.
Scenario* make_scenario(std::string_view name, void* where, const Setup& setup);

/// The same for the scenario that runs `program`, which must outlive it too.
Scenario* make_program(void* where, const CellTable& cell, const awlab::Program& program);

/// What a Machine runs: the scenario `name`, which there must be. `cell` and `name` must outlive it.
Program scenario_program(const CellTable& cell, std::string_view name, int producers);

}  // namespace awlab::machine

#endif  // AWLAB_FUZZ_MACHINE_SCENARIOS_HPP_
