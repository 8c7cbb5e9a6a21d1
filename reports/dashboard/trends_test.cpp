#include "reports/dashboard/trends.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "reports/dashboard/example_history.hpp"

namespace awlab::reports {
namespace {

RunSummary run_with(std::vector<LaneSummary> lanes) {
  RunSummary run;
  run.started_at = "2025-01-31T02:00:00Z";
  run.lanes = std::move(lanes);
  return run;
}

TEST(Trends, have_a_gap_where_a_lane_did_not_run) {
  History history;
  history.runs = {run_with({{"fuzz", Verdict::kPass, 2, 10, {{"f", true, 0.5}}}}), run_with({}),
                  run_with({{"fuzz", Verdict::kPass, 2, 30, {{"f", false, 4}}}})};
  const Trends trends = find_trends(history);
  ASSERT_EQ(trends.rates.size(), 1U);
  EXPECT_EQ(trends.rates[0].rates, (std::vector<std::optional<double>>{5, std::nullopt, 15}));
  ASSERT_EQ(trends.canaries.size(), 1U);
  EXPECT_FALSE(trends.canaries[0].results[1]);
  EXPECT_EQ(trends_json(trends),
            R"({"runs":[["2025-01-31T02:00:00Z","inconclusive",0],)"
            R"(["2025-01-31T02:00:00Z","inconclusive",0],)"
            R"(["2025-01-31T02:00:00Z","inconclusive",0]],)"
            R"("rates":[{"lane":"fuzz","values":[5.0,null,15.0]}],)"
            R"("canaries":[{"lane":"fuzz","fault":"f","seconds":[0.5,null,4.0],"alive":[2]}]})");
}

TEST(Trends, are_of_the_latest_subject_alone) {
  History history;
  history.runs = {run_with({}), run_with({})};
  history.runs[0].subject = "another";
  EXPECT_EQ(find_trends(history).runs.size(), 1U);
}

TEST(Trends, end_at_the_most_series_and_count_the_rest) {
  History history;
  RunSummary run = run_with({{"fuzz", Verdict::kPass, 1, 1, {}}});
  for (std::size_t i = 0; i < kMostSeries + 3; ++i) {
    run.lanes[0].canaries.push_back({std::to_string(i), true, 1});
  }
  for (std::size_t i = 0; i < kMostSeries + 2; ++i) {
    run.lanes.push_back({fmt::format("stress-{}", i), Verdict::kPass, 1, 1, {}});
  }
  history.runs = {run, run, run};
  const Trends trends = find_trends(history);
  EXPECT_EQ(trends.canaries.size(), kMostSeries);
  EXPECT_EQ(trends.rates.size(), kMostSeries);
  EXPECT_EQ(trends.left_out, 3U + 3U) << "each series once, in however many runs it is";
}

TEST(ScriptJson, cannot_end_its_element_and_keeps_its_value) {
  const Json json = {{"text", "</script><!-- & \u2028\u2029 \u00fc"}};
  const std::string text = script_json(json);
  EXPECT_EQ(text, "{\"text\":\"\\u003c/script\\u003e\\u003c!-- \\u0026 \\u2028\\u2029 \u00fc\"}");
  EXPECT_EQ(Json::parse(text), json);
}

}  // namespace
}  // namespace awlab::reports
