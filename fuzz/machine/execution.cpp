#include "fuzz/machine/execution.hpp"

#include <stdexcept>

#include "core/support/as_size.hpp"

namespace awlab::machine {
Execution::Execution(Machine& machine) : machine_(machine) {}

std::optional<Violation> Execution::run(Decisions& decisions, Trace* trace) {
  decisions_ = &decisions;
  graph_.clear();  // here, since an execution that crashes in its set-up does not begin
  stuck_ = deadlocked_ = full_ = false;
  finished_ = machine_.run(*this, trace) == Machine::End::kFinished;
  if (graph_.misuse() != Misuse::kNone) return machine_.violation_of(graph_.misuse());
  if (full_) {
    if (!machine_.loops(full_thread_)) {
      throw std::length_error("the execution has more steps than the machine holds");
    }
    return endless();
  }
  if (deadlocked_) return machine_.scenario().deadlocked();
  return machine_.violation();
}

int Execution::begin(std::span<const std::uint64_t> memory) {
  for (std::size_t i = 0; i < memory.size(); ++i) {
    graph_.set_up(static_cast<Location>(i), memory[i]);
  }
  threads_ = machine_.threads();
  started_ = 0;
  return next(kOutside);
}

int Execution::arrive(int thread, const Operation& operation) {
  pending_[as_size(thread)] = operation;
  full_ = operation.op != Step::kEnd && graph_.full(thread);
  full_thread_ = thread;
  if (full_ || graph_.misuse() != Misuse::kNone) return kOutside;
  return is_local(operation.op) && operation.op != Step::kEnd ? thread : next(thread);
}

// Every thread first comes to its first step, so that the next step of each is known.
int Execution::next(int last) {
  if (started_ < threads_) return started_++;
  std::array<int, kMaxSimulatedThreads> ready{};
  std::size_t count = 0;
  bool all_ended = true;
  int thread = last == kOutside ? 0 : last;
  for (int i = 0; i < threads_; ++i, thread = thread + 1 == threads_ ? 0 : thread + 1) {
    const Operation& operation = pending_[as_size(thread)];
    if (operation.op != Step::kEnd) {
      all_ended = false;
      if (graph_.can_go(thread, operation)) ready[count++] = thread;
    }
  }
  stuck_ = count == 0 && !all_ended;
  deadlocked_ = stuck_ && graph_.wait_rightly();
  if (count < 2) {
    return count == 0 ? kOutside : ready[0];
  }
  return ready[decisions_->thread(graph_, {ready.data(), count})];
}

// The choices that keep the graph consistent; at least one exists.
std::span<const Choice> Execution::possible(int thread, const Operation& operation) {
  std::size_t count = 0;
  const bool any_seq_cst = graph_.concerns_seq_cst(operation);
  graph_.any_choice(thread, operation, [&](Choice choice) {
    bool consistent = true;
    if (any_seq_cst) {
      const Graph::Mark mark = graph_.mark();
      graph_.add(thread, operation, choice);
      consistent = graph_.seq_cst_consistent();
      graph_.back(mark);
    }
    if (consistent) choices_[count++] = choice;
    return false;
  });
  return {choices_.data(), count};
}

Answer Execution::leave(int thread) {
  const Operation& operation = pending_[as_size(thread)];
  if (operation.op == Step::kFence) {
    return graph_.add(thread, operation, {});
  }
  if (is_local(operation.op)) return graph_.add_local(thread, operation, 0);
  const std::span<const Choice> choices = possible(thread, operation);
  const std::size_t chosen = choices.size() == 1 ? 0 : decisions_->choice(graph_, thread, choices);
  if (positions_ != nullptr) (*positions_)[graph_.size()] = machine_.scenario().position(thread);
  return graph_.add(thread, operation, choices[chosen]);
}

bool Execution::finish(std::span<std::uint64_t> memory) {
  if (stuck_ || full_ || graph_.misuse() != Misuse::kNone) {
    return false;
  }
  graph_.last_values(memory);
  return true;
}

}  // namespace awlab::machine
