#include "fuzz/explore/explorer.hpp"

#include <algorithm>
#include <stdexcept>

namespace awlab::explore {
namespace {

using machine::Choice;
using machine::EventId;
using machine::Misuse;

// The number of steps at which subtrees begin: enough subtrees to share out evenly.
constexpr int kShardDepth = 8;
// The number of states between two looks at the clock, less one.
constexpr std::uint64_t kStopMask = 1023;

}  // namespace

Explorer::Explorer(machine::Machine& machine, ExplorerOptions options)
    : machine_(machine),
      options_(std::move(options)),
      threads_(machine.threads()),
      tree_(threads_),
      script_(tree_, graph_, threads_),
      symmetry_(graph_, options_.alike_from, threads_),
      some_alike_(options_.alike_from < threads_ - 1) {}

ExploreOutcome Explorer::run() {
  last_.fill(-1);
  for (int thread = 0; thread < threads_; ++thread) {
    node(thread) = tree_.root(thread);
  }
  bool stopped = execute();
  if (!stopped) require_alike();
  for (std::size_t i = 0; i < script_.set_up().size(); ++i) {
    graph_.set_up(static_cast<Location>(i), script_.set_up()[i]);
  }
  for (int thread = 0; thread < threads_ && !stopped; ++thread) {
    stopped = advance(thread);
  }
  stopped = stopped || (goes_on() && search(0, 1));
  outcome_.finished = !stopped && counts_.overlong == 0;
  outcome_.counts = counts_;
  return outcome_;
}

// Threads declared alike must begin alike. Their later steps are compared where it matters.
void Explorer::require_alike() {
  for (int thread = options_.alike_from + 1; thread < threads_; ++thread) {
    if (*tree_.operation(tree_.root(thread)) != *tree_.operation(tree_.root(options_.alike_from))) {
      throw std::runtime_error("threads declared alike run different code");
    }
  }
}

// Calls `f(thread, operation, choice)` for each step that continues a normal form, until it returns
// true. Returns whether it did.
template <class F>
bool Explorer::any_step(F&& f) {
  int highest = -1;  // the last step of all higher threads
  for (int thread = threads_ - 1; thread >= 0; --thread) {
    const Operation operation = *tree_.operation(node(thread));  // the tree may grow
    const int mine = last(thread);
    if (operation.op != Step::kEnd && graph_.any_choice(thread, operation, [&](Choice choice) {
          const int source = machine::reads(operation.op) ? choice.at : -1;
          return std::max(mine, source) >= highest && f(thread, operation, choice);
        })) {
      return true;
    }
    highest = std::max(highest, mine);
  }
  return false;
}

// `share` is this state's part of the tree, in the estimate of progress.
bool Explorer::search(int depth, double share) {
  if ((++ticks_ & kStopMask) == 0 && should_stop()) return true;
  // Every shard passes through the states above the depth of sharing; the first shard counts them.
  counts_.states += depth >= kShardDepth || options_.shard == 0 ? 1U : 0U;
  if (!can_go_on()) {
    done_ += depth < kShardDepth ? share : 0;
    return (depth >= kShardDepth || next_subtree_is_mine()) && conclude();
  }
  double each = 0;
  if (depth < kShardDepth) {
    int steps = 0;
    any_step([&](int, const Operation&, Choice) {
      ++steps;
      return false;
    });
    each = steps == 0 ? 0 : share / steps;
    done_ += steps == 0 ? share : 0;
  }
  return any_step([&](int thread, const Operation& operation, Choice choice) {
    return step(thread, operation, choice, depth + 1, each);
  });
}

bool Explorer::can_go_on() {
  for (int thread = 0; thread < threads_; ++thread) {
    const Operation& operation = *tree_.operation(node(thread));
    if (operation.op != Step::kEnd && graph_.can_go(thread, operation)) return true;
  }
  return false;
}

bool Explorer::should_stop() {
  if (options_.progress) options_.progress(counts_, done_);
  outcome_.bounded = counts_.states >= options_.most_states;
  return outcome_.bounded ||
         (options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed)) ||
         std::chrono::steady_clock::now() >= options_.deadline;
}

