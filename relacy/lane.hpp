// The Relacy lane as a program: command line, run, report.
#ifndef AWLAB_RELACY_LANE_HPP_
#define AWLAB_RELACY_LANE_HPP_

#include "reports/lane/subject.hpp"

namespace awlab::relacy {

/// main() of the lane for one subject. Returns the exit code: 0 pass, 1 a finding, 2 usage or
/// environment, 3 inconclusive.
int run_lane(const lane::Subject& subject, int argc, char** argv);

}  // namespace awlab::relacy

#endif  // AWLAB_RELACY_LANE_HPP_
