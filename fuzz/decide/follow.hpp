// Decisions that repeat an execution on a program that was changed a little.
//
// Decisions are numbers of possibilities, and mean something else once an instruction is gone. So a
// story is kept instead: the instruction that made each step, and the instruction whose write the
// step saw. Instructions have names that they keep while others come and go.
#ifndef AWLAB_FUZZ_DECIDE_FOLLOW_HPP_
#define AWLAB_FUZZ_DECIDE_FOLLOW_HPP_

#include <array>
#include <vector>

#include "core/scenario/program.hpp"
#include "fuzz/schedule/harness.hpp"

namespace awlab {

/// A program whose instructions have names.
struct NamedProgram {
  using Names = std::array<std::vector<int>, Program::kMaxThreads>;

  Program program;
  Names names;  // of the instructions of each thread

  /// Numbers the instructions.
  explicit NamedProgram(const Program& named);
};

/// The name of a step: number `nth` of an instruction. Writes from before all threads are named by
/// the objects written.
struct StepName {
  int instruction;
  int nth;

  friend bool operator==(const StepName&, const StepName&) = default;
};

struct CourseStep {
  StepName step;
  StepName seen;  // the write that it read, or was stored behind
  bool spurious;
};

using Course = std::vector<CourseStep>;

/// Finds the instruction of each step while an execution goes on.
class StepNames {
 public:
  explicit StepNames(const NamedProgram::Names& names) : names_(names) {}

  machine::Execution::Positions positions;  // see Execution::note_positions

  /// The name of an event of `graph`.
  [[nodiscard]] StepName of(const machine::Graph& graph, machine::EventId event) const;
  /// The instruction that `thread` was at when it was at `position`.
  [[nodiscard]] int instruction(int thread, int position) const;
  /// The story of the execution `graph`.
  [[nodiscard]] Course story(const machine::Graph& graph) const;

 private:
  const NamedProgram::Names& names_;
};

/// Decides by the story, as far as it still fits; beyond it no thread is preempted and reads are
/// new.
class FollowDecisions : public machine::Decisions {
 public:
  /// All arguments must outlive it.
  FollowDecisions(const Course& story, const StepNames& names, Harness& harness)
      : story_(story), names_(names), harness_(harness) {}

  std::size_t thread(const machine::Graph& graph, std::span<const int> threads) override;
  std::size_t choice(const machine::Graph& graph, int thread,
                     std::span<const machine::Choice> choices) override;

 private:
  [[nodiscard]] StepName next_of(const machine::Graph& graph, int thread) const;

  const Course& story_;
  const StepNames& names_;
  Harness& harness_;
  std::size_t told_ = 0;
};

}  // namespace awlab

#endif  // AWLAB_FUZZ_DECIDE_FOLLOW_HPP_
