// A thread of the crew that cannot go on: a signal, or an exception that has no way out.
//
// If that happens in a round, it is held where it is, for ever, and the rest of the process goes on to report it: the process
// must be ended afterwards without destroying anything that the thread may be using.
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
  Round* round = nullptr;  // that was being played, if it was
  const Recorder* recorder =
      nullptr;  // of the role, if it played one; nobody writes to it any more
};

/// From now on crashes of threads that have a CrashHold are held. Once a process.
void hold_crashes();

/// Lies on the stack of each thread of the crew.
class CrashHold {
 public:
  CrashHold();
  CrashHold(const CrashHold&) = delete;
  CrashHold& operator=(const CrashHold&) = delete;
  ~CrashHold();

 private:
  // For handlers, when the thread's own stack is used up. The one of before is put back: a sanitizer
  // frees what it finds there at the thread's end.
  std::array<char, std::size_t{64} << 10U> stack_;
  stack_t before_{};
};

/// The first one so far. Any thread.
std::optional<Crash> crash();

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_CRASH_HPP_
