// Joining the parts of a run: sums, unions, and the sets that are refused.
#include "reports/compare/merge.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "reports/model/environment.hpp"
#include "reports/model/example_report.hpp"

namespace awlab::reports {
namespace {

Report shard(std::uint64_t index, std::uint64_t total, std::uint64_t complete) {
  Report report = example_passing_report();
  report.run.shard = {index, total};
  report.run.command = "./lab explore --shard " + std::to_string(index) + "/" +
                       std::to_string(total) + " --json x.json";
  report.lanes.front().executions = complete;
  report.lanes.front().coverage = {{"searches",
                                    {{{"scenario", "basic"},
                                      {"producers", 2},
                                      {"symmetry", true},
                                      {"complete", complete},
                                      {"finished", true},
                                      {"seconds", 0.5}}}}};
  return report;
}

std::string refusal(const std::vector<Report>& reports) {
  const Result<Report> whole = merge(reports);
  return whole ? "" : whole.error();
}

TEST(Merge, counts_add_up_and_the_whole_is_shard_0_of_1) {
  const Result<Report> whole = merge(std::vector{shard(0, 3, 5), shard(1, 3, 7), shard(2, 3, 11)});
  ASSERT_TRUE(whole);
  const Json& row = whole.value().lanes.front().coverage["searches"].front();
  EXPECT_EQ(row["complete"], 23);
  EXPECT_EQ(row["producers"], 2);
  EXPECT_EQ(row["finished"], true);
  EXPECT_EQ(row["seconds"], 1.5);
  EXPECT_EQ(whole.value().lanes.front().executions, 23U);
  EXPECT_EQ(whole.value().run.shard.total, 1U);
  EXPECT_EQ(whole.value().run.command, "./lab explore --json x.json");
  EXPECT_EQ(whole.value().verdict, Verdict::kPass);
  EXPECT_TRUE(check_consistency(whole.value()));
}

// Relacy deals out whole searches; explore deals out a part of each.
TEST(Merge, what_a_shard_says_of_a_search_alone_is_the_whole_truth_in_relacy_only) {
  const auto second_row = [](const char* lane) {
    std::vector<Report> shards = {shard(0, 2, 1), shard(1, 2, 1)};
    for (Report& part : shards) part.lanes.front().lane = lane;
    shards[1].lanes.front().coverage["searches"][0]["producers"] = 3;
    return merge(shards).value().lanes.front().coverage["searches"][1];
  };
  EXPECT_EQ(second_row("relacy")["finished"], true);
  EXPECT_EQ(second_row("explore")["finished"], false);
}

TEST(Merge, order_does_not_matter) {
  std::vector<Report> shards = {shard(0, 3, 5), shard(1, 3, 7), shard(2, 3, 11)};
  const Json row = merge(shards).value().lanes.front().coverage;
  std::ranges::reverse(shards);
  EXPECT_EQ(merge(shards).value().lanes.front().coverage, row);
}

TEST(Merge, a_gap_or_an_overlap_is_refused) {
  EXPECT_EQ(refusal({}), "nothing to merge: give the reports of a run");
  EXPECT_EQ(refusal({shard(0, 3, 1), shard(2, 3, 1)}), "lane explore: shard 1 of 3 is missing");
  EXPECT_EQ(refusal({shard(2, 3, 1)}), "lane explore: shard 0 of 3 is missing");
  EXPECT_EQ(refusal({shard(0, 3, 1), shard(1, 3, 1)}), "lane explore: shard 2 of 3 is missing");
  EXPECT_EQ(refusal({shard(0, 2, 1), shard(1, 2, 1), shard(1, 2, 1)}),
            "lane explore: shard 1 of 2 is given twice");
  EXPECT_EQ(refusal({shard(0, 2, 1), shard(1, 3, 1)}),
            "lane explore: there are shards of different totals: 0 of 2, and 1 of 3");
  EXPECT_EQ(refusal({shard(0, 1, 1), shard(1, 1, 1)}), "lane explore: there is no shard 1 of 1");
  // No memory is taken for a number that a file only claims.
  EXPECT_EQ(refusal({shard(0, kMaxCount, 1)}),
            "lane explore: shard 1 of 9007199254740991 is missing");
}

// The rule holds for each lane by itself: here one lane is complete and the other is not.
TEST(Merge, each_lane_has_shards_of_its_own) {
  Report stress = shard(0, 1, 1);
  stress.lanes.front().lane = "stress-tsan";
  EXPECT_EQ(refusal({shard(1, 2, 1), stress, shard(0, 2, 1)}), "");
  EXPECT_EQ(refusal({shard(1, 2, 1), stress}), "lane explore: shard 0 of 2 is missing");
  stress.run.shard = {1, 2};
  EXPECT_EQ(refusal({shard(1, 2, 1), stress, shard(0, 2, 1)}),
            "lane stress-tsan: shard 0 of 2 is missing");
}

TEST(Merge, a_report_with_several_lanes_is_a_shard_of_each) {
  std::vector<Report> shards = {shard(0, 2, 1), shard(1, 2, 1)};
  for (Report& part : shards) {
    part.lanes.push_back(part.lanes.front());
    part.lanes.back().lane = "fuzz";
  }
  const Report whole = merge(shards).value();
  ASSERT_EQ(whole.lanes.size(), 2U);
  EXPECT_EQ(whole.lanes[0].executions, 2U);
  EXPECT_EQ(whole.lanes[1].executions, 2U);
  shards[1].lanes.pop_back();
  EXPECT_EQ(refusal(shards), "lane fuzz: shard 1 of 2 is missing");
  std::swap(shards[0].run.shard, shards[1].run.shard);  // shard 1 is the one with both lanes
  Report fuzz = shard(0, 2, 1);
  fuzz.lanes.front().lane = "fuzz";
  shards.push_back(fuzz);
  EXPECT_EQ(refusal(shards), "");
}

TEST(Merge, parts_of_different_runs_are_refused) {
  Report other = shard(1, 2, 1);
  other.subject.name = "another";
  EXPECT_NE(refusal({shard(0, 2, 1), other}).find("not of one run: one is about "),
            std::string::npos);
  other = shard(1, 2, 1);
  other.subject.sha256 = std::string(64, 'b');
  EXPECT_NE(refusal({shard(0, 2, 1), other}).find("with other contents"), std::string::npos);
  other = shard(1, 2, 1);
  other.tool.commit = "0000";
  EXPECT_NE(refusal({shard(0, 2, 1), other}).find("not of one run: one was written by"),
            std::string::npos);
  other = shard(1, 2, 1);
  other.run.seed = 7;
  EXPECT_EQ(refusal({shard(0, 2, 1), other}),
            "not of one run: of lane explore one shard has seed 7, another 9007199254740991");
}

TEST(Merge, lanes_may_have_seeds_of_their_own_and_the_whole_has_the_smallest) {
  Report fuzz = shard(0, 1, 1);
  fuzz.lanes.front().lane = "fuzz";
  fuzz.run.seed = 7;
  EXPECT_EQ(merge(std::vector{shard(0, 1, 1), fuzz}).value().run.seed, 7U);
}

TEST(Merge, the_command_of_the_whole_is_one_command_a_lane_without_its_shard) {
  Report fuzz = shard(0, 2, 1);
  Report fuzz_1 = shard(1, 2, 1);
  fuzz.lanes.front().lane = fuzz_1.lanes.front().lane = "fuzz";
  fuzz.run.command = "./lab fuzz --shard=0/2 --corpus 'a; b'";
  fuzz_1.run.command = "./lab fuzz --shard=1/2 --corpus 'c; d'";
  Report explore = shard(0, 1, 1);
  explore.run.command = R"(./lab explore --shard 0/1 --json 'it'\''s --shard 1/2;')";
  EXPECT_EQ(merge(std::vector{fuzz_1, explore, fuzz}).value().run.command,
            R"(./lab explore --json 'it'\''s --shard 1/2;'; ./lab fuzz --corpus 'a; b')");
}

TEST(Merge, what_one_part_admits_the_whole_admits) {
  std::vector<Report> shards = {shard(0, 2, 1), shard(1, 2, 1)};
  shards[0].lanes.front().verdict = Verdict::kInconclusive;  // although its canaries died
  shards[1].tool.dirty = true;
  const Report whole = merge(shards).value();
  EXPECT_EQ(whole.lanes.front().verdict, Verdict::kInconclusive);
  EXPECT_EQ(whole.tool.dirty, true);
}

TEST(Merge, what_was_begun_and_says_nothing_yet_leaves_the_whole_unfinished) {
  Report begun = shard(1, 3, 1);
  begun.lanes.clear();
  begun.run.finished_at.reset();
  const Report whole = merge(std::vector{begun, shard(0, 1, 1)}).value();
  EXPECT_FALSE(whole.run.finished_at);
  EXPECT_EQ(whole.verdict, Verdict::kInconclusive);
  EXPECT_EQ(merge(std::vector{begun}).value().lanes.size(), 0U);
}

TEST(Merge, counts_that_would_not_fit_stay_valid) {
  Report whole = merge(std::vector{shard(0, 2, kMaxCount), shard(1, 2, kMaxCount)}).value();
  EXPECT_EQ(whole.lanes.front().executions, kMaxCount);
  EXPECT_EQ(whole.lanes.front().coverage["searches"][0]["complete"], kMaxCount);
}

TEST(Merge, one_bug_found_by_two_shards_is_one_finding_and_fails_the_whole) {
  std::vector<Report> shards = {shard(0, 2, 1), shard(1, 2, 1)};
  const Finding finding = finding_of_one_lane();
  for (Report& part : shards) {
    part.findings.clear();
    part.lanes.front().lane = finding.lane;
    part.lanes.front().verdict = Verdict::kFail;
    add_finding(part, finding);
  }
  const Report whole = merge(shards).value();
  ASSERT_EQ(whole.findings.size(), 1U);
  EXPECT_EQ(whole.findings[0].replay.k, 18U);  // 9 of 10 in each
  EXPECT_EQ(whole.findings[0].replay.n, 20U);
  EXPECT_TRUE(whole.findings[0].also_in.empty());
  EXPECT_EQ(whole.verdict, Verdict::kFail);
}

// A report of one lane that found the bug of the example.
Report found_by(const char* lane, std::uint64_t steps, bool minimized) {
  Report report = shard(0, 1, 1);
  report.lanes.front().lane = lane;
  report.lanes.front().verdict = Verdict::kFail;
  Finding finding = finding_of_one_lane();
  finding.lane = lane;
  finding.schedule = Schedule{steps, 1, minimized};
  add_finding(report, finding);
  report.verdict = Verdict::kFail;
  return report;
}

TEST(Merge, the_best_evidence_of_a_bug_is_kept_and_the_other_lanes_are_named) {
  const auto kept = [](const std::vector<Report>& reports) {
    const Report whole = merge(reports).value();
    EXPECT_EQ(whole.findings.size(), 1U);
    EXPECT_TRUE(check_consistency(whole)) << check_consistency(whole).error();
    return whole.findings.front();
  };
  Report stress = found_by("stress-tsan", 1, false);
  stress.findings.front().schedule.reset();
  const Finding fuzz = kept({stress, found_by("relacy", 5, false), found_by("fuzz", 30, true)});
  EXPECT_EQ(fuzz.lane, "fuzz");  // minimized is better than short
  EXPECT_EQ(fuzz.also_in, (std::vector<std::string>{"relacy", "stress-tsan"}));
  EXPECT_EQ(fuzz.replay.n, 10U);  // replays of other lanes do not count
  EXPECT_EQ(kept({stress, found_by("relacy", 5, false), found_by("explore", 6, false)}).lane,
            "relacy");  // fewer steps
  EXPECT_EQ(kept({stress, found_by("relacy", 5, false), found_by("explore", 5, false)}).lane,
            "explore");  // the first lane by name
}

TEST(Merge, the_text_decides_between_like_evidence_of_two_shards) {
  std::vector<Report> shards = {found_by("fuzz", 5, true), found_by("fuzz", 5, true)};
  shards[0].run.shard = {0, 2};
  shards[1].run.shard = {1, 2};
  shards[0].findings[0].summary = "b";
  shards[1].findings[0].summary = "a";
  EXPECT_EQ(merge(shards).value().findings.at(0).summary, "a");
  shards[1].findings[0].summary = "b";
  shards[0].findings[0].replay = {1, 9};  // counts do not rank evidence
  shards[0].findings[0].trace.back().note = "b";
  shards[1].findings[0].trace.back().note = "a";
  EXPECT_EQ(merge(shards).value().findings.at(0).trace.back().note, "a");
  shards[0].findings[0].subject = "another";
  EXPECT_EQ(merge(shards).value().findings.size(), 2U);
}

TEST(Merge, what_one_shard_did_not_finish_the_whole_has_not_finished) {
  std::vector<Report> shards = {shard(0, 2, 1), shard(1, 2, 1)};
  shards[1].lanes.front().coverage["searches"].clear();
  shards[1].lanes.front().verdict = Verdict::kInconclusive;
  shards[1].run.finished_at.reset();
  const Report whole = merge(shards).value();
  EXPECT_EQ(whole.lanes.front().coverage["searches"].front()["finished"], false);
  EXPECT_FALSE(whole.run.finished_at);
  EXPECT_EQ(whole.verdict, Verdict::kInconclusive);
}

TEST(Merge, a_canary_is_dead_only_if_it_died_everywhere) {
  std::vector<Report> shards = {shard(0, 2, 1), shard(1, 2, 1)};
  shards[1].lanes.front().canaries.front().killed = false;
  shards[1].lanes.front().verdict = Verdict::kInconclusive;
  const Report whole = merge(shards).value();
  EXPECT_FALSE(whole.lanes.front().canaries.front().killed);
  EXPECT_EQ(whole.verdict, Verdict::kInconclusive);
}

}  // namespace
}  // namespace awlab::reports
