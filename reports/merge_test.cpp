// Joining shards: what adds up, what unites, and which sets are refused.
#include "merge.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "environment.hpp"
#include "example_report.hpp"

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
  const Result<Report> whole = merge_shards(reports);
  return whole ? "" : whole.error();
}

TEST(MergeShards, counts_add_up_and_the_whole_is_shard_0_of_1) {
  const Result<Report> whole =
      merge_shards(std::vector{shard(0, 3, 5), shard(1, 3, 7), shard(2, 3, 11)});
  ASSERT_TRUE(whole);
  const Json& row = whole.value().lanes.front().coverage["searches"].front();
  EXPECT_EQ(row["complete"], 23);
  EXPECT_EQ(row["producers"], 2);
  EXPECT_EQ(row["finished"], true);
  EXPECT_EQ(row["seconds"], 1.5);
  EXPECT_EQ(whole.value().lanes.front().executions, 23U);
  EXPECT_EQ(whole.value().run.shard.total, 1U);
  EXPECT_EQ(whole.value().run.command, "./lab explore --json x.json");
  EXPECT_EQ(whole.value().verdict, Verdict::pass);
  EXPECT_TRUE(check_consistency(whole.value()));
}

TEST(MergeShards, order_does_not_matter) {
  std::vector<Report> shards = {shard(0, 3, 5), shard(1, 3, 7), shard(2, 3, 11)};
  const Json row = merge_shards(shards).value().lanes.front().coverage;
  std::ranges::reverse(shards);
  EXPECT_EQ(merge_shards(shards).value().lanes.front().coverage, row);
}

TEST(MergeShards, a_gap_or_an_overlap_is_refused) {
  EXPECT_EQ(refusal({}), "nothing to merge: give the report of each shard");
  EXPECT_EQ(refusal({shard(0, 3, 1), shard(2, 3, 1)}), "shard 1 of 3 is missing");
  EXPECT_EQ(refusal({shard(2, 3, 1)}), "shard 0 of 3 is missing");
  EXPECT_EQ(refusal({shard(0, 2, 1), shard(1, 2, 1), shard(1, 2, 1)}),
            "shard 1 of 2 is given twice");
  EXPECT_EQ(refusal({shard(0, 2, 1), shard(1, 3, 1)}),
            "not shards of one run: one is of 2, another of 3");
  // No memory is taken for what a file only claims.
  EXPECT_EQ(refusal({shard(0, kMaxCount, 1)}), "shard 1 of 9007199254740991 is missing");
}

TEST(MergeShards, parts_of_different_runs_are_refused) {
  Report other = shard(1, 2, 1);
  other.subject.name = "another";
  EXPECT_NE(refusal({shard(0, 2, 1), other}).find("not shards of one run: one is about "),
            std::string::npos);
  other = shard(1, 2, 1);
  other.tool.commit = "0000";
  EXPECT_NE(refusal({shard(0, 2, 1), other}).find("not shards of one run: one was written by"),
            std::string::npos);
}

TEST(MergeShards, one_bug_found_by_two_shards_is_one_finding_and_fails_the_whole) {
  std::vector<Report> shards = {shard(0, 2, 1), shard(1, 2, 1)};
  const Finding finding = example_failing_report().findings.front();
  for (Report& part : shards) {
    part.findings.clear();
    part.lanes.front().lane = finding.lane;
    part.lanes.front().verdict = Verdict::fail;
    add_finding(part, finding);
  }
  const Report whole = merge_shards(shards).value();
  EXPECT_EQ(whole.findings.size(), 1U);
  EXPECT_EQ(whole.verdict, Verdict::fail);
}

TEST(MergeShards, what_one_shard_did_not_finish_the_whole_has_not_finished) {
  std::vector<Report> shards = {shard(0, 2, 1), shard(1, 2, 1)};
  shards[1].lanes.front().coverage["searches"].clear();
  shards[1].lanes.front().verdict = Verdict::inconclusive;
  shards[1].run.finished_at.reset();
  const Report whole = merge_shards(shards).value();
  EXPECT_EQ(whole.lanes.front().coverage["searches"].front()["finished"], false);
  EXPECT_FALSE(whole.run.finished_at);
  EXPECT_EQ(whole.verdict, Verdict::inconclusive);
}

TEST(MergeShards, a_canary_is_dead_only_if_it_died_everywhere) {
  std::vector<Report> shards = {shard(0, 2, 1), shard(1, 2, 1)};
  shards[1].lanes.front().canaries.front().killed = false;
  shards[1].lanes.front().verdict = Verdict::inconclusive;
  const Report whole = merge_shards(shards).value();
  EXPECT_FALSE(whole.lanes.front().canaries.front().killed);
  EXPECT_EQ(whole.verdict, Verdict::inconclusive);
}

}  // namespace
}  // namespace awlab::reports
