#include "relacy/scenarios.hpp"

#include "core/scenario/scenario_list.hpp"
#include "relacy/platform.hpp"

namespace awlab::relacy {

Scenario* (*find_maker(std::string_view name))(void* where, const Setup& setup) {
  return ScenarioFactory<RelacyPlatform>::find(name);
}

}  // namespace awlab::relacy
