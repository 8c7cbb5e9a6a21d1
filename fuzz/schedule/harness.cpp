#include "fuzz/schedule/harness.hpp"

#include "core/scenario/scenario_info.hpp"
#include "fuzz/machine/scenarios.hpp"

namespace awlab {

Work work_of(const Schedule& schedule) {
  return {schedule.program ? &*schedule.program : nullptr, schedule.scenario, schedule.producers};
}

Harness::Harness(const SubjectModule& subject)
    : subject_(subject),
      machine_({[this](void* where) {
                  const CellTable& cell = *subject_.cell;
                  return work_.program != nullptr
                             ? machine::make_program(where, cell, *work_.program)
                             : machine::make_scenario(work_.scenario, where,
                                                      {cell, work_.producers});
                },
                1}),
      execution_(machine_) {}

std::optional<Violation> Harness::run(const Work& work, machine::Decisions& decisions,
                                      Trace* trace) {
  work_ = work;
  machine_.set_threads(work.program != nullptr
                           ? work.program->thread_count()
                           : find_scenario(work.scenario)->consumers + work.producers);
  return execution_.run(decisions, trace);
}

}  // namespace awlab
