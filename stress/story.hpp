// What the flight recorders of a round tell together: one history of all its roles.
#ifndef AWLAB_STRESS_STORY_HPP_
#define AWLAB_STRESS_STORY_HPP_

#include "core/trace/trace.hpp"
#include "stress/round.hpp"

namespace awlab::stress {

/// The last events of all roles, in the order of the processor's clock, but for steps on one atomic
/// object that would not have found what they found: these are in the order of their values. Real
/// threads have no one order of steps; this is one that explains all that was seen.
/// Requires that every role has ended.
Trace story_of(Round& round);

/// The same of one role, which does not go on; the others may.
Trace story_of(Round& round, const Recorder& only);

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_STORY_HPP_
