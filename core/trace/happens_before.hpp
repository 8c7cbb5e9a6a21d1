// Happens-before of a recorded execution, by the rules of C++20 [intro.races].
//
// Vector clocks over a Trace: program order, release/acquire through reads-from, release sequences
// continued by read-modify-writes of any thread (and broken by every plain store), fences, and the
// order of set-up and final checks with all threads.
#ifndef AWLAB_CORE_TRACE_HAPPENS_BEFORE_HPP_
#define AWLAB_CORE_TRACE_HAPPENS_BEFORE_HPP_

#include <array>
#include <cstddef>
#include <vector>

#include "core/trace/trace.hpp"

namespace awlab {

class HappensBefore {
 public:
  explicit HappensBefore(const std::vector<TraceEvent>& events);

  /// True if event `a` happens before event `b`; also true for a == b.
  [[nodiscard]] bool ordered(std::size_t a, std::size_t b) const;
  /// True if a read that acquires the write `write` comes after event `a` by that.
  [[nodiscard]] bool passed_on(std::size_t a, std::size_t write) const;

 private:
  using Clock = std::array<unsigned, kMaxThreads + 1>;

  static void join(Clock& into, const Clock& from);

  std::vector<int> threads_;
  std::vector<Clock> clocks_;    // of each event, itself included
  std::vector<Clock> messages_;  // of each write: what a read of it acquires
};

}  // namespace awlab

#endif  // AWLAB_CORE_TRACE_HAPPENS_BEFORE_HPP_
