#include "reports/dashboard/finding_states.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <span>

#include "core/support/as_size.hpp"
#include "reports/compare/diff.hpp"
#include "reports/dashboard/example_history.hpp"
#include "reports/dashboard/history_fixture.hpp"
#include "reports/model/report_json.hpp"

namespace awlab::reports {
namespace {

class FindingStates : public HistoryTest {
 protected:
  // One night per letter. x: it has the finding; r: likewise, but not in each replay; . : it has
  // not; - : its lane has no verdict. X and _ are x and . in another shard.
  static std::vector<Report> nights_of(std::string_view nights) {
    const Finding finding = example_night({.nights = 1, .failing = true}, 0).findings[0];
    std::vector<Report> reports;
    for (std::size_t i = 0; i < nights.size(); ++i) {
      Report& report = reports.emplace_back(example_night({.nights = nights.size()}, i));
      report.findings.clear();
      report.lanes = {*std::ranges::find(report.lanes, finding.lane, &Lane::lane)};
      Lane& lane = report.lanes.front();
      for (Canary& canary : lane.canaries) canary.killed = true;
      lane.verdict = Verdict::kPass;
      const std::string_view night = nights.substr(i, 1);
      if (night.find_first_of("xrX") == 0) {
        lane.verdict = Verdict::kFail;
        report.findings = {finding};
        if (night.front() == 'r') report.findings[0].replay = {4, 5};
      }
      if (night == "-") lane.verdict = Verdict::kInconclusive;
      report.run.shard = {night.find_first_of("X_") == 0 ? 1U : 0U, 2};
      finish(report, report.run.started_at);
    }
    return reports;
  }

