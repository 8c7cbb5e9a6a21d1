// Each state of a finding and each section of the difference, on reports made by hand.
#include "reports/compare/diff.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "reports/model/example_report.hpp"

namespace awlab::reports {
namespace {

Report clean() { return example_passing_report(); }

// The bug of the example, found by this report's lane in the given number of replays.
Report with_bug(Replay replay = {10, 10}) {
  Report report = clean();
  Finding finding = finding_of_one_lane();
  finding.lane = report.lanes.front().lane;
  finding.replay = replay;
  add_finding(report, finding);
  report.lanes.front().verdict = Verdict::kFail;
  report.verdict = Verdict::kFail;
  return report;
}

Difference difference(const std::vector<Report>& before, const Report& now) {
  const Result<Difference> result = diff(before, now);
  EXPECT_TRUE(result);
  return result ? result.value() : Difference{};
}

// "rare 1 of 3", or "" if there is no finding.
std::string state(const std::vector<Report>& before, const Report& now) {
  const Difference changed = difference(before, now);
  EXPECT_LE(changed.findings.size(), 1U);
  if (changed.findings.empty()) return "";
  const Change& change = changed.findings.front();
  return std::string(to_string(change.state)) + " " + std::to_string(change.seen) + " of " +
         std::to_string(change.of);
}

TEST(Diff, new_is_now_and_in_none_before) {
  EXPECT_EQ(state({clean(), clean()}, with_bug()), "new 1 of 3");
  EXPECT_TRUE(is_worse(difference({clean()}, with_bug())));
}

TEST(Diff, ongoing_is_now_and_in_the_last) {
  EXPECT_EQ(state({clean(), with_bug()}, with_bug()), "ongoing 2 of 3");
  EXPECT_FALSE(is_worse(difference({with_bug()}, with_bug())));
}

TEST(Diff, resolved_was_there_each_time_and_in_each_replay) {
  EXPECT_EQ(state({with_bug(), with_bug()}, clean()), "resolved 2 of 3");
  EXPECT_EQ(state({clean(), with_bug()}, clean()), "resolved 1 of 3");  // since it appeared
}

TEST(Diff, rare_is_seen_but_not_each_time) {
  EXPECT_EQ(state({with_bug(), clean()}, with_bug()), "rare 2 of 3");
  EXPECT_EQ(state({with_bug(), clean(), with_bug()}, clean()), "rare 2 of 4");
  EXPECT_EQ(state({with_bug({9, 10})}, clean()), "rare 1 of 2");
  EXPECT_EQ(state({with_bug({9, 10}), with_bug()}, clean()), "rare 2 of 3");
  EXPECT_FALSE(is_worse(difference({with_bug(), clean()}, with_bug())));
}

TEST(Diff, absence_does_not_resolve_what_nobody_looked_for) {
  EXPECT_EQ(state({with_bug({0, 0})}, clean()), "rare 1 of 2");  // never replayed
  Report now = clean();
  now.run.finished_at.reset();
  EXPECT_EQ(state({with_bug()}, now), "rare 1 of 2");
  now = clean();
  now.lanes.front().verdict = Verdict::kInconclusive;  // the lane did not run, or was cut short
  EXPECT_EQ(state({with_bug()}, now), "rare 1 of 2");
  now = clean();
  now.lanes.front().lane = "fuzz";
  EXPECT_EQ(state({with_bug()}, now), "rare 1 of 2");
  Report both = with_bug();
  both.findings.front().also_in = {"fuzz"};
  EXPECT_EQ(state({both}, now), "resolved 1 of 2");  // one of its lanes has looked
  now.lanes.front().verdict = Verdict::kInconclusive;
  EXPECT_EQ(state({both}, now), "rare 1 of 2");
}

TEST(Diff, a_run_in_which_nobody_looked_makes_nothing_rare) {
  Report blind = clean();
  blind.lanes.front().verdict = Verdict::kInconclusive;
  EXPECT_EQ(state({with_bug(), blind}, with_bug()), "ongoing 2 of 3");
  EXPECT_EQ(state({with_bug(), blind, with_bug()}, clean()), "resolved 2 of 4");
  EXPECT_EQ(state({blind}, with_bug()), "new 1 of 2");
}

Report shard(std::uint64_t index, Report report) {
  report.run.shard = {index, 2};
  return report;
}

TEST(Diff, the_silence_of_another_shard_says_nothing) {
  const Report bug = shard(0, with_bug());
  const Report other = shard(1, clean());
  EXPECT_EQ(state({bug, other}, shard(0, clean())), "resolved 1 of 3");
  EXPECT_EQ(state({other, bug}, other), "");
  EXPECT_EQ(state({bug, other}, bug), "ongoing 2 of 3");
  EXPECT_EQ(state({bug, other, bug, other}, shard(0, clean())), "resolved 2 of 5");
}

TEST(Diff, what_another_shard_has_found_is_not_new) {
  const Report bug = shard(1, with_bug());
  EXPECT_EQ(state({shard(1, clean()), shard(0, with_bug())}, bug), "ongoing 2 of 3");
  EXPECT_EQ(state({shard(0, with_bug()), shard(1, clean())}, bug), "rare 2 of 3");
}

TEST(Diff, what_is_lost_is_so_since_the_last_report_of_the_same_shard) {
  Report whole = clean();
  whole.lanes.push_back(whole.lanes.front());
  whole.lanes.back().lane = "fuzz";
  const Difference changed = difference({shard(0, clean()), shard(1, whole)}, shard(0, clean()));
  EXPECT_TRUE(changed.lanes_lost.empty());
  EXPECT_EQ(changed.throughput.size(), 1U);
  EXPECT_EQ(difference({shard(1, whole), shard(0, clean())}, shard(1, clean())).lanes_lost.size(),
            1U);
}

TEST(Diff, what_was_gone_in_the_last_report_and_still_is_is_left_out) {
  EXPECT_EQ(state({with_bug(), clean()}, clean()), "");
}

TEST(Diff, a_bug_is_known_by_signature_and_subject) {
  Report other = with_bug();
  other.findings.front().subject = "another";
  other.findings.front().also_in = {"stress-tsan"};
  const Difference changed = difference({with_bug()}, other);
  ASSERT_EQ(changed.findings.size(), 2U);
  EXPECT_EQ(changed.findings[0].state, State::kNew);
  EXPECT_EQ(changed.findings[0].subject, "another");
  EXPECT_EQ(changed.findings[0].lanes, (std::vector<std::string>{"explore", "stress-tsan"}));
  EXPECT_EQ(changed.findings[1].state, State::kResolved);
  EXPECT_EQ(changed.findings[1].reproduce, with_bug().findings.front().reproduce);
}

TEST(Diff, reports_that_cannot_be_compared_are_refused) {
  EXPECT_FALSE(diff({}, clean()));
  Report other = clean();
  other.subject.name = "another";
  const Result<Difference> refused = diff(std::vector{clean(), other}, clean());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error(),
            "cannot compare: one report is about another, another about AtomicWaker");
  const Result<Difference> parts = diff(std::vector{shard(0, clean())}, shard(1, clean()));
  ASSERT_FALSE(parts);
  EXPECT_EQ(parts.error(),
            "cannot compare: no earlier report is of shard 1 of 2; compare the reports that merge "
            "makes of whole runs");
}

TEST(Diff, a_canary_that_lives_or_is_gone_is_lost) {
  Report now = clean();
  now.lanes.front().canaries[0].killed = false;
  now.lanes.front().canaries.pop_back();
  now.lanes.front().verdict = Verdict::kFail;
  const Difference changed = difference({clean()}, now);
  EXPECT_EQ(changed.canaries_lost,
            (std::vector<std::string>{"explore: wor-acquire", "explore: cas2-store"}));
  EXPECT_TRUE(is_worse(changed));
  EXPECT_TRUE(difference({now}, clean()).canaries_lost.empty());
  EXPECT_TRUE(difference({now}, now).canaries_lost.empty());  // it survived before, too
  now.lanes.clear();
  EXPECT_TRUE(difference({clean()}, now).canaries_lost.empty());  // the whole lane is lost instead
}

TEST(Diff, a_lane_that_did_not_run_or_has_no_verdict_any_more_is_lost) {
  Report now = clean();
  now.lanes.front().verdict = Verdict::kInconclusive;
  Difference changed = difference({clean()}, now);
  ASSERT_EQ(changed.lanes_lost.size(), 1U);
  EXPECT_FALSE(changed.lanes_lost[0].absent);
  EXPECT_TRUE(is_worse(changed));
  EXPECT_TRUE(difference({now}, now).lanes_lost.empty());
  EXPECT_TRUE(difference({now}, clean()).lanes_lost.empty());
  changed = difference({with_bug()}, now);  // also if it failed before
  ASSERT_EQ(changed.lanes_lost.size(), 1U);
  EXPECT_FALSE(changed.lanes_lost[0].absent);
  EXPECT_NE(to_text(changed).find("explore: had a verdict before, now inconclusive"),
            std::string::npos);
  now.lanes.clear();
  changed = difference({clean()}, now);
  ASSERT_EQ(changed.lanes_lost.size(), 1U);
  EXPECT_TRUE(changed.lanes_lost[0].absent);
  EXPECT_TRUE(is_worse(changed));
}

Report with_coverage(const Json& coverage) {
  Report report = clean();
  report.lanes.front().coverage = coverage;
  return report;
}

TEST(Diff, a_row_that_was_hit_and_is_not_hit_now_is_lost) {
  const Report before = with_coverage({{"rows", {{"a", 5}, {"b", 0}, {"c", 7}, {"d", 1}}}});
  const Difference changed =
      difference({before}, with_coverage({{"rows", {{"a", 0}, {"b", 0}, {"d", 2}}}}));
  ASSERT_EQ(changed.rows_lost.size(), 2U);
  EXPECT_EQ(changed.rows_lost[0].row, "a");
  EXPECT_EQ(changed.rows_lost[0].before, 5U);
  EXPECT_EQ(changed.rows_lost[1].row, "c");
  EXPECT_FALSE(is_worse(changed));
  EXPECT_EQ(difference({before}, clean()).rows_lost.size(), 3U);
}

Report with_search(std::uint64_t producers, std::uint64_t complete, bool finished) {
  return with_coverage({{"searches",
                         {{{"scenario", "basic"},
                           {"producers", producers},
                           {"symmetry", true},
                           {"complete", complete},
                           {"finished", finished}}}}});
}

TEST(Diff, a_finished_search_of_the_same_sources_counts_the_same) {
  const Difference changed = difference({with_search(2, 10, true)}, with_search(2, 11, true));
  ASSERT_EQ(changed.searches_changed.size(), 1U);
  EXPECT_EQ(changed.searches_changed[0].before, 10U);
  EXPECT_EQ(changed.searches_changed[0].now, 11U);
  EXPECT_EQ(changed.searches_changed[0].search.dump(),
            R"({"scenario":"basic","producers":2,"symmetry":true})");
  Report other_sources = with_search(2, 11, true);
  other_sources.subject.sha256 = std::string(64, 'b');
  const auto changes = [](const Report& before, const Report& now) {
    return difference({before}, now).searches_changed.size();
  };
  EXPECT_EQ(changes(with_search(2, 10, true), other_sources), 0U);
  EXPECT_EQ(changes(with_search(2, 10, true), with_search(2, 10, true)), 0U);
  EXPECT_EQ(changes(with_search(2, 10, false), with_search(2, 11, true)), 0U);
}

TEST(Diff, a_search_that_is_gone_or_finishes_no_more_is_lost) {
  Difference changed = difference({with_search(2, 10, true)}, with_search(3, 10, true));
  ASSERT_EQ(changed.searches_lost.size(), 1U);
  EXPECT_TRUE(changed.searches_lost[0].absent);
  EXPECT_EQ(changed.searches_lost[0].search["producers"], 2);
  changed = difference({with_search(2, 10, true)}, with_search(2, 4, false));
  ASSERT_EQ(changed.searches_lost.size(), 1U);
  EXPECT_FALSE(changed.searches_lost[0].absent);
  EXPECT_TRUE(changed.searches_changed.empty());
  EXPECT_TRUE(
      difference({with_search(2, 10, false)}, with_search(2, 4, false)).searches_lost.empty());
}

TEST(Diff, a_lane_that_does_less_than_half_as_much_a_second_has_regressed) {
  const auto at = [](double seconds) {
    Report report = clean();
    report.lanes.front().executions = 100;
    report.lanes.front().seconds = seconds;
    return report;
  };
  Difference changed = difference({at(1)}, at(4));
  ASSERT_EQ(changed.throughput.size(), 1U);
  EXPECT_EQ(changed.throughput[0].before, 100);
  EXPECT_EQ(changed.throughput[0].now, 25);
  EXPECT_EQ(changed.throughput[0].ratio, 0.25);
  EXPECT_TRUE(changed.throughput[0].regressed);
  EXPECT_FALSE(is_worse(changed));
  EXPECT_FALSE(difference({at(1)}, at(2)).throughput.at(0).regressed);
}

TEST(DiffText, says_nothing_new_or_one_line_for_each_thing) {
  EXPECT_EQ(to_text(difference({clean()}, clean())), "nothing new\n");
  Report now = with_bug();
  now.lanes.front().canaries.pop_back();
  now.lanes.front().coverage = {{"rows", {{"a", 0}}}};
  now.lanes.front().seconds = 1250;
  Report before = with_coverage({{"rows", {{"a", 5}}}});
  before.lanes.push_back(before.lanes.front());
  before.lanes.back().lane = "fuzz";
  EXPECT_EQ(
      to_text(difference({before}, now)),
      "new                missed_wakeup P1 in explore: the last wake is lost (1 of 2 reports)\n"
      "                   ./lab replay artifacts/crash-1\n"
      "canary lost        explore: cas2-store\n"
      "lane lost          fuzz: did not run\n"
      "row lost           explore: a, hit 5 times before\n"
      "slower             explore: 3 executions a second, before 339\n");
  EXPECT_EQ(to_text(difference({with_search(2, 10, true)}, with_search(2, 12, true))),
            "search changed     explore: scenario basic, producers 2, symmetry true: "
            "12 complete executions, before 10\n");
}

// All sections at once, far too long, from a hostile report.
TEST(DiffText, is_short_and_clean_whatever_the_reports_say) {
  Report before = with_coverage({{"searches", Json::array()}});
  Report now = before;
  for (int i = 0; i < 50; ++i) {
    const std::string name = "\x1b[2J\nx" + std::to_string(i);
    Lane& lane = before.lanes.front();
    lane.canaries.push_back({name, true, 0});
    lane.coverage["rows"][name] = 1;
    for (const char* kind : {"gone", "changed"}) {
      lane.coverage["searches"].push_back(
          {{"scenario", name + kind}, {"complete", 1}, {"finished", true}});
    }
    now.lanes.front().coverage["searches"].push_back(
        {{"scenario", name + "changed"}, {"complete", 2}, {"finished", true}});
    before.lanes.push_back(clean().lanes.front());
    before.lanes.back().lane = "fuzz-" + std::to_string(i);
    Finding finding = finding_of_one_lane();
    finding.lane = "explore";
    finding.summary = finding.reproduce = name + std::string(10'000, 'y');
    finding.replay = {static_cast<std::uint64_t>(i % 2), 1};
    for (const char* subject : {"new", "ongoing", "rare or resolved"}) {
      finding.signature = subject + name;
      if (*subject != 'n') add_finding(before, finding);
      if (*subject != 'r') add_finding(now, finding);
    }
  }
  now.lanes.front().seconds = 1e9;
  const std::string text = to_text(difference({before}, now));
  for (const char* title : {"new", "ongoing", "rare", "resolved", "canary lost", "lane lost",
                            "row lost", "search lost", "search changed", "slower"}) {
    EXPECT_NE(("\n" + text).find(std::string("\n") + title), std::string::npos) << title;
  }
  EXPECT_LE(std::ranges::count(text, '\n'), 40);
  EXPECT_LT(text.size(), 20'000U);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_NE(text.find("new                … and 46 more\n"), std::string::npos) << text;
}

TEST(DiffJson, has_everything_under_the_names_of_the_structs) {
  Report now = with_bug();
  now.lanes.front().lane = "fuzz";
  const Json json = to_json(difference({with_bug()}, now));
  EXPECT_EQ(json["worse"], true);
  EXPECT_EQ(json["subject"], "AtomicWaker");
  EXPECT_EQ(json["findings"][0]["state"], "ongoing");
  EXPECT_EQ(json["findings"][0]["lanes"], Json::array({"explore"}));
  EXPECT_EQ(json["findings"][0]["seen"], 2);
  EXPECT_EQ(json["lanes_lost"], Json::array({{{"lane", "explore"}, {"absent", true}}}));
  for (const char* name :
       {"canaries_lost", "rows_lost", "searches_lost", "searches_changed", "throughput"}) {
    EXPECT_TRUE(json[name].is_array()) << name;
  }
}

}  // namespace
}  // namespace awlab::reports
