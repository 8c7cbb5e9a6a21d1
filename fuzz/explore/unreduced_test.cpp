// The search against the plainest one: every interleaving of the real cell, step by step on the
// machine, with nothing left out and nothing learnt. Its executions must have as many different
// graphs as the search counts.
#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <string>
#include <unordered_set>
#include <vector>

#include "core/atomic_waker.hpp"
#include "core/scenario/scenario_info.hpp"
#include "fuzz/explore/explorer.hpp"
#include "fuzz/machine/execution.hpp"
#include "fuzz/machine/platform.hpp"
#include "fuzz/machine/scenarios.hpp"

namespace awlab::explore {
namespace {

using machine::Choice;
using machine::Event;
using machine::EventId;
using machine::Graph;
using machine::MachinePlatform;

// All sequences of decisions, one after another.
class EverySequence : public machine::Decisions {
 public:
  std::size_t thread(const Graph& /*graph*/, std::span<const int> threads) override {
    return next(threads.size());
  }
  std::size_t choice(const Graph& /*graph*/, int /*thread*/,
                     std::span<const Choice> choices) override {
    return next(choices.size());
  }

  /// Moves to the next sequence. Returns false if that was the last.
  bool advance() {
    place_ = 0;
    while (!path_.empty() && ++path_.back().chosen == path_.back().possible) path_.pop_back();
    return !path_.empty();
  }

 private:
  struct Decision {
    std::size_t chosen;
    std::size_t possible;
  };

  std::size_t next(std::size_t possible) {
    if (place_ == path_.size()) {
      path_.push_back({0, possible});
    }
    return path_[place_++].chosen;
  }

  std::vector<Decision> path_;
  std::size_t place_ = 0;
};

// A graph in words that do not depend on the order in which it was built.
std::string words(const Graph& graph) {
  const auto name = [&](EventId id) {
    return std::string{static_cast<char>('0' + graph[id].thread),
                       static_cast<char>(graph[id].thread == kOutside ? graph[id].operation.location
                                                                      : graph[id].index)};
  };
  std::vector<std::string> lines;
  for (EventId id = graph.events_before_threads(); id < graph.size(); ++id) {
    const Event& event = graph[id];
    if (event.thread == kOutside) continue;  // the first value of an object that a thread made
    lines.push_back(name(id) + (event.is_read ? name(event.choice.at) : "--") +
                    (event.is_write ? name(event.older) : "--") +
                    (event.choice.spurious ? "s" : "-"));
  }
  std::ranges::sort(lines);
  std::string all;
  for (const std::string& line : lines) all += line;
  return all;
}

struct Case {
  std::string_view scenario;
  int producers;

  friend std::ostream& operator<<(std::ostream& out, const Case& which) {
    return out << which.scenario << ' ' << which.producers;
  }
};

machine::Program program(const Case& which) {
  return machine::scenario_program(kCellTable<AtomicWaker<MachinePlatform>>, which.scenario,
                                   which.producers);
}

class Unreduced : public testing::TestWithParam<Case> {};

TEST_P(Unreduced, every_interleaving_shows_as_many_graphs_as_the_search_counts) {
  machine::Machine machine(program(GetParam()));
  machine::Execution execution(machine);
  EverySequence decisions;
  std::unordered_set<std::string> graphs;
  std::uint64_t executions = 0;
  do {
    ASSERT_FALSE(execution.run(decisions));
    graphs.insert(words(*execution.graph()));
    ++executions;
  } while (decisions.advance());
  machine::Machine searched(program(GetParam()));
  const Counts counts = Explorer(searched, {}).run().counts;
  EXPECT_EQ(counts.complete + counts.cut, graphs.size());
  RecordProperty("executions", std::to_string(executions));
}

// All scenarios that our cell is tried in, with up to two producers, and with three if that does
// not take minutes; one where each registers or wakes many times would take hours.
std::vector<Case> cases() {
  std::vector<Case> all = {{"basic", 3}, {"two_registrars", 3}, {"reentrant", 3}};
  for (const ScenarioInfo& scenario : kScenarios) {
    if (!meets(kPromises<AtomicWaker<MachinePlatform>>, scenario.demand)) continue;
    if (scenario.repeats) continue;
    const int most = scenario.name == "repoll" ? 1 : 2;
    for (int n = scenario.min_producers; n <= std::min(most, scenario.max_producers()); ++n) {
      all.push_back({scenario.name, n});
    }
  }
  return all;
}

INSTANTIATE_TEST_SUITE_P(, Unreduced, testing::ValuesIn(cases()), [](const auto& instance) {
  return std::string(instance.param.scenario) + "_" + std::to_string(instance.param.producers);
});

}  // namespace
}  // namespace awlab::explore
