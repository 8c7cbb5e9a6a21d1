// Crashes of scenario code on Relacy: each ends the simulation, as a violation does.
//
// A crash while Relacy's own code runs is the lane's own. One simulation at a time in a process;
// not thread-safe.
#ifndef AWLAB_RELACY_CRASH_HPP_
#define AWLAB_RELACY_CRASH_HPP_

#include <optional>

#include "core/support/crash_place.hpp"

namespace awlab::relacy {

struct Crashes {
  /// Call at the begin of each execution: forgets the last one's.
  static void start();
  /// The crash of this execution.
  static const std::optional<PlacedCrash>& seen();

  // Of the running thread:
  static void enter(Place place);
  static void leave();
  static void note(const TraceEvent& event);
};

}  // namespace awlab::relacy

#endif  // AWLAB_RELACY_CRASH_HPP_
