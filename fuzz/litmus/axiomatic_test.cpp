// The axiomatic reference against the table of litmus shapes, which was derived by hand, and
// against counts of execution graphs with an argument for each.
#include "fuzz/litmus/axiomatic.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <set>
#include <string>

#include "fuzz/litmus/litmus_shapes.hpp"

namespace awlab::machine {

/// For GoogleTest.
static void PrintTo(const LitmusShape& shape, std::ostream* out) { *out << shape.name; }

namespace {

using litmus::acq;
using litmus::cas;
using litmus::exchange;
using litmus::fence;
using litmus::fetch_add;
using litmus::load;
using litmus::read_plain;
using litmus::rel;
using litmus::rlx;
using litmus::sc;
using litmus::store;
using litmus::weak_cas;
using litmus::write_plain;
using litmus::x;
using litmus::y;

class AxiomaticShape : public testing::TestWithParam<LitmusShape> {};

TEST_P(AxiomaticShape, shows_exactly_what_rc11_allows) {
  const LitmusShape& shape = GetParam();
  LitmusVectors seen;
  bool racy = false;
  for (const auto& [outcome, graphs] : enumerate(shape.program)) {
    EXPECT_GT(graphs, 0U);
    racy = racy || outcome.race;
    if (!outcome.race) seen.insert(observed(shape, outcome));
  }
  EXPECT_EQ(seen, shape.allowed) << shape.source;
  EXPECT_EQ(racy, shape.racy) << shape.source;
}

INSTANTIATE_TEST_SUITE_P(Shapes, AxiomaticShape, testing::ValuesIn(litmus_shapes()),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(LitmusShapes, names_are_unique_and_every_expectation_has_a_source) {
  std::set<std::string_view> names;
  for (const LitmusShape& shape : litmus_shapes()) {
    EXPECT_TRUE(names.insert(shape.name).second) << shape.name;
    EXPECT_FALSE(shape.source.empty()) << shape.name;
    EXPECT_TRUE(shape.racy || !shape.allowed.empty()) << shape.name;
  }
  EXPECT_GE(names.size(), 55U);
}

std::uint64_t graphs(const LitmusProgram& program) {
  std::uint64_t count = 0;
  for (const auto& [outcome, of_this_outcome] : enumerate(program)) count += of_this_outcome;
  return count;
}

TEST(Axiomatic, an_empty_program_has_one_graph_and_shows_nothing) {
  EXPECT_EQ(enumerate({}), (LitmusOutcomes{{LitmusOutcome{}, 1}}));
  EXPECT_EQ(enumerate({{{fence(sc)}, {}}}), (LitmusOutcomes{{LitmusOutcome{}, 1}}));
}

TEST(Axiomatic, one_thread_has_one_graph) {
  LitmusOutcome only;
  only.registers = {1, 1, 3};
  only.memory = {3};
  EXPECT_EQ(enumerate({{{store(x, 1), load(x), fetch_add(x, 2), load(x)}}}),
            (LitmusOutcomes{{only, 1}}));
}

TEST(Axiomatic, registers_are_thread_by_thread_and_memory_by_location) {
  LitmusOutcome only;
  only.registers = {0, 7, 0};
  only.memory = {1, 7, 0, 9};
  EXPECT_EQ(enumerate({{{exchange(x, 1)}, {write_plain(y, 7), read_plain(y), exchange(3, 9)}}}),
            (LitmusOutcomes{{only, 1}}));
}

// n writes of n threads have n! modification orders.
TEST(Axiomatic, unordered_writes_have_every_modification_order) {
  EXPECT_EQ(graphs({{{store(x, 1)}, {store(x, 1)}}}), 2U);
  EXPECT_EQ(graphs({{{store(x, 1)}, {store(x, 1)}, {store(x, 1)}}}), 6U);
  EXPECT_EQ(graphs({{{store(x, 1)}, {store(x, 1)}, {store(x, 1)}, {store(x, 1)}}}), 24U);
}

// Two writes of each of two threads: 4! / (2! 2!) orders respect both threads.
TEST(Axiomatic, writes_of_one_thread_stay_in_order) {
  EXPECT_EQ(graphs({{{store(x, 1), store(x, 1)}, {store(x, 1), store(x, 1)}}}), 6U);
}

// The read has two writes to choose from, and equal values do not make graphs equal.
TEST(Axiomatic, graphs_differ_by_reads_from_though_values_agree) {
  LitmusOutcome only;
  only.registers = {0};
  only.memory = {0};
  EXPECT_EQ(enumerate({{{store(x, 0)}, {load(x)}}}), (LitmusOutcomes{{only, 2}}));
}

// CoWR: if the load reads its own thread's store, the other is before or after: 2 graphs; if it
// reads the other's, that is after: 1.
TEST(Axiomatic, coherence_ties_reads_from_to_modification_order) {
  EXPECT_EQ(graphs({{{store(x, 1), load(x)}, {store(x, 2)}}}), 3U);
}

// n RMWs of n threads form a chain: n! graphs.
TEST(Axiomatic, rmws_form_a_chain) {
  EXPECT_EQ(graphs({{{fetch_add(x, 1)}, {fetch_add(x, 1)}, {fetch_add(x, 1)}}}), 6U);
}

// An RMW and a store: the RMW reads the initial value, the store is after it (between them is
// forbidden): 1; or it reads the store: 1.
TEST(Axiomatic, nothing_comes_between_an_rmw_and_what_it_reads) {
  EXPECT_EQ(graphs({{{fetch_add(x, 1)}, {store(x, 5)}}}), 2U);
}

// A strong compare-exchange against a store of 1: it reads 0 and succeeds, then the store is after
// it: 1; or it reads 1 and fails: 1. A weak one may also read 0 and fail: 1 more.
TEST(Axiomatic, a_spurious_failure_is_a_graph_of_its_own) {
  EXPECT_EQ(graphs({{{cas(x, 0, 2)}, {store(x, 1)}}}), 2U);
  EXPECT_EQ(graphs({{{weak_cas(x, 0, 2)}, {store(x, 1)}}}), 3U);
}

// SB has 2 x 2 choices of reads-from, each location has one modification order; seq_cst takes one.
TEST(Axiomatic, store_buffering_has_four_graphs_and_three_in_seq_cst) {
  EXPECT_EQ(graphs({{{store(x, 1), load(y)}, {store(y, 1), load(x)}}}), 4U);
  EXPECT_EQ(graphs({{{store(x, 1, sc), load(y, sc)}, {store(y, 1, sc), load(x, sc)}}}), 3U);
}

// IRIW has 2^4 choices of reads-from.
TEST(Axiomatic, iriw_has_sixteen_graphs_and_fifteen_in_seq_cst) {
  const auto iriw = [](std::memory_order order) {
    return LitmusProgram{{{store(x, 1, order)},
                          {store(y, 1, order)},
                          {load(x, order), load(y, order)},
                          {load(y, order), load(x, order)}}};
  };
  EXPECT_EQ(enumerate(iriw(sc)).size(), 15U);
  EXPECT_EQ(graphs(iriw(sc)), 15U);
  LitmusProgram relaxed = iriw(sc);
  for (auto& thread : relaxed.threads) {
    for (auto& instruction : thread) instruction.order = rlx;
  }
  EXPECT_EQ(graphs(relaxed), 16U);
}

// Of the two graphs of plain MP, that with flag 0 races, that with flag 1 does not.
TEST(Axiomatic, racing_graphs_count_for_one_outcome) {
  LitmusOutcome race;
  race.race = true;
  LitmusOutcome passed;
  passed.registers = {1, 42};
  passed.memory = {42, 1};
  EXPECT_EQ(enumerate({{{write_plain(x, 42), store(y, 1, rel)}, {load(y, acq), read_plain(x)}}}),
            (LitmusOutcomes{{race, 1}, {passed, 1}}));
}

}  // namespace
}  // namespace awlab::machine
