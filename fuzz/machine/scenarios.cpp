#include "fuzz/machine/scenarios.hpp"

#include "core/scenario/programmed.hpp"
#include "core/scenario/scenario_list.hpp"
#include "fuzz/machine/platform.hpp"

namespace awlab::machine {

Scenario* make_scenario(std::string_view name, void* where, const Setup& setup) {
  return ScenarioFactory<MachinePlatform>::find(name)(
      where, {PlacedTable<Machine>::of(setup.cell), setup.producers});
}

Scenario* make_program(void* where, const CellTable& cell, const awlab::Program& program) {
  return make_programmed<MachinePlatform>(where, PlacedTable<Machine>::of(cell), program);
}

Program scenario_program(const CellTable& cell, std::string_view name, int producers) {
  return {[&cell, name, producers](void* where) {
            return make_scenario(name, where, {cell, producers});
          },
          find_scenario(name)->consumers + producers};
}

}  // namespace awlab::machine
