#include "stress/scenarios.hpp"

#include <new>

#include "core/scenario/programmed.hpp"
#include "core/scenario/scenario_list.hpp"
#include "stress/handover.hpp"
#include "stress/platform.hpp"

namespace awlab::stress {

Scenario* make_scenario(const PlayItem& item, const SubjectModule& subject, const Program& program,
                        void* where) {
  static_assert(sizeof(Handover) <= kScenarioStorage && alignof(Handover) <= Round::kAlign);
  const Setup setup{*subject.cell, item.producers};
  switch (item.maker) {
    case Maker::kProgram:
      return make_programmed<StressPlatform>(where, *subject.cell, program);
    case Maker::kProduction:
      return subject.production(where, item.producers);
    case Maker::kHandover:
      return ::new (where) Handover(setup);
    case Maker::kShared:
      break;
  }
  return ScenarioFactory<StressPlatform>::find(item.scenario->name)(where, setup);
}

}  // namespace awlab::stress
