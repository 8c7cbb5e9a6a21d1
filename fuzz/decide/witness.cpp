#include "fuzz/decide/witness.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "core/support/as_size.hpp"

namespace awlab::explore {
namespace {

using machine::Choice;
using machine::Event;
using machine::EventId;
using machine::Graph;
using machine::kNoEvent;

EventId count(const std::vector<Event>& graph) { return static_cast<EventId>(graph.size()); }

bool is_step(const Event& event) {
  return event.thread != kOutside && event.operation.op != Step::kFence;
}

// The order between steps that is kept, besides program order and reads-from.
enum class Keep { kAll, kModification, kNothing };

class Order {
 public:
  Order(const std::vector<Event>& graph, Keep keep)
      : graph_(graph), keep_(keep), done_(graph.size()) {
    for (EventId id = 0; id < count(graph); ++id) {
      if (is_step(graph[id])) {
        steps_[as_size(graph[id].thread)].push_back(id);
        ++left_;
      } else {
        done_[id] = true;
      }
    }
  }

  // Empty if there is no such order.
  std::optional<std::vector<EventId>> make() {
    std::vector<EventId> order;
    std::size_t current = 0;
    while (left_ > 0) {
      std::size_t tried = 0;
      while (tried < steps_.size() && !can_go((current + tried) % steps_.size())) ++tried;
      if (tried == steps_.size()) return std::nullopt;
      current = (current + tried) % steps_.size();
      const EventId next = steps_[current][taken_[current]++];
      done_[next] = true;
      order.push_back(next);
      --left_;
    }
    return order;
  }

 private:
  bool can_go(std::size_t thread) const {
    if (taken_[thread] == steps_[thread].size()) return false;
    const EventId next = steps_[thread][taken_[thread]];
    const Event& event = graph_[next];
    if (event.is_read && !done_[event.choice.at]) return false;
    if (keep_ == Keep::kNothing || !event.is_write) return true;
    return done_[event.older] && (keep_ == Keep::kModification || older_was_read(event, next));
  }

  // True if all reads of values older than this write's have been made.
  bool older_was_read(const Event& write, EventId id) const {
    for (EventId other = 0; other < count(graph_); ++other) {
      const Event& reader = graph_[other];
      if (other == id || !reader.is_read || done_[other] ||
          reader.operation.location != write.operation.location) {
        continue;
      }
      EventId older = write.older;
      while (older != kNoEvent && older != reader.choice.at) older = graph_[older].older;
      if (older != kNoEvent) return false;
    }
    return true;
  }

  const std::vector<Event>& graph_;
  const Keep keep_;
  std::vector<bool> done_;
  std::array<std::vector<EventId>, kMaxSimulatedThreads> steps_;
  std::array<std::size_t, kMaxSimulatedThreads> taken_{};
  std::size_t left_ = 0;
};

}  // namespace

std::vector<EventId> order_for_reading(const std::vector<Event>& graph) {
  for (const Keep keep : {Keep::kAll, Keep::kModification}) {
    if (const auto order = Order(graph, keep).make()) return *order;
  }
  return *Order(graph, Keep::kNothing).make();  // there always is one: the graph was made in one
}

std::vector<EventId> order_of_search(const std::vector<Event>& graph) {
  std::vector<EventId> order;
  for (EventId id = 0; id < count(graph); ++id) {
    if (is_step(graph[id])) order.push_back(id);
  }
  return order;
}

void WitnessDecisions::look_at(const Graph& made) {
  made_.clear();
  for (EventId id = 0; id < made.size(); ++id) {
    if (is_step(made[id])) made_.push_back(id);
  }
}

// The event of the execution that stands for `event` of the graph; kNoEvent if it is yet to come.
EventId WitnessDecisions::made_of(EventId event, const Graph& made) const {
  if (graph_[event].thread == kOutside) {  // a first value
    for (EventId id = 0; id < made.size(); ++id) {
      if (made[id].thread == kOutside &&
          made[id].operation.location == graph_[event].operation.location) {
        return id;
      }
    }
    return kNoEvent;
  }
  const auto place = as_size(std::ranges::find(order_, event) - order_.begin());
  return place < made_.size() ? made_[place] : kNoEvent;
}

std::size_t WitnessDecisions::thread(const Graph& made, std::span<const int> threads) {
  look_at(made);
  if (made_.size() >= order_.size()) return 0;
  const auto wanted = std::ranges::find(threads, graph_[order_[made_.size()]].thread);
  return wanted == threads.end() ? 0 : as_size(wanted - threads.begin());
}

std::size_t WitnessDecisions::choice(const Graph& made, int /*thread*/,
                                     std::span<const Choice> choices) {
  look_at(made);
  if (made_.size() >= order_.size()) return 0;
  const Event& event = graph_[order_[made_.size()]];
  Choice wanted = event.choice;
  if (event.is_write && !event.is_read) {
    wanted.at = event.older;
    while (made_of(wanted.at, made) == kNoEvent) wanted.at = graph_[wanted.at].older;
  }
  wanted.at = made_of(wanted.at, made);
  const auto found = std::ranges::find(choices, wanted);
  return found == choices.end() ? 0 : as_size(found - choices.begin());
}

}  // namespace awlab::explore
