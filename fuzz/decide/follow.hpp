// Repeats an execution on a program that was changed a little.
//
// Decisions are numbers of possibilities, and mean something else once an instruction is gone. So a
// story is kept instead: which instruction made each step, and which one's write it saw. Instructions
// have names that they keep while others come and go.
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

  /// Numbers them.
  explicit NamedProgram(const Program& named);
};

/// A step: the one with number `nth` of an instruction. Writes from before all threads are named by
/// what they were written to.
struct StepName {
  int instruction;
  int nth;

  friend bool operator==(const StepName&, const StepName&) = default;
};

struct StoryStep {
  StepName step;
  StepName seen;  // the write that it read, or was stored behind
  bool spurious;
};

using Story = std::vector<StoryStep>;

/// Finds out which steps are whose, while an execution goes on.
class StepNames {
 public:
  explicit StepNames(const NamedProgram::Names& names) : names_(names) {}

  machine::Execution::Positions positions;  // see Execution::note_positions

  /// The name of an event of `graph`.
  [[nodiscard]] StepName of(const machine::Graph& graph, machine::EventId event) const;
  /// The instruction that `thread` is at, when it was at `position`.
  [[nodiscard]] int instruction(int thread, int position) const;
  /// What happened in `graph`.
  [[nodiscard]] Story story(const machine::Graph& graph) const;

 private:
  const NamedProgram::Names& names_;
};

/// Decides as the story tells, as far as it still fits; else nobody is preempted and reads are new.
class FollowDecisions : public machine::Decisions {
 public:
  /// All must outlive it.
  FollowDecisions(const Story& story, const StepNames& names, Harness& harness)
      : story_(story), names_(names), harness_(harness) {}

  std::size_t thread(const machine::Graph& graph, std::span<const int> threads) override;
  std::size_t choice(const machine::Graph& graph, int thread,
                     std::span<const machine::Choice> choices) override;

 private:
  [[nodiscard]] StepName next_of(const machine::Graph& graph, int thread) const;

  const Story& story_;
  const StepNames& names_;
  Harness& harness_;
  std::size_t told_ = 0;
};

}  // namespace awlab

#endif  // AWLAB_FUZZ_DECIDE_FOLLOW_HPP_