  std::string states_of(std::string_view nights) {
    const std::vector<Report> reports = nights_of(nights);
    std::filesystem::remove_all(directory_);  // left by a longer row of nights
    std::filesystem::create_directory(directory_);
    for (std::size_t i = 0; i < nights.size(); ++i) {  // no sync to disk: it runs hundreds of times
      std::ofstream(path(fmt::format("{}.json", i))) << to_text(reports[i]);
    }
    const Result<History> history = read();
    EXPECT_TRUE(history);
    std::string states;
    if (!history) return states;
    const std::size_t first = nights.find_first_of("xrX");
    const auto seen_in = std::ranges::count_if(
        reports, [](const Report& report) { return !report.findings.empty(); });
    for (const StatedFinding& one : state_findings(history.value())) {
      EXPECT_EQ(one.runs, nights.size());
      EXPECT_EQ(one.seen_in, as_size(seen_in));
      EXPECT_EQ(one.first_seen, history.value().runs[first].started_at);
      states += to_string(one.state);
    }
    return states;
  }
};

TEST_F(FindingStates, what_no_run_before_had_is_new) { EXPECT_EQ(states_of("..x"), "new"); }
TEST_F(FindingStates, what_the_only_run_has_is_new) { EXPECT_EQ(states_of("x"), "new"); }
TEST_F(FindingStates, what_the_previous_run_had_is_ongoing) {
  EXPECT_EQ(states_of(".xx"), "ongoing");
}
TEST_F(FindingStates, what_only_an_earlier_run_had_is_rare) { EXPECT_EQ(states_of("x.x"), "rare"); }
TEST_F(FindingStates, what_only_the_previous_run_had_is_resolved) {
  EXPECT_EQ(states_of(".x."), "resolved");
}
TEST_F(FindingStates, what_was_gone_for_longer_has_no_state) { EXPECT_EQ(states_of("x.."), ""); }

TEST_F(FindingStates, are_about_one_subject) {
  const ExampleNights plan{.nights = 2, .failing = true};
  Report other = example_night(plan, 0);
  other.subject.name = "another";
  write("0.json", other);  // has the ongoing finding, as the next one
  write("1.json", example_night(plan, 1));
  const Result<History> history = read();
  ASSERT_TRUE(history);
  const std::vector<StatedFinding> findings = state_findings(history.value());
  EXPECT_EQ(findings.size(), 3U);  // a new, an ongoing and a rare one, were it one subject
  for (const StatedFinding& one : findings) EXPECT_EQ(one.state, State::kNew);
}

TEST_F(FindingStates, what_did_not_show_each_time_is_rare_when_it_is_gone) {
  EXPECT_EQ(states_of("xx."), "resolved");
  EXPECT_EQ(states_of("x.x."), "rare");
  EXPECT_EQ(states_of("rx."), "rare");
}

TEST_F(FindingStates, a_run_in_which_nobody_looked_makes_nothing_rare) {
  EXPECT_EQ(states_of("x-x"), "ongoing");
  EXPECT_EQ(states_of("x-x."), "resolved");
  EXPECT_EQ(states_of("x-"), "rare");
}

TEST_F(FindingStates, the_silence_of_another_shard_says_nothing) {
  EXPECT_EQ(states_of("x_."), "resolved");
  EXPECT_EQ(states_of("_x_"), "");
  EXPECT_EQ(states_of("x_x"), "ongoing");
}

// Two ways to the same word: from whole reports, and from a year of summaries.
TEST_F(FindingStates, are_those_of_diff_in_every_short_history) {
  constexpr std::string_view kNights = "xr.-X_";
  std::size_t compared = 0;
  for (std::size_t number = 0; number < std::size_t{6} * 6 * 6; ++number) {
    const std::string nights = {kNights[number % 6], kNights[number / 6 % 6],
                                kNights[number / 36 % 6]};
    const std::vector<Report> reports = nights_of(nights);
    const Result<Difference> difference = diff(std::span(reports).first(2), reports.back());
    if (!difference) continue;  // no earlier report of this shard
    std::string states;
    for (const Change& change : difference.value().findings) states += to_string(change.state);
    EXPECT_EQ(states_of(nights), states) << nights;
    ++compared;
  }
  EXPECT_EQ(compared, 4U * (6 * 6 - 2 * 2) + 2U * (6 * 6 - 4 * 4));  // all but those
}

TEST_F(FindingStates, what_is_gone_is_resolved_only_if_its_absence_says_something) {
  const ExampleNights plan{.nights = 2, .failing = true};
  const auto state_of_gone = [&](auto change) {
    Report before = example_night(plan, 0);
    Report now = example_night(plan, 1);
    change(before, now);
    before.verdict = overall_verdict(before), now.verdict = overall_verdict(now);
    write("0.json", before);
    write("1.json", now);
    const Result<History> history = read();
    EXPECT_TRUE(history) << history.error();
    for (const StatedFinding& one : state_findings(history.value())) {
      if (!one.is_here) return std::optional(one.state);
    }
    return std::optional<State>();
  };
  const auto gone = [](Report& before) -> Finding& {
    return *std::ranges::find(before.findings, Kind::kWakerLifetime, &Finding::kind);
  };
  EXPECT_EQ(state_of_gone([](Report&, Report&) {}), State::kResolved);
  EXPECT_EQ(state_of_gone([](Report&, Report& now) { now.run.finished_at.reset(); }), State::kRare);
  EXPECT_EQ(state_of_gone([&](Report& before, Report&) { gone(before).replay = {4, 5}; }),
            State::kRare);
  EXPECT_EQ(state_of_gone([&](Report& before, Report&) { gone(before).replay = {0, 0}; }),
            State::kRare);
  EXPECT_EQ(state_of_gone([&](Report& before, Report& now) {
              gone(before).lane = "relacy";
              before.lanes[1].verdict = Verdict::kPass;
              before.lanes[2].verdict = Verdict::kFail;
              now.lanes.erase(now.lanes.begin() + 2);
            }),
            State::kRare);
  EXPECT_EQ(state_of_gone([](Report&, Report& now) {
              std::erase_if(now.findings, [](const Finding& one) { return one.lane == "fuzz"; });
              now.lanes[1].verdict = Verdict::kInconclusive;
            }),
            State::kRare);
  EXPECT_EQ(state_of_gone([](Report&, Report& now) { now.run.shard = {1, 2}; }), std::nullopt);
}

TEST_F(FindingStates, come_with_the_most_urgent_first) {
  const ExampleNights plan{.nights = 8, .failing = true};
  for (std::size_t i = 0; i < plan.nights; ++i) {
    write(fmt::format("{}.json", i), example_night(plan, i));
  }
  const Result<History> history = read();
  ASSERT_TRUE(history);
  std::string states;
  for (const StatedFinding& one : state_findings(history.value())) {
    states += fmt::format("{} ", to_string(one.state));
  }
  EXPECT_EQ(states, "new ongoing rare resolved ");
}

}  // namespace
}  // namespace awlab::reports
