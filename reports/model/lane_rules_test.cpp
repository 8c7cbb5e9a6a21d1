// A lane's counts must add up where they are reported; an absent count is no error.
#include "reports/model/lane_rules.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "reports/model/example_report.hpp"
#include "reports/model/report_json.hpp"

namespace awlab::reports {
namespace {

Report with_lane(const char* name, std::uint64_t executions, Json coverage, Json stats) {
  Report report = example_passing_report();
  Lane& lane = report.lanes.front();
  lane.lane = name;
  lane.executions = executions;
  lane.coverage = std::move(coverage);
  lane.stats = std::move(stats);
  return report;
}

Report explored() {
  return with_lane("explore", 10,
                   {{"searches",
                     {{{"complete", 7}, {"blocked", 1}, {"executions", 90}},
                      {{"complete", 2}, {"blocked", 0}, {"executions", 3}}}}},
                   Json::object());
}

Report raced() {
  return with_lane("relacy", 12, {{"searches", {{{"executions", 7}}, {{"executions", 5}}}}},
                   Json::object());
}

Report stressed() {
  return with_lane(
      "stress-tsan", 9, Json::object(),
      {{"rounds", 9}, {"contended_rounds", 9}, {"outcomes", {{{"count", 4}}, {{"count", 5}}}}});
}

Report fuzzed() {
  Report report = example_failing_report();
  report.lanes[1].stats = {{"violations", 1}};
  return report;
}

// Goes through text: a 9 that is written above is not yet the count that a reader finds.
std::string error_of(const Report& report) {
  const Result<Report> read = parse_report(to_text(report));
  return read ? "" : read.error();
}

TEST(LaneNumbers, what_adds_up_is_consistent) {
  for (const Report& report : {explored(), raced(), stressed(), fuzzed()}) {
    EXPECT_EQ(error_of(report), "");
  }
}

struct Contradiction {
  const char* error;
  Report (*base)();
  std::function<void(Report&)> plant;
};

Json& stats(Report& report) { return report.lanes.front().stats; }
Json& searches(Report& report) { return report.lanes.front().coverage["searches"]; }

TEST(LaneNumbers, every_contradiction_is_named_by_its_path) {
  const std::vector<Contradiction> table = {
      {"lanes[0].executions: 11, but coverage.searches adds up to 10", explored,
       [](Report& r) { r.lanes.front().executions = 11; }},
      {"lanes[0].executions: 10, but coverage.searches adds up to 9", explored,
       [](Report& r) { searches(r)[0]["blocked"] = 0; }},
      {"lanes[0].executions: 12, but coverage.searches adds up to 13", raced,
       [](Report& r) { searches(r)[1]["executions"] = 6; }},
      {"lanes[0].executions: 12, but coverage.searches adds up to 0", raced,
       [](Report& r) { searches(r) = Json::array(); }},
      {"lanes[0].stats.rounds: 8, but executions is 9", stressed,
       [](Report& r) { stats(r)["rounds"] = 8; }},
      {"lanes[0].stats.outcomes: they add up to 10, but rounds is 9", stressed,
       [](Report& r) { stats(r)["outcomes"][0]["count"] = 5; }},
      {"lanes[0].stats.contended_rounds: 10 of 9 rounds", stressed,
       [](Report& r) { stats(r)["contended_rounds"] = 10; }},
      {"findings[0].kind: missed_wakeup, but lane 'fuzz' has counted no violation", fuzzed,
       [](Report& r) { r.lanes[1].stats["violations"] = 0; }},
  };
  for (const Contradiction& contradiction : table) {
    Report report = contradiction.base();
    contradiction.plant(report);
    EXPECT_EQ(error_of(report), contradiction.error);
  }
}

TEST(LaneNumbers, a_crash_is_found_without_a_violation_that_was_counted) {
  Report report = fuzzed();
  report.lanes[1].stats["violations"] = 0;
  Finding& finding = report.findings.front();
  finding.kind = Kind::kCrash;
  finding.signature = make_signature(finding.kind, finding.property, "", "", "");
  EXPECT_EQ(error_of(report), "");
}

TEST(LaneNumbers, what_is_absent_or_of_another_form_is_no_error) {
  const std::vector<Contradiction> table = {
      {"no searches", explored, [](Report& r) { r.lanes.front().coverage.erase("searches"); }},
      {"searches is a number", explored, [](Report& r) { searches(r) = 3; }},
      {"a row is a text", raced, [](Report& r) { searches(r).push_back("?"); }},
      {"a row without the number", raced, [](Report& r) { searches(r).push_back(Json::object()); }},
      {"a negative number", raced, [](Report& r) { searches(r)[0]["executions"] = -7; }},
      {"a number that is not exact", raced,
       [](Report& r) { searches(r)[0]["executions"] = kMaxCount + 1; }},
      {"a sum that is not exact", raced,
       [](Report& r) { searches(r)[0]["executions"] = kMaxCount; }},
      {"no rounds", stressed, [](Report& r) { stats(r).erase("rounds"); }},
      {"rounds is a text", stressed, [](Report& r) { stats(r)["rounds"] = "9"; }},
      {"an outcome without count", stressed,
       [](Report& r) { stats(r)["outcomes"][0].erase("count"); }},
      {"no violations", fuzzed, [](Report& r) { r.lanes[1].stats.erase("violations"); }},
      {"the numbers of another way", explored, [](Report& r) { stats(r)["rounds"] = 1; }},
  };
  for (const Contradiction& harmless : table) {
    Report report = harmless.base();
    harmless.plant(report);
    EXPECT_EQ(error_of(report), "") << harmless.error;
  }
}

}  // namespace
}  // namespace awlab::reports
