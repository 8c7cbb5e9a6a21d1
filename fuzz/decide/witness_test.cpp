// Graphs that the search finds can be made again, in their own order and in the order for people.
#include "fuzz/decide/witness.hpp"

#include <gtest/gtest.h>

#include <new>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "core/atomic_waker.hpp"
#include "fuzz/explore/explorer.hpp"
#include "fuzz/machine/execution.hpp"
#include "fuzz/machine/platform.hpp"
#include "fuzz/machine/scenarios.hpp"
#include "fuzz/schedule/schedule.hpp"

namespace awlab {
namespace {

using machine::MachinePlatform;

machine::Machine basic(int producers) {
  return machine::Machine(
      machine::scenario_program(kCellTable<AtomicWaker<MachinePlatform>>, "basic", producers));
}

// Every graph that the search finds can be made again in its own order, in the order for people,
// and from the schedule that is recorded meanwhile.
TEST(Witness, every_graph_can_be_made_again) {
  machine::Machine searched = basic(2);
  machine::Machine machine = basic(2);
  machine::Execution execution(machine);
  std::vector<std::vector<machine::Event>> graphs;
  explore::Explorer(searched, {.visit =
                                   [&](Scenario&, const machine::Graph& graph) {
                                     std::vector<machine::Event>& events = graphs.emplace_back();
                                     for (machine::EventId id = 0; id < graph.size(); ++id) {
                                       events.push_back(graph[id]);
                                     }
                                   }})
      .run();
  ASSERT_EQ(graphs.size(), 76U);
  const auto reads = [](const auto& events, int thread) {  // values that a thread saw, in order
    std::vector<std::uint64_t> values;
    for (const machine::Event& event : events) {
      if (event.thread == thread && event.is_read) values.push_back(event.read);
    }
    return values;
  };
  for (const auto& graph : graphs) {
    for (const auto& order : {explore::order_of_search(graph), explore::order_for_reading(graph)}) {
      explore::WitnessDecisions witness(graph, order);
      NotedDecisions decisions(witness);
      EXPECT_FALSE(execution.run(decisions));
      const DecisionLists lists = decisions.lists();
      ScheduledDecisions scheduled(lists);
      for (machine::Decisions* again : {static_cast<machine::Decisions*>(&decisions),
                                        static_cast<machine::Decisions*>(&scheduled)}) {
        if (again == &scheduled) EXPECT_FALSE(execution.run(scheduled));
        std::vector<machine::Event> made;
        for (machine::EventId id = 0; id < execution.graph()->size(); ++id) {
          made.push_back((*execution.graph())[id]);
        }
        for (int thread = 0; thread < 3; ++thread) {
          EXPECT_EQ(reads(made, thread), reads(graph, thread));
        }
      }
    }
  }
}

// Stores that can stand in either order, a compare-exchange that may fail for no reason, and a
// load.
class Stores : public Scenario {
 public:
  [[nodiscard]] int threads() const override { return 3; }
  void before() override {}
  void thread(int index) override {
    constexpr auto kRelaxed = std::memory_order_relaxed;
    if (index == 0) {
      x_.store(1, kRelaxed);
      x_.store(2, kRelaxed);
    } else if (index == 1) {
      x_.store(3, kRelaxed);
      std::size_t expected = 3;
      x_.compare_exchange_weak(expected, 4, kRelaxed, kRelaxed);
    } else {
      x_.load(kRelaxed);
    }
  }
  void after() override { last = x_.load(std::memory_order_relaxed); }
  [[nodiscard]] const std::optional<Violation>& violation() const override { return none_; }
  [[nodiscard]] std::optional<Violation> deadlocked() const override { return Violation{}; }
  [[nodiscard]] bool cut() const override { return false; }
  [[nodiscard]] TraceNames names() const override { return {}; }

  std::size_t last = 0;

