#include "finding_states.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "example_history.hpp"
#include "history_fixture.hpp"

namespace awlab::reports {
namespace {

class FindingStates : public HistoryTest {
 protected:
  // The states of one finding that is there on the marked of these nights: "..x.x".
  std::string states_of(std::string_view nights) {
    const ExampleNights plan{.nights = 1, .failing = true};
    const Report failing = example_night(plan, 0);
    for (std::size_t i = 0; i < nights.size(); ++i) {
      Report report = example_night({.nights = nights.size()}, i);
      report.findings.clear();
      if (nights[i] == 'x') {
        for (Lane& lane : report.lanes) {
          if (lane.lane == failing.findings[0].lane) lane.verdict = Verdict::fail;
        }
        report.findings = {failing.findings[0]};
      }
      finish(report, report.run.started_at);
      write(fmt::format("{}.json", i), report);
    }
    const Result<History> history = read();
    EXPECT_TRUE(history);
    std::string states;
    if (!history) return states;
    for (const StatedFinding& one : state_findings(history.value())) {
      EXPECT_EQ(one.runs, nights.size());
      EXPECT_EQ(one.seen_in, static_cast<std::size_t>(std::ranges::count(nights, 'x')));
      EXPECT_EQ(one.first_seen, history.value().runs[nights.find('x')].started_at);
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
  for (const StatedFinding& one : state_findings(history.value())) {
    EXPECT_EQ(one.state, State::new_);
  }
}

TEST_F(FindingStates, what_did_not_show_each_time_is_rare_when_it_is_gone) {
  EXPECT_EQ(states_of("xx."), "resolved");
  EXPECT_EQ(states_of("x.x."), "rare");
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
      if (!one.is_here) return one.state;
    }
    return State::new_;
  };
  const auto gone = [](Report& before) -> Finding& {
    return *std::ranges::find(before.findings, Kind::kWakerLifetime, &Finding::kind);
  };
  EXPECT_EQ(state_of_gone([](Report&, Report&) {}), State::resolved);
  EXPECT_EQ(state_of_gone([](Report&, Report& now) { now.run.finished_at.reset(); }), State::rare);
  EXPECT_EQ(state_of_gone([&](Report& before, Report&) { gone(before).replay = {4, 5}; }),
            State::rare);
  EXPECT_EQ(state_of_gone([&](Report& before, Report&) { gone(before).replay = {0, 0}; }),
            State::rare);
  EXPECT_EQ(state_of_gone([&](Report& before, Report& now) {
              gone(before).lane = "relacy";
              before.lanes[1].verdict = Verdict::pass;
              before.lanes[2].verdict = Verdict::fail;
              now.lanes.erase(now.lanes.begin() + 2);
            }),
            State::rare);
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
