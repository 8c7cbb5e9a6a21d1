// A subject as a program of a lane has it.
#ifndef AWLAB_REPORTS_LANE_SUBJECT_HPP_
#define AWLAB_REPORTS_LANE_SUBJECT_HPP_

#include <string_view>

#include "core/scenario/program.hpp"
#include "core/scenario/scenario.hpp"
#include "core/subjects/subject_info.hpp"

namespace awlab::lane {

struct Subject {
  SubjectInfo info;
  /// The maker of a scenario with this subject, see ScenarioFactory.
  Scenario* (*(*find)(std::string_view scenario))(void* where, int producers);
  /// Makes the scenario that runs a program, in storage of kScenarioStorage bytes; null in lanes
  /// that run none.
  Scenario* (*programmed)(void* where, const Program& program) = nullptr;

  /// Whether it is a fault of our own cell.
  [[nodiscard]] bool is_fault() const { return info.source.starts_with("core/faults/"); }
};

}  // namespace awlab::lane

#endif  // AWLAB_REPORTS_LANE_SUBJECT_HPP_
