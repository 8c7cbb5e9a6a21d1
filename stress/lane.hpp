// The stress lane: a subject on real threads, for as long as it is told, and what is reported of it.
#ifndef AWLAB_STRESS_LANE_HPP_
#define AWLAB_STRESS_LANE_HPP_

namespace awlab::stress {

/// `lab stress`; argv[0] is the command. Becomes the program of another build if --build, or the run
/// that --resume goes on with, is of that one. Returns the exit code.
int run_lane(int argc, char** argv);

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_LANE_HPP_
