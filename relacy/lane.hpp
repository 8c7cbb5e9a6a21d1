// The Relacy lane as a program: command line, run, report.
#ifndef AWLAB_RELACY_LANE_HPP_
#define AWLAB_RELACY_LANE_HPP_

#include <string_view>

#include "core/scenario.hpp"
#include "core/subject_info.hpp"

namespace awlab::relacy {

/// A subject as a program of the lane has it: what it is, and how to make its scenarios.
struct Subject {
  SubjectInfo info;
  Scenario* (*(*find)(std::string_view scenario))(void* where, int producers);
};

/// main() of the lane for one subject. Returns the exit code: 0 pass, 1 a finding, 2 usage or
/// environment, 3 inconclusive.
int run_lane(const Subject& subject, int argc, char** argv);

}  // namespace awlab::relacy

#endif  // AWLAB_RELACY_LANE_HPP_
