// One execution on the machine, with its graph; others make the decisions that the graph leaves
// open.
#ifndef AWLAB_FUZZ_MACHINE_EXECUTION_HPP_
#define AWLAB_FUZZ_MACHINE_EXECUTION_HPP_

#include <array>
#include <optional>
#include <vector>

#include "fuzz/decide/decisions.hpp"
#include "fuzz/machine/driver.hpp"
#include "fuzz/machine/graph.hpp"
#include "fuzz/machine/machine.hpp"

namespace awlab::machine {

/// Makes executions of one machine, one after another.
class Execution : public Driver {
 public:
  explicit Execution(Machine& machine);

  /// Makes one execution. Returns its violation, if there is one. With a trace, records it. Throws
  /// std::length_error if the execution has more steps or objects than the machine holds.
  std::optional<Violation> run(Decisions& decisions, Trace* trace = nullptr);

  /// The graph of the last execution.
  [[nodiscard]] const Graph* graph() const override { return &graph_; }
  /// From now on records the position of its thread (see Scenario::position) for each event of an
  /// execution. `positions` must outlive the executions; null ends the recording.
  using Positions = std::array<int, kMaxEvents + kMaxLocations>;
  void note_positions(Positions* positions) { positions_ = positions; }

  /// True if the last execution came to its end.
  [[nodiscard]] bool finished() const { return finished_; }

 private:
  int begin(std::span<const std::uint64_t> memory) override;
  int arrive(int thread, const Operation& operation) override;
  Answer leave(int thread) override;
  bool finish(std::span<std::uint64_t> memory) override;

  int next(int last);
  std::span<const Choice> possible(int thread, const Operation& operation);

  Machine& machine_;
  int threads_ = 0;
  Decisions* decisions_ = nullptr;
  Graph graph_;
  std::array<Operation, kMaxSimulatedThreads> pending_{};
  int started_ = 0;  // number of threads started, in order
  static constexpr std::size_t kMostChoices = 2 * (std::size_t{kMaxEvents} + 1);
  std::array<Choice, kMostChoices> choices_{};
  Positions* positions_ = nullptr;
  bool finished_ = false;
  bool stuck_ = false;       // some threads have not ended, and none can go on
  bool deadlocked_ = false;  // and that is no fault of the order in which the graph was made
  bool full_ = false;        // the graph has no room for the next step of...
  int full_thread_ = 0;
};

}  // namespace awlab::machine

#endif  // AWLAB_FUZZ_MACHINE_EXECUTION_HPP_
