// The explorer: enumerates every execution of a bounded program, each execution graph once, without
// remembering any.
//
// A graph can be built in many orders. Its normal form is the least of them: always the lowest
// thread that can go on, where a read can go only after the write it reads. The search adds a step
// only if the result is the beginning of a normal form, that is, if no step between it and what it
// depends on belongs to a higher thread. So each graph is reached by one path alone: the search
// needs no table of visited graphs, and its subtrees are disjoint, so they can be shared out.
//
// Threads that run the same code are interchangeable: of the graphs that differ only in which of
// these threads did what, only the one with the least normal form is counted (symmetry.hpp). The
// beginning of such a normal form is itself the least of its class, so the others are cut off
// early.
#ifndef AWLAB_FUZZ_EXPLORE_EXPLORER_HPP_
#define AWLAB_FUZZ_EXPLORE_EXPLORER_HPP_

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <vector>

#include "core/contract/rows.hpp"
#include "core/support/as_size.hpp"
#include "fuzz/explore/contradiction.hpp"
#include "fuzz/explore/program_tree.hpp"
#include "fuzz/explore/script.hpp"
#include "fuzz/explore/symmetry.hpp"
#include "fuzz/machine/graph.hpp"
#include "fuzz/machine/machine.hpp"

namespace awlab::explore {

struct Counts {
  std::uint64_t complete = 0;    // executions in which every thread finished
  std::uint64_t cut = 0;         // finished, but a bound on polls cut it short
  std::uint64_t racy = 0;        // graphs that end in a data race, if races are passed over
  std::uint64_t overlong = 0;    // graphs cut off where the machine holds no further step
  std::uint64_t states = 0;      // graphs, complete or not
  std::uint64_t edges = 0;       // steps tried
  std::uint64_t executions = 0;  // of the real code
  /// Rows of the protocol's table, summed over the complete executions, each as it was made on the
  /// real code. With symmetry these are the counts of the graphs that represent their class.
  RowCounts rows{};
};

struct ExplorerOptions {
  /// The first of the interchangeable threads, which go up to the last thread; none by default.
  int alike_from = kMaxSimulatedThreads;
  /// The part of the tree to search: subtree k belongs to shard k modulo the total.
  unsigned shard = 0;
  unsigned shards = 1;
  /// Count graphs with a data race and go on, instead of ending at the first.
  bool pass_over_races = false;
  /// Ends the search after about so many states, as bounded.
  std::uint64_t most_states = std::numeric_limits<std::uint64_t>::max();
  const std::atomic<bool>* stop = nullptr;  // set by a signal handler
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
  /// Called now and then with an estimate of the part of the search tree that is done, 0 to 1.
  std::function<void(const Counts&, double done)> progress = {};
  /// Called for each complete execution, with the real scenario and the graph.
  std::function<void(Scenario&, const machine::Graph&)> visit = {};
};

struct ExploreOutcome {
  Counts counts;
  bool finished = false;  // the search came to its end
  bool bounded = false;   // it had as many states as it may
  std::optional<Violation> violation;
  /// Why the search could not go on: a program must depend on nothing but what it reads.
  std::optional<Contradiction> contradiction;
  std::vector<machine::Event> events;  // of the execution with the violation, in its order
};

class Explorer {
 public:
  Explorer(machine::Machine& machine, ExplorerOptions options);

  /// Searches until the first violation, the first contradiction, or the end; a call with too many
  /// steps (P8) does not end the search, and is the outcome if there is no other. Throws
  /// std::runtime_error if threads that were declared alike begin differently.
  ExploreOutcome run();

 private:
  using Node = ProgramTree::Node;
  using Mark = machine::Graph::Mark;

  bool search(int depth, double share);
  bool step(int thread, const Operation& operation, machine::Choice choice, int depth,
            double share);
  template <class F>
  bool any_step(F&& f);
  bool should_stop();
  bool advance(int thread);
  bool execute();
  bool conclude();
  bool fail(const Violation& violation);
  bool can_go_on();
  [[nodiscard]] bool goes_on() const {
    return graph_.misuse() == machine::Misuse::kNone && !overlong_;
  }
  void require_alike();
  bool next_subtree_is_mine();

  Node& node(int thread) { return nodes_[as_size(thread)]; }
  int& last(int thread) { return last_[as_size(thread)]; }

  machine::Machine& machine_;
  const ExplorerOptions options_;
  const int threads_;
  machine::Graph graph_;
  ProgramTree tree_;
  Script script_;
  Symmetry symmetry_;
  const bool some_alike_;
  std::array<Node, kMaxSimulatedThreads> nodes_{};
  std::array<int, kMaxSimulatedThreads>
      last_{};             // the thread's last step, as its place in the graph
  bool overlong_ = false;  // the machine holds no further step of the current graph
  std::uint64_t subtrees_ = 0;
  std::uint64_t ticks_ = 0;
  double done_ = 0;  // estimated part of the tree
  Counts counts_;
  ExploreOutcome outcome_;
};

}  // namespace awlab::explore

#endif  // AWLAB_FUZZ_EXPLORE_EXPLORER_HPP_
