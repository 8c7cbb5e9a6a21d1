// A thread of the crew that cannot go on: a signal, or an exception that has no way out.
//
// It is held where it is, for ever, and the rest of the process goes on to report it: the process
// must be ended afterwards without destroying anything that the thread may be using.
#ifndef AWLAB_STRESS_CRASH_HPP_
#define AWLAB_STRESS_CRASH_HPP_

#include <optional>

#include "core/contract.hpp"
#include "stress/round.hpp"

namespace awlab::stress {

struct Crash {
  Violation violation;
  Round* round = nullptr;  // that was being played, if it was
  const Recorder* recorder =
      nullptr;  // of the role, if it played one; nobody writes to it any more
};

/// From now on crashes of threads that called hold_crashes_here() are held. Once a process.
void hold_crashes();
/// For each thread of the crew, at its start.
void hold_crashes_here();

/// The first one so far. Any thread.
std::optional<Crash> crash();

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_CRASH_HPP_
