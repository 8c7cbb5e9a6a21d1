// The stress lane: a subject on real threads, for as long as it is told, and what is reported of it.
#ifndef AWLAB_STRESS_LANE_HPP_
#define AWLAB_STRESS_LANE_HPP_

#include "reports/lane/subject.hpp"

namespace awlab::stress {

/// The lane's program for one subject. Returns the exit code.
int run_lane(const lane::Subject& subject, int argc, char** argv);

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_LANE_HPP_
