// Random programs of the shape in which wakers are used: one registrar, and other threads that
// publish and wake, with wakers that throw or call back now and then.
#ifndef AWLAB_STRESS_RANDOM_PROGRAM_HPP_
#define AWLAB_STRESS_RANDOM_PROGRAM_HPP_

#include "core/scenario/program.hpp"
#include "core/support/random.hpp"

namespace awlab::stress {

/// A program of two to four threads, none of which sleeps.
Program random_program(Random& random);

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_RANDOM_PROGRAM_HPP_
