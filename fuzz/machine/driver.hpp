// The driver of an execution: it decides which thread goes on, and the results of its steps.
#ifndef AWLAB_FUZZ_MACHINE_DRIVER_HPP_
#define AWLAB_FUZZ_MACHINE_DRIVER_HPP_

#include <cstdint>
#include <span>

#include "fuzz/machine/operation.hpp"

namespace awlab::machine {

class Graph;

/// Threads that have not started are at no step yet; a thread that ends comes to Step::kEnd and is
/// not asked to leave. Wherever a thread is returned, kOutside ends the execution.
class Driver {
 public:
  virtual ~Driver() = default;

  /// Begins after set-up; `memory` has the values of the objects so far. Returns the thread to
  /// start.
  virtual int begin(std::span<const std::uint64_t> memory) = 0;
  /// `thread` has come to `operation`. Returns the thread to go on with, or to start.
  virtual int arrive(int thread, const Operation& operation) = 0;
  /// `thread` makes the step that it came to.
  virtual Answer leave(int thread) = 0;
  /// Ends the execution. Returns true if all threads ended, and then fills in the last values.
  virtual bool finish(std::span<std::uint64_t> memory) = 0;
  /// The graph of the execution, for its trace; null if there is none.
  [[nodiscard]] virtual const Graph* graph() const { return nullptr; }
};

}  // namespace awlab::machine

#endif  // AWLAB_FUZZ_MACHINE_DRIVER_HPP_
