// The story of a round: one history of all its roles, merged from their flight recorders.
#ifndef AWLAB_STRESS_STORY_HPP_
#define AWLAB_STRESS_STORY_HPP_

#include "core/trace/trace.hpp"
#include "stress/round.hpp"

namespace awlab::stress {

/// The last events of all roles, in the order of the processor's clock. Steps on one atomic object
/// that contradict this order are put in the order of their values instead. Real threads have no
/// single order of steps; this is one that explains everything that was seen. Requires that every
/// role has ended.
Trace story_of(Round& round);

/// The same for one role that does not go on; the others may still run.
Trace story_of(Round& round, const Recorder& only);

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_STORY_HPP_
