// The Relacy lane as a program: command line, run, report.
#ifndef AWLAB_RELACY_RELACY_LANE_HPP_
#define AWLAB_RELACY_RELACY_LANE_HPP_

namespace awlab::relacy {

/// `lab relacy`; argv[0] is the command. Returns the exit code: 0 pass, 1 a finding, 2 usage or
/// environment, 3 inconclusive.
int run_lane(int argc, char** argv);

}  // namespace awlab::relacy

#endif  // AWLAB_RELACY_RELACY_LANE_HPP_
