// The stress lane: a subject on real threads for a given time, and the report of it.
#ifndef AWLAB_STRESS_STRESS_LANE_HPP_
#define AWLAB_STRESS_STRESS_LANE_HPP_

namespace awlab::stress {

/// `lab stress`; argv[0] is the command. Replaces itself by the program of another build if
/// --build, or the run that --resume continues, asks for that build. Returns the exit code.
int run_lane(int argc, char** argv);

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_STRESS_LANE_HPP_
