#include "fuzz/decide/few_switches.hpp"

#include <algorithm>
#include <array>

namespace awlab {
namespace {

using machine::EventId;
using machine::Graph;

bool is_step(const machine::Event& event) {
  return event.thread != kOutside && event.operation.op != Step::kFence;
}

}  // namespace

std::size_t FewSwitches::decide(std::size_t possibilities) {
  if (made_ == decisions_.size()) {
    decisions_.push_back({0, possibilities});
  }
  return decisions_[made_++].chosen;
}

std::size_t FewSwitches::thread(const Graph& graph, std::span<const int> threads) {
  for (; counted_ < graph.size(); ++counted_) {
    if (!is_step(graph[counted_])) continue;
    const int thread = graph[counted_].thread;
    switches_ += last_ != kOutside && last_ != thread ? 1 : 0;
    last_ = thread;
  }
  // Once the switches are used up, a thread that can go on does.
  const bool may_stay = last_ != kOutside && threads.front() == last_;
  return decide(may_stay && switches_ >= most_ ? 1 : threads.size());
}

std::size_t FewSwitches::choice(const Graph& /*graph*/, int /*thread*/,
                                std::span<const machine::Choice> choices) {
  return decide(choices.size());
}

bool FewSwitches::advance() {
  decisions_.resize(made_);
  while (!decisions_.empty() && decisions_.back().chosen + 1 >= decisions_.back().possibilities) {
    decisions_.pop_back();
  }
  made_ = 0;
  counted_ = 0;
  switches_ = 0;
  last_ = kOutside;
  if (decisions_.empty()) return false;
  ++decisions_.back().chosen;
  return true;
}

int switches_of(const Graph& graph) {
  int switches = 0;
  int last = kOutside;
  for (EventId id = 0; id < graph.size(); ++id) {
    if (!is_step(graph[id])) continue;
    switches += last != kOutside && last != graph[id].thread ? 1 : 0;
    last = graph[id].thread;
  }
  return switches;
}

int stale_of(const Graph& graph) {
  int stale = 0;
  std::array<EventId, machine::kMaxLocations> newest{};
  std::ranges::fill(newest, machine::kNoEvent);
  for (EventId id = 0; id < graph.size(); ++id) {
    const machine::Event& event = graph[id];
    EventId& last = newest[event.operation.location];
    if (is_step(event)) stale += event.choice.spurious || event.choice.at != last ? 1 : 0;
    const bool at_end = event.is_write && (last == machine::kNoEvent || event.older == last ||
                                           event.thread == kOutside);
    if (at_end) last = id;
  }
  return stale;
}

}  // namespace awlab