 private:
  MachinePlatform::atomic<std::size_t> x_{7};
  std::optional<Violation> none_;
};

machine::Machine stores() {
  return machine::Machine({[](void* where) { return ::new (where) Stores(); }, 3});
}

using Events = std::vector<machine::Event>;

Events events_of(const machine::Graph& graph) {
  Events events;
  for (machine::EventId id = 0; id < graph.size(); ++id) events.push_back(graph[id]);
  return events;
}

// A graph without the order in which it was made: for each event, the write it reads or stores
// behind.
std::set<std::vector<int>> shape(const Events& events) {
  std::set<std::vector<int>> lines;
  for (const machine::Event& event : events) {
    std::vector<int> line = {event.thread, event.index, event.choice.spurious ? 1 : 0,
                             static_cast<int>(event.read), static_cast<int>(event.written)};
    for (const machine::EventId id : {event.is_read ? event.choice.at : machine::kNoEvent,
                                      event.is_write ? event.older : machine::kNoEvent}) {
      line.push_back(id == machine::kNoEvent ? -1 : events[id].thread);
      line.push_back(id == machine::kNoEvent ? -1 : events[id].index);
    }
    lines.insert(line);
  }
  return lines;
}

TEST(Witness, every_graph_with_stores_is_made_again_exactly) {
  machine::Machine searched = stores();
  machine::Machine machine = stores();
  machine::Execution execution(machine);
  std::vector<std::pair<Events, std::size_t>> graphs;
  explore::Explorer(searched, {.visit =
                                   [&](Scenario& scenario, const machine::Graph& graph) {
                                     graphs.emplace_back(events_of(graph),
                                                         static_cast<Stores&>(scenario).last);
                                   }})
      .run();
  ASSERT_GT(graphs.size(), 20U);
  for (const auto& [graph, last] : graphs) {
    for (const auto& order : {explore::order_of_search(graph), explore::order_for_reading(graph)}) {
      explore::WitnessDecisions decisions(graph, order);
      EXPECT_FALSE(execution.run(decisions));
      EXPECT_EQ(shape(events_of(*execution.graph())), shape(graph));
      EXPECT_EQ(static_cast<Stores&>(machine.scenario()).last, last);
    }
  }
}

// The threads that go, in the order for people, on a graph that is given step by step.
class Reading {
 public:
  Reading() {
    graph_.set_up(0, 0);
    graph_.set_up(1, 0);
  }
  machine::EventId add(int thread, Step op, Location location, machine::EventId at) {
    graph_.add(thread, {.op = op, .location = location, .operand = 1}, {at});
    return graph_.last_of(thread);
  }
  std::vector<int> threads() const {
    std::vector<int> threads;
    for (const machine::EventId id : explore::order_for_reading(events_of(graph_))) {
      threads.push_back(graph_[id].thread);
    }
    return threads;
  }

 private:
  machine::Graph graph_;
};

TEST(Witness, the_order_for_reading_is_that_of_the_values_with_few_switches) {
  Reading stores;  // the store of thread 1 goes behind that of thread 0
  stores.add(0, Step::kStore, 0, 0);
  stores.add(1, Step::kStore, 0, 0);
  EXPECT_EQ(stores.threads(), (std::vector{1, 0}));
  Reading old_value;  // thread 1 does not see the store
  old_value.add(0, Step::kStore, 0, 0);
  old_value.add(1, Step::kLoad, 0, 0);
  EXPECT_EQ(old_value.threads(), (std::vector{1, 0}));
  Reading apart;  // the two have nothing to do with each other
  for (int i = 0; i < 2; ++i) {
    apart.add(0, Step::kLoad, 0, 0);
    apart.add(1, Step::kLoad, 1, 1);
  }
  EXPECT_EQ(apart.threads(), (std::vector{0, 0, 1, 1}));
  Reading buffering;  // no order shows both old values, but each thread still goes on
  buffering.add(0, Step::kStore, 0, 0);
  buffering.add(0, Step::kLoad, 1, 1);
  buffering.add(1, Step::kStore, 1, 1);
  buffering.add(1, Step::kLoad, 0, 0);
  EXPECT_EQ(buffering.threads(), (std::vector{0, 0, 1, 1}));
}

}  // namespace
}  // namespace awlab
