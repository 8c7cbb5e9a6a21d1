// A thread of the crew that cannot go on: a signal, or an exception that nothing catches.
//
// A thread that crashes in a round is held where it is, for ever, while the rest of the process
// goes on to report it. The process must then be ended without destroying anything that the thread
// may be using.
#ifndef AWLAB_STRESS_CRASH_HPP_
#define AWLAB_STRESS_CRASH_HPP_

#include <array>
#include <csignal>
#include <cstddef>
#include <optional>

#include "core/contract/contract.hpp"
#include "stress/round.hpp"

namespace awlab::stress {

struct Crash {
  Violation violation;
  Round* round = nullptr;              // the round being played, if any
  const Recorder* recorder = nullptr;  // of that round's role, if any; no longer written to
};

/// Holds crashes of threads that have a CrashHold from now on. Call it once in a process.
void hold_crashes();

/// Lives on the stack of each thread of the crew.
class CrashHold {
 public:
  CrashHold();
  CrashHold(const CrashHold&) = delete;
  CrashHold& operator=(const CrashHold&) = delete;
  ~CrashHold();

 private:
  // An alternate stack for handlers, in case the thread's own is used up. The previous one is
  // restored: a sanitizer frees the stack that it finds at the thread's end.
  std::array<char, std::size_t{64} << 10U> stack_;
  stack_t before_{};
};

/// The first crash so far. May be called from any thread.
std::optional<Crash> crash();

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_CRASH_HPP_
