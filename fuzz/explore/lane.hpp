// The explore lane as a program: command line, search, report.
#ifndef AWLAB_FUZZ_EXPLORE_LANE_HPP_
#define AWLAB_FUZZ_EXPLORE_LANE_HPP_

#include "reports/lane/subject.hpp"

namespace awlab::explore {

/// main() of the lane for one subject. Returns the exit code: 0 pass, 1 a finding, 2 usage or
/// environment, 3 inconclusive.
int run_lane(const lane::Subject& subject, int argc, char** argv);

}  // namespace awlab::explore

#endif  // AWLAB_FUZZ_EXPLORE_LANE_HPP_
