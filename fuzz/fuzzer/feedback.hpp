// The features of an execution, by which libFuzzer tells a new kind of execution from a known
// one. The cell has too few branches for its code to guide anything.
//
// A transition is one atomic step on a cell: operation, order, value found, value left, success.
// Features are, each hashed to a counter:
//   - a transition;
//   - a transition after another one of the same thread;
//   - a transition right after another thread's on the same object;
//   - the thread that is read from, if it did not make the step right before on the object;
//   - an event of a waker or its consumer (thrown, woken, saw too little), with the transition of
//     its thread that it follows.
// Values above kSmall and all pointers count as one: features must not depend on addresses.
#ifndef AWLAB_FUZZ_FUZZER_FEEDBACK_HPP_
#define AWLAB_FUZZ_FUZZER_FEEDBACK_HPP_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "fuzz/machine/machine.hpp"

namespace awlab::fuzz {

class Feedback {
 public:
  static constexpr std::size_t kCounters = 1024;

  /// Sets the counters for the features of `graph`, an execution of `machine`.
  void observe(const machine::Graph& graph, const machine::Machine& machine,
               std::span<std::uint8_t, kCounters> counters);

  /// A hash of the last transitions of all threads of that execution, whichever thread made which.
  [[nodiscard]] std::uint32_t end() const { return end_; }

 private:
  std::array<std::uint32_t, machine::kMaxEvents + machine::kMaxLocations> transitions_{};
  std::uint32_t end_ = 0;
};

}  // namespace awlab::fuzz

#endif  // AWLAB_FUZZ_FUZZER_FEEDBACK_HPP_
