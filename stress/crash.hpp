// A thread of the crew that cannot go on: a signal, a failed assertion, or an exception that
// nothing catches.
//
// A thread that crashes in a round is held where it is, for ever, while the rest of the process
// goes on to report it. The process must then be ended without destroying anything that the thread
// may be using. So signals are taken in builds with a sanitizer, too.
#ifndef AWLAB_STRESS_CRASH_HPP_
#define AWLAB_STRESS_CRASH_HPP_

#include <optional>

#include "core/contract/contract.hpp"
#include "core/support/crash.hpp"
#include "core/support/crash_place.hpp"
#include "stress/round.hpp"

namespace awlab::stress {

struct HeldCrash {
  Violation violation;
  Round* round = nullptr;              // the round being played, if any
  const Recorder* recorder = nullptr;  // of that round's role, if any; no longer written to
};

/// Holds crashes of threads that have a CrashWatch from now on. Call it once in a process.
void hold_crashes();

/// The first crash so far. May be called from any thread.
std::optional<HeldCrash> crash();

/// The places of the calling thread while it plays no role. Modules find it in the program.
[[gnu::visibility("default")]] Places& my_places();

/// Enters the constructor and the destructor of cells.
struct CellPlaces {
  static void enter(Place place) { my_places().enter(place); }
  static void leave() { my_places().leave(); }
};

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_CRASH_HPP_
