// The explore lane as a program: command line, search, report.
#ifndef AWLAB_FUZZ_EXPLORE_EXPLORE_LANE_HPP_
#define AWLAB_FUZZ_EXPLORE_EXPLORE_LANE_HPP_

namespace awlab::explore {

/// `lab explore`; argv[0] is the command. Returns the exit code: 0 pass, 1 a finding, 2 usage or
/// environment, 3 inconclusive.
int run_lane(int argc, char** argv);

}  // namespace awlab::explore

#endif  // AWLAB_FUZZ_EXPLORE_EXPLORE_LANE_HPP_
