// Sets of shards: complete ones, and the name of a gap.
#include "reports/compare/shard_set.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "reports/model/example_report.hpp"

namespace awlab::reports {
namespace {

Report shard(std::uint64_t index, std::uint64_t total, std::uint64_t seed = 7) {
  Report report = example_passing_report();
  report.run.shard = {index, total};
  report.run.seed = seed;
  report.run.command = "./lab explore --shard " + std::to_string(index);
  return report;
}

// All lines, joined by newlines.
std::string refusal(const std::vector<Report>& reports) {
  return fmt::format("{}", fmt::join(broken_shard_sets(reports), "\n"));
}

TEST(ShardSet, all_shards_of_a_run_in_any_order_are_a_whole) {
  EXPECT_EQ(refusal({}), "");
  EXPECT_EQ(refusal({shard(2, 3), shard(0, 3), shard(1, 3)}), "");
}

TEST(ShardSet, runs_of_one_part_are_not_looked_at) {
  EXPECT_EQ(refusal({shard(0, 1), shard(0, 1)}), "");
}

TEST(ShardSet, the_first_shard_that_is_missing_or_doubled_is_named) {
  const std::string run = " in the run on AtomicWaker with seed 7";
  EXPECT_EQ(refusal({shard(0, 3), shard(2, 3)}), "shard 1 of 3 is missing" + run);
  EXPECT_EQ(refusal({shard(1, 3)}), "shard 0 of 3 is missing" + run);
  EXPECT_EQ(refusal({shard(0, 3), shard(1, 3)}), "shard 2 of 3 is missing" + run);
  EXPECT_EQ(refusal({shard(1, 2), shard(0, 2), shard(1, 2)}), "shard 1 of 2 is given twice" + run);
  EXPECT_EQ(refusal({shard(0, kMaxCount)}), "shard 1 of 9007199254740991 is missing" + run);
}

TEST(ShardSet, other_seeds_subjects_and_totals_are_other_runs) {
  EXPECT_EQ(refusal({shard(0, 2), shard(1, 2, 8)}),
            "shard 1 of 2 is missing in the run on AtomicWaker with seed 7\n"
            "shard 0 of 2 is missing in the run on AtomicWaker with seed 8");
  Report other = shard(1, 2);
  other.subject.name = "wake-store";
  EXPECT_EQ(
      broken_shard_sets(std::vector{shard(0, 2), other}),
      (std::vector<std::string>{"shard 1 of 2 is missing in the run on AtomicWaker with seed 7",
                                "shard 0 of 2 is missing in the run on wake-store with seed 7"}));
  other = shard(1, 2);
  other.subject.sha256 = std::string(64, 'b');
  EXPECT_EQ(broken_shard_sets(std::vector{shard(0, 2), other}).size(), 2U);
  EXPECT_EQ(refusal({shard(0, 2), shard(0, 3), shard(1, 2), shard(1, 3), shard(2, 3)}), "");
}

TEST(ShardSet, a_foreign_name_stays_on_the_line) {
  Report report = shard(0, 2);
  report.subject.name = "a\nb\xff";
  EXPECT_EQ(refusal({report}), "shard 1 of 2 is missing in the run on a?b? with seed 7");
}

}  // namespace
}  // namespace awlab::reports
