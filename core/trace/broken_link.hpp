// The missing link between two threads: why what one did is not known to another that read what
// came of it.
#ifndef AWLAB_CORE_TRACE_BROKEN_LINK_HPP_
#define AWLAB_CORE_TRACE_BROKEN_LINK_HPP_

#include <optional>

#include "core/trace/story.hpp"

namespace awlab {

struct BrokenLink {
  Claim claim;
  Cause cause;
  Index site;   // the step that breaks the chain
  Index other;  // the step at its other side
  Index from;   // the last write that knows the event
};

/// The reason that `read`, which sees a write that came after event `event`, does not come after it
/// itself. None if `read` sees no such write, or if the chain to it is complete.
std::optional<BrokenLink> broken_link(const History& history, Index event, Index read);

}  // namespace awlab

#endif  // AWLAB_CORE_TRACE_BROKEN_LINK_HPP_
