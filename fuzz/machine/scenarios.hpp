// The scenarios on the machine, compiled once for all subjects.
#ifndef AWLAB_FUZZ_MACHINE_SCENARIOS_HPP_
#define AWLAB_FUZZ_MACHINE_SCENARIOS_HPP_

#include <string_view>

#include "core/scenario/program.hpp"
#include "core/scenario/scenario.hpp"
#include "fuzz/machine/machine.hpp"

namespace awlab::machine {

/// Constructs the scenario `name`, which must exist, in `where` (kScenarioStorage bytes). The
/// caller destroys it. The table of `setup` must outlive it.
Scenario* make_scenario(std::string_view name, void* where, const Setup& setup);

/// The same for the scenario that runs `program`; `program` must outlive it too.
Scenario* make_program(void* where, const CellTable& cell, const awlab::Program& program);

/// The program of a Machine that runs scenario `name`, which must exist. `cell` and `name` must
/// outlive it.
Program scenario_program(const CellTable& cell, std::string_view name, int producers);

}  // namespace awlab::machine

#endif  // AWLAB_FUZZ_MACHINE_SCENARIOS_HPP_
