// Repeats an execution that a search has composed, on the real code, and learns from it.
#ifndef AWLAB_FUZZ_EXPLORE_SCRIPT_HPP_
#define AWLAB_FUZZ_EXPLORE_SCRIPT_HPP_

#include <array>
#include <optional>
#include <vector>

#include "core/support/as_size.hpp"
#include "fuzz/explore/contradiction.hpp"
#include "fuzz/explore/program_tree.hpp"
#include "fuzz/machine/driver.hpp"
#include "fuzz/machine/graph.hpp"

namespace awlab::explore {

/// One step in which threads meet.
struct ScriptStep {
  int thread;
  Answer result;
};

/// Answers each step with the result that the script gives, without a graph. After the last step,
/// each thread goes on to its next operation, so that the tree knows it.
class Script : public machine::Driver {
 public:
  Script(ProgramTree& tree, const machine::Graph& graph, int threads)
      : tree_(tree), graph_(graph), threads_(threads) {}

  std::vector<ScriptStep> steps;

  /// Set if the code came to another operation than before after the same results.
  [[nodiscard]] const std::optional<Contradiction>& contradiction() const { return contradiction_; }
  /// The values of the objects that exist before all threads.
  [[nodiscard]] const std::vector<std::uint64_t>& set_up() const { return set_up_; }

  int begin(std::span<const std::uint64_t> memory) override;
  int arrive(int thread, const Operation& operation) override;
  Answer leave(int thread) override;
  bool finish(std::span<std::uint64_t> memory) override;

 private:
  struct Thread {
    ProgramTree::Node node;
    int steps;  // to which it has come
    bool started;
    bool ended;
  };

  Thread& at(int thread) { return state_[as_size(thread)]; }
  int next();
  int start(int thread);

  ProgramTree& tree_;
  const machine::Graph& graph_;
  const int threads_;
  std::size_t done_ = 0;
  std::optional<Contradiction> contradiction_;
  std::array<Thread, kMaxSimulatedThreads> state_{};
  std::array<std::uint32_t, machine::kMaxLocations> versions_{};
  std::vector<std::uint64_t> set_up_;
};

}  // namespace awlab::explore

#endif  // AWLAB_FUZZ_EXPLORE_SCRIPT_HPP_
