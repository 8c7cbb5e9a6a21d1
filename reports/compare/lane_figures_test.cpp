// Each rule by which the figures of shards are joined.
#include "reports/compare/lane_figures.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace awlab::reports {
namespace {

Json joined(const std::vector<Json>& shards, Dealt dealt = Dealt::kParts) {
  std::vector<const Json*> parts;
  for (const Json& shard : shards) parts.push_back(&shard);
  return join_figures(parts, dealt);
}

TEST(LaneFigures, numbers_follow_the_rule_of_their_name) {
  const Json whole = joined({{{"rounds", 3},
                              {"played_seconds", 1.5},
                              {"rounds_per_second", 2.0},
                              {"contended_share", 0.5},
                              {"features", 70},
                              {"seconds_since_new", 9.0},
                              {"as_recorded", true},
                              {"build", "tsan"},
                              {"memory_mib", {{"first", 8.5}, {"most", 10.5}}}},
                             {{"rounds", 4},
                              {"played_seconds", 1.0},
                              {"rounds_per_second", 4.0},
                              {"contended_share", 0.25},
                              {"features", 60},
                              {"seconds_since_new", 1.0},
                              {"as_recorded", false},
                              {"build", "asan"},
                              {"memory_mib", {{"first", 7.5}, {"most", 12.5}}},
                              {"crashes", 1}}});
  EXPECT_EQ(whole, Json({{"rounds", 7},
                         {"played_seconds", 2.5},
                         {"rounds_per_second", 6.0},
                         {"contended_share", 0.25},
                         {"features", 70},
                         {"seconds_since_new", 1.0},
                         {"as_recorded", false},
                         {"build", "tsan"},
                         {"memory_mib", {{"first", 8.5}, {"most", 12.5}}},
                         {"crashes", 1}}));
}

TEST(LaneFigures, the_first_violation_is_the_one_that_came_first) {
  const Json late = {{"first_violation", {{"executions", 5}, {"seconds", 2.0}}}};
  const Json early = {{"first_violation", {{"executions", 9}, {"seconds", 1.0}}}};
  EXPECT_EQ(joined({late, early}), early);
  EXPECT_EQ(joined({late, Json::object()}), late);
}

TEST(LaneFigures, rows_and_outcomes_add_by_name_in_any_order) {
  const Json a = {{"rows", {{"take", 1}, {"wake", 2}}},
                  {"outcomes", {{{"outcome", "saw"}, {"count", 5}}}}};
  const Json b = {
      {"rows", {{"wake", 3}, {"idle", 4}}},
      {"outcomes", {{{"outcome", "woken"}, {"count", 6}}, {{"count", 7}, {"outcome", "saw"}}}}};
  const Json whole = joined({a, b});
  EXPECT_EQ(whole["rows"], Json({{"take", 1}, {"wake", 5}, {"idle", 4}}));
  EXPECT_EQ(whole["outcomes"],
            Json({{{"outcome", "saw"}, {"count", 12}}, {{"outcome", "woken"}, {"count", 6}}}));
}

TEST(LaneFigures, a_search_that_a_shard_lacks_was_not_finished) {
  const auto row = [](int producers) {
    return Json(
        {{"scenario", "basic"}, {"producers", producers}, {"symmetry", true}, {"finished", true}});
  };
  const Json whole = joined({{{"searches", {row(2), row(3)}}}, {{"searches", {row(2)}}}});
  EXPECT_EQ(whole["searches"][0]["finished"], true);
  EXPECT_EQ(whole["searches"][1]["finished"], false);
  EXPECT_EQ(whole["searches"][1]["symmetry"], true);  // a parameter, not a flag
  EXPECT_EQ(joined({{{"searches", {row(2)}}}, Json::object()})["searches"][0]["finished"], false);
}

// A search that belongs to one shard loses nothing because the other shards do not mention it.
TEST(LaneFigures, a_search_that_was_dealt_to_one_shard_is_as_that_shard_says) {
  const auto row = [](int producers, bool complete) {
    return Json({{"scenario", "basic"}, {"producers", producers}, {"complete", complete}});
  };
  const Json whole =
      joined({{{"searches", {row(1, true), row(3, false)}}}, {{"searches", {row(2, true)}}}},
             Dealt::kWhole);
  EXPECT_EQ(whole["searches"], Json({row(1, true), row(3, false), row(2, true)}));
}

TEST(LaneFigures, one_shard_stays_as_it_is_but_for_rows_of_one_name) {
  const Json plain = {{"b", 1.0}, {"a", nullptr}, {"curve", {1, 2}}, {"points", {{{"t", 1}}}}};
  EXPECT_EQ(joined({plain}).dump(), plain.dump());
  const Json row = {
      {"scenario", "basic"}, {"search", "random"}, {"producers", 3}, {"executions", 4}};
  const Json twice = joined({{{"searches", {row, row}}}});
  EXPECT_EQ(twice["searches"].size(), 1U);
  EXPECT_EQ(twice["searches"][0]["executions"], 8);
  EXPECT_EQ(twice["searches"][0]["producers"], 3);
  EXPECT_EQ(joined({twice}), twice);
}

TEST(LaneFigures, what_does_not_fit_together_is_left_as_the_first_shard_has_it) {
  EXPECT_EQ(joined({{{"x", "text"}, {"y", {1, 2}}}, {{"x", 1}, {"y", {3}}}}),
            Json({{"x", "text"}, {"y", {1, 2}}}));
}

TEST(LaneFigures, sums_stay_within_what_a_report_may_hold) {
  EXPECT_EQ(joined({{{"n", kMaxCount}, {"seconds", 1e308}}, {{"n", 1}, {"seconds", 1e308}}}).dump(),
            R"({"n":9007199254740991,"seconds":1.7976931348623157e+308})");
}

}  // namespace
}  // namespace awlab::reports
