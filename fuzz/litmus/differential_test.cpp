// The search against others, on small random programs: it must allow what the axioms of RC11 allow,
// graph for graph; and its reductions must lose nothing.
//
// AWLAB_PROGRAMS=N in the environment tries N programs of each shape instead of kPrograms.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <ostream>
#include <set>
#include <string>

#include "core/support/as_size.hpp"
#include "fuzz/litmus/axiomatic.hpp"
#include "fuzz/litmus/litmus_search.hpp"
#include "fuzz/litmus/random_program.hpp"

namespace awlab::explore {
namespace {

using machine::Event;
using machine::EventId;
using machine::Graph;
using machine::LitmusOutcome;
using machine::LitmusOutcomes;
using machine::LitmusProgram;

constexpr std::uint64_t kPrograms = 1000;

std::uint64_t programs() {
  const char* wanted = std::getenv("AWLAB_PROGRAMS");  // NOLINT(concurrency-mt-unsafe)
  return wanted == nullptr ? kPrograms : std::strtoull(wanted, nullptr, 10);
}

std::string text(const LitmusProgram& program) {
  std::string all;
  for (const auto& thread : program.threads) {
    for (const machine::Instruction& step : thread) {
      all += std::string(to_string(step.step)) + (step.weak ? " weak" : "") + " at " +
             std::to_string(step.location) + " " + std::string(to_string(step.order)) + "/" +
             std::string(to_string(step.failure)) + " " + std::to_string(step.expected) + "->" +
             std::to_string(step.operand) + "; ";
    }
    all += "\n";
  }
  return all;
}

bool races(const LitmusOutcomes& outcomes) {
  return std::ranges::any_of(outcomes, [](const auto& one) { return one.first.race; });
}

// A search ends at a race, so it does not count the graphs that would follow one.
LitmusOutcomes without_races(LitmusOutcomes outcomes) {
  std::erase_if(outcomes, [](const auto& one) { return one.first.race; });
  return outcomes;
}

struct NamedShape {
  const char* name;
  RandomProgramShape shape;
  std::uint64_t rarer = 1;  // as many times fewer programs

  friend std::ostream& operator<<(std::ostream& out, const NamedShape& named) {
    return out << named.name;
  }
};

class Differential : public testing::TestWithParam<NamedShape> {
 protected:
  template <class F>
  void for_each_program(F&& f) {
    for (std::uint64_t seed = 1; seed <= programs() / GetParam().rarer && !HasFailure(); ++seed) {
      const LitmusProgram program = RandomProgram(seed, GetParam().shape).make();
      SCOPED_TRACE(testing::Message() << "seed " << seed << "\n" << text(program));
      f(program);
    }
  }
};

using AnyThreads = Differential;

TEST_P(AnyThreads, search_finds_the_graphs_that_the_axioms_allow) {
  std::uint64_t graphs = 0;
  for_each_program([&](const LitmusProgram& program) {
    LitmusOutcomes allowed = machine::enumerate(program);
    LitmusOutcomes found = search_litmus(program).outcomes;
    EXPECT_EQ(races(found), races(allowed));
    EXPECT_EQ(without_races(std::move(found)), without_races(allowed));
    graphs += allowed.size();
  });
  EXPECT_GT(graphs, programs());  // they are not all trivial
}

TEST_P(AnyThreads, shards_find_together_what_one_search_finds) {
  for_each_program([](const LitmusProgram& program) {
    const LitmusResult whole = search_litmus(program);
    LitmusOutcomes sum;
    for (unsigned shard = 0; shard < 3; ++shard) {
      for (const auto& [outcome, graphs] :
           search_litmus(program, {.shard = shard, .shards = 3}).outcomes) {
        sum[outcome] += graphs;
      }
    }
    EXPECT_EQ(without_races(sum), without_races(whole.outcomes));
    EXPECT_EQ(races(sum), races(whole.outcomes));
  });
}

INSTANTIATE_TEST_SUITE_P(
    , AnyThreads,
    testing::Values(
        NamedShape{"two_threads", {.threads = 2, .most_steps = 4}},
        NamedShape{"three_threads", {.threads = 3, .most_steps = 2}},
        NamedShape{"one_location", {.threads = 3, .most_steps = 2, .locations = 1}},
        NamedShape{"seq_cst", {.threads = 3, .most_steps = 2, .only_seq_cst_and_relaxed = true}},
        NamedShape{"fences", {.threads = 2, .most_steps = 5, .many_fences = true}},
        NamedShape{"seq_cst_fences",
                   {.threads = 3,
                    .most_steps = 3,
                    .with_plain = false,
                    .only_seq_cst_and_relaxed = true,
                    .many_fences = true}},
        NamedShape{"many_plain_accesses", {.threads = 2, .most_steps = 4, .locations = 1}}),
    [](const auto& instance) { return instance.param.name; });

// A graph in words, with the threads from `first` on renamed.
std::string words(const Graph& graph, int first, const std::vector<int>& names) {
  const auto name = [&](int thread) {
    return thread < first || thread == kOutside ? thread : names[as_size(thread - first)];
  };
  std::vector<std::string> lines;
  const auto event_name = [&](EventId id) {
    const Event& event = graph[id];
    return event.thread == kOutside
               ? "first" + std::to_string(event.operation.location)
               : std::to_string(name(event.thread)) + "." + std::to_string(event.index);
  };
  for (EventId id = 0; id < graph.size(); ++id) {
    const Event& event = graph[id];
    std::string line = event_name(id);
    if (event.is_read) line += " from " + event_name(event.choice.at);
    if (event.is_write && event.older != machine::kNoEvent) {
      line += " after " + event_name(event.older);
    }
    lines.push_back(line);
  }
  std::ranges::sort(lines);
  return std::accumulate(lines.begin(), lines.end(), std::string());
}

// The same for all graphs that differ by renaming only.
std::string least_words(const Graph& graph, int first, int threads) {
  std::vector<int> names(as_size(threads - first));
  std::iota(names.begin(), names.end(), first);
  std::string least;
  do {
    const std::string these = words(graph, first, names);
    least = least.empty() ? these : std::min(least, these);
  } while (std::ranges::next_permutation(names).found);
  return least;
}

using LikeThreads = Differential;

TEST_P(LikeThreads, symmetry_keeps_exactly_one_graph_of_each_like_ones) {
  std::uint64_t saved = 0;
  for_each_program([&](const LitmusProgram& program) {
    const int threads = static_cast<int>(program.threads.size());
    std::set<std::string> all;
    std::multiset<std::string> kept;
    const LitmusResult full = search_litmus(program, {.visit = [&](Scenario&, const Graph& graph) {
                                              all.insert(least_words(graph, 1, threads));
                                            }});
    const LitmusResult reduced =
        search_litmus(program, {.alike_from = 1, .visit = [&](Scenario&, const Graph& graph) {
                                  kept.insert(least_words(graph, 1, threads));
                                }});
    EXPECT_EQ(races(reduced.outcomes), races(full.outcomes));
    EXPECT_EQ(kept, std::multiset<std::string>(all.begin(), all.end()));
    saved += full.counts.complete - reduced.counts.complete;
  });
  EXPECT_GT(saved, programs() / GetParam().rarer);
}

INSTANTIATE_TEST_SUITE_P(
    , LikeThreads,
    testing::Values(NamedShape{"three_threads", {.threads = 3, .most_steps = 3, .alike = true}},
                    NamedShape{"four_threads",
                               {.threads = 4, .most_steps = 2, .locations = 1, .alike = true},
                               10}),
    [](const auto& instance) { return instance.param.name; });

}  // namespace
}  // namespace awlab::explore
