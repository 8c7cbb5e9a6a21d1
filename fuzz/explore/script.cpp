#include "fuzz/explore/script.hpp"

#include <algorithm>

namespace awlab::explore {

int Script::begin(std::span<const std::uint64_t> memory) {
  set_up_.assign(memory.begin(), memory.end());
  done_ = 0;
  contradiction_.reset();
  for (int thread = 0; thread < threads_; ++thread) {
    at(thread) = {tree_.root(thread), 0, false, false};
  }
  versions_.fill(0);
  return next();
}

int Script::start(int thread) {
  at(thread).started = true;
  return thread;
}

// The next thread: as the script says, then any that has not even started.
int Script::next() {
  if (done_ < steps.size()) return start(steps[done_].thread);
  for (int thread = 0; thread < threads_; ++thread) {
    if (!at(thread).started) return start(thread);
  }
  return kOutside;
}

int Script::arrive(int thread, const Operation& operation) {
  Thread& mine = at(thread);
  ++mine.steps;
  if (!tree_.came_to(mine.node, operation)) {
    contradiction_ = {thread, mine.steps, *tree_.operation(mine.node), operation};
    return kOutside;
  }
  if (operation.op == Step::kEnd) {
    mine.ended = true;
    return next();
  }
  return is_local(operation.op) ? thread : next();
}

Answer Script::leave(int thread) {
  Thread& mine = at(thread);
  const Operation& operation = *tree_.operation(mine.node);
  Answer result;
  if (!is_local(operation.op)) {
    result = steps[done_++].result;
  } else if (operation.op == Step::kPlainRead) {
    result.value = versions_[operation.location];
  } else if (operation.op == Step::kPlainWrite || operation.op == Step::kCreate) {
    std::uint32_t& version = versions_[operation.location];
    result.value = operation.op == Step::kCreate ? 0 : version;
    version = mine.node;
  }
  mine.node = tree_.after(mine.node, result);
  return result;
}

bool Script::finish(std::span<std::uint64_t> memory) {
  const bool all_ended = std::all_of(state_.begin(), state_.begin() + threads_,
                                     [](const Thread& thread) { return thread.ended; });
  if (all_ended && !contradiction_) graph_.last_values(memory);
  return all_ended && !contradiction_;
}

}  // namespace awlab::explore
