// The machine against the table of litmus shapes: for each, exactly the results that RC11 allows,
// by exhaustive search. The table names the source of each expectation.
#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "fuzz/litmus/litmus_search.hpp"
#include "fuzz/litmus/litmus_shapes.hpp"

namespace awlab::machine {

/// For GoogleTest.
static void PrintTo(const LitmusShape& shape, std::ostream* out) { *out << shape.name; }

}  // namespace awlab::machine

namespace awlab::explore {
namespace {

using machine::LitmusShape;

class Litmus : public testing::TestWithParam<LitmusShape> {};

TEST_P(Litmus, machine_shows_exactly_what_rc11_allows) {
  const LitmusShape& shape = GetParam();
  machine::LitmusVectors seen;
  bool racy = false;
  for (const auto& [outcome, graphs] : search_litmus(shape.program).outcomes) {
    racy = racy || outcome.race;
    if (!outcome.race) seen.insert(observed(shape, outcome));
  }
  EXPECT_EQ(seen, shape.allowed) << shape.source;
  EXPECT_EQ(racy, shape.racy) << shape.source;
}

INSTANTIATE_TEST_SUITE_P(, Litmus, testing::ValuesIn(machine::litmus_shapes()),
                         [](const auto& instance) { return std::string(instance.param.name); });

}  // namespace
}  // namespace awlab::explore
