#include "fuzz/decide/follow.hpp"

#include <algorithm>

#include "core/support/as_size.hpp"

namespace awlab {
namespace {

using machine::EventId;
using machine::Graph;

bool is_step(const machine::Event& event) {
  return event.thread != kOutside && event.operation.op != Step::kFence;
}

// The name for the steps of a thread after its last instruction, and for writes before all threads.
int end_of(int thread) { return -1 - thread; }
StepName initial(Location location) { return {end_of(kMaxSimulatedThreads), location}; }

}  // namespace

NamedProgram::NamedProgram(const Program& named) : program(named) {
  int number = 0;
  for (std::size_t i = 0; i < Program::kMaxThreads; ++i) {
    for (std::size_t n = program.threads[i].size(); n > 0; --n) names[i].push_back(number++);
  }
}

int StepNames::instruction(int thread, int position) const {
  const std::vector<int>& mine = names_[as_size(thread)];
  return as_size(position) < mine.size() ? mine[as_size(position)] : end_of(thread);
}

StepName StepNames::of(const Graph& graph, EventId event) const {
  const int thread = graph[event].thread;
  if (thread == kOutside) return initial(graph[event].operation.location);
  int nth = 0;
  for (EventId before = graph.events_before_threads(); before < event; ++before) {
    const bool same = graph[before].thread == thread && is_step(graph[before]) &&
                      positions[before] == positions[event];
    nth += same ? 1 : 0;
  }
  return {instruction(thread, positions[event]), nth};
}

Course StepNames::story(const Graph& graph) const {
  Course story;
  for (EventId id = graph.events_before_threads(); id < graph.size(); ++id) {
    if (is_step(graph[id])) {
      story.push_back({of(graph, id), of(graph, graph[id].choice.at), graph[id].choice.spurious});
    }
  }
  return story;
}

StepName FollowDecisions::next_of(const Graph& graph, int thread) const {
  const int position = harness_.scenario().position(thread);
  int nth = 0;
  for (EventId id = graph.events_before_threads(); id < graph.size(); ++id) {
    const bool same =
        graph[id].thread == thread && is_step(graph[id]) && names_.positions[id] == position;
    nth += same ? 1 : 0;
  }
  return {names_.instruction(thread, position), nth};
}

std::size_t FollowDecisions::thread(const Graph& graph, std::span<const int> threads) {
  // A step that no thread is about to make was made already, or is gone.
  for (std::size_t i = told_; i < story_.size(); ++i) {
    for (std::size_t ready = 0; ready < threads.size(); ++ready) {
      if (next_of(graph, threads[ready]) == story_[i].step) {
        told_ = i;
        return ready;
      }
    }
  }
  return 0;
}

std::size_t FollowDecisions::choice(const Graph& graph, int thread,
                                    std::span<const machine::Choice> choices) {
  const StepName mine = next_of(graph, thread);
  const auto told = std::ranges::find(story_, mine, &CourseStep::step);
  if (told == story_.end()) return 0;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (choices[i].spurious == told->spurious && names_.of(graph, choices[i].at) == told->seen) {
      return i;
    }
  }
  return 0;
}

}  // namespace awlab