// A leaf above the depth of sharing is a subtree, too.
bool Explorer::next_subtree_is_mine() { return subtrees_++ % options_.shards == options_.shard; }

bool Explorer::step(int thread, const Operation& operation, Choice choice, int depth,
                    double share) {
  counts_.edges += depth > kShardDepth || options_.shard == 0 ? 1U : 0U;
  const Mark mark = graph_.mark();
  const Node node_before = node(thread);
  const int last_before = last(thread);
  const Answer result = graph_.add(thread, operation, choice);
  symmetry_.push(mark.events);
  const bool counts = graph_.seq_cst_consistent() && (!some_alike_ || symmetry_.is_least());
  const bool skipped = !counts || (depth == kShardDepth && !next_subtree_is_mine());
  bool stop = false;
  if (!skipped) {
    node(thread) = tree_.after(node_before, result);
    last(thread) = mark.events;
    script_.steps.push_back({thread, result});
    stop = advance(thread) || (goes_on() && search(depth, share));
    overlong_ = false;
    script_.steps.pop_back();
    last(thread) = last_before;
    node(thread) = node_before;
  }
  if (skipped || depth == kShardDepth) done_ += share;
  symmetry_.pop();
  graph_.back(mark);
  return stop;
}

// Makes the steps of `thread` alone, up to the next one in which threads meet.
bool Explorer::advance(int thread) {
  for (;;) {
    if (graph_.misuse() != Misuse::kNone) {
      ++counts_.racy;
      return !options_.pass_over_races && fail(machine_.violation_of(graph_.misuse()));
    }
    const Node here = node(thread);
    if (tree_.operation(here) == nullptr && execute()) return true;
    const Operation operation = *tree_.operation(here);
    if (operation.op == Step::kEnd) return false;
    if (graph_.full(thread)) {
      if (execute()) return true;
      if (machine_.loops(thread)) return fail(machine::endless());
      ++counts_.overlong;
      overlong_ = true;
      return false;
    }
    if (!is_local(operation.op)) return false;
    const Answer result = operation.op == Step::kFence ? graph_.add(thread, operation, {})
                                                       : graph_.add_local(thread, operation, here);
    node(thread) = tree_.after(here, result);
  }
}

// Makes the execution so far on the real code.
bool Explorer::execute() {
  ++counts_.executions;
  const machine::Machine::End end = machine_.run(script_);
  if (script_.contradiction()) {
    outcome_.contradiction = script_.contradiction();
    return true;
  }
  if (const std::optional<Violation> violation = machine_.violation()) {
    fail(*violation);
    // A call that took too many steps hides nothing else.
    return violation->kind != Kind::kStepBound || end == machine::Machine::End::kRunaway;
  }
  return end == machine::Machine::End::kViolated;
}

// Ends a graph that cannot grow any more.
bool Explorer::conclude() {
  if (!graph_.wait_rightly()) return false;
  if (execute()) {
    return true;
  }
  const bool all_ended = std::all_of(nodes_.begin(), nodes_.begin() + threads_, [&](Node at) {
    return tree_.operation(at)->op == Step::kEnd;
  });
  if (const auto violation = all_ended ? std::nullopt : machine_.scenario().deadlocked()) {
    return fail(*violation);
  }
  if (machine_.scenario().cut() || !all_ended) {
    ++counts_.cut;
  } else {
    ++counts_.complete;
    machine_.add_rows(counts_.rows);
  }
  if (options_.visit) options_.visit(machine_.scenario(), graph_);
  return false;
}

bool Explorer::fail(const Violation& violation) {
  const bool hides = outcome_.violation && (outcome_.violation->kind != Kind::kStepBound ||
                                            violation.kind == Kind::kStepBound);
  if (!hides) {
    outcome_.violation = violation;
    outcome_.events.clear();
    for (EventId id = 0; id < graph_.size(); ++id) outcome_.events.push_back(graph_[id]);
  }
  return true;
}

}  // namespace awlab::explore
