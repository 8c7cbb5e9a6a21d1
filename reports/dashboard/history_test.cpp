#include "reports/dashboard/history.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "reports/dashboard/example_history.hpp"
#include "reports/dashboard/history_fixture.hpp"
#include "reports/dashboard/page.hpp"
#include "reports/model/report_json.hpp"

namespace awlab::reports {
namespace {

class HistoryOf : public HistoryTest {};

constexpr ExampleNights kPlan{.nights = 3, .failing = true};

TEST_F(HistoryOf, a_directory_is_in_the_order_in_which_the_runs_started) {
  write("a.json", example_night(kPlan, 1));
  write("b.json", example_night(kPlan, 2));
  write("c.json", example_night(kPlan, 0));
  const Result<History> history = read();
  ASSERT_TRUE(history) << history.error();
  const std::vector<RunSummary>& runs = history.value().runs;
  ASSERT_EQ(runs.size(), 3U);
  EXPECT_EQ(runs[0].started_at, "2025-01-31T02:00:00Z");
  EXPECT_EQ(runs[1].started_at, "2025-02-01T02:00:00Z");
  EXPECT_EQ(runs[2].started_at, "2025-02-02T02:00:00Z");
  EXPECT_EQ(history.value().latest.run.id, runs[2].id);
  ASSERT_TRUE(history.value().previous);
  EXPECT_EQ(history.value().previous->run.id, runs[1].id);
}

TEST_F(HistoryOf, a_directory_leaves_out_and_names_what_is_no_report) {
  write("good.json", example_night(kPlan, 0));
  write("damaged.json", "{\"schema_version\":");
  write("list.json", "[]");
  write("matrix.json", "{\"document\": \"kill_matrix\"}");
  write("notes.txt", "not looked at");
  std::filesystem::create_directory(path("folder.json"));
  const Result<History> history = read();
  ASSERT_TRUE(history) << history.error();
  const std::vector<std::string>& skipped = history.value().skipped;
  ASSERT_EQ(skipped.size(), 3U);
  EXPECT_NE(skipped[0].find("damaged.json': not JSON: truncated"), std::string::npos);
  EXPECT_NE(skipped[1].find("list.json'"), std::string::npos);
  EXPECT_NE(skipped[2].find("matrix.json': schema_version: missing"), std::string::npos);
  EXPECT_EQ(history.value().runs.size(), 1U);
}

TEST_F(HistoryOf, a_file_that_was_named_itself_must_be_good) {
  write("good.json", example_night(kPlan, 0));
  write("list.json", "[]");
  const Result<History> history =
      read_history(std::vector<std::filesystem::path>{path("good.json"), path("list.json")});
  ASSERT_FALSE(history);
  EXPECT_NE(history.error().find("list.json'"), std::string::npos);
  EXPECT_FALSE(read_history(std::vector<std::filesystem::path>{path("missing.json")}));
}

TEST_F(HistoryOf, nothing_is_an_error) {
  EXPECT_EQ(read().error(), "no report: name a report, or a directory with one");
  write("list.json", "[]");
  EXPECT_NE(read().error().find("list.json"), std::string::npos);
}

TEST_F(HistoryOf, a_kill_matrix_alone_tells_of_the_lab_and_of_no_run) {
  write("matrix.json", to_text(example_matrix(kPlan)));
  const Result<History> history = read();
  ASSERT_TRUE(history) << history.error();
  EXPECT_TRUE(history.value().matrix);
  EXPECT_TRUE(history.value().runs.empty());
  EXPECT_EQ(history.value().latest.verdict, history.value().matrix->verdict);
  EXPECT_NE(render_dashboard(history.value()).find("the faults of the catalogue"),
            std::string::npos);
}

TEST_F(HistoryOf, a_damaged_file_beside_a_kill_matrix_is_left_out_and_named) {
  write("matrix.json", to_text(example_matrix(kPlan)));
  write("damaged.json", "{");
  const Result<History> history = read();
  ASSERT_TRUE(history) << history.error();
  EXPECT_TRUE(history.value().matrix);
  ASSERT_EQ(history.value().skipped.size(), 1U);
  EXPECT_NE(render_dashboard(history.value()).find("damaged.json"), std::string::npos);
}

TEST_F(HistoryOf, the_run_before_is_of_the_same_shard) {
  for (std::size_t i = 0; i < 3; ++i) {
    Report report = example_night(kPlan, i);
    report.run.shard = {i % 2, 2};
    write(fmt::format("{}.json", i), report);
  }
  const Result<History> history = read();
  ASSERT_TRUE(history) << history.error();
  ASSERT_TRUE(history.value().previous);
  EXPECT_EQ(history.value().previous->run.id, history.value().runs[0].id);
}

TEST_F(HistoryOf, one_run_counts_once_and_its_end_beats_its_checkpoint) {
  Report checkpoint = example_night(kPlan, 0);
  checkpoint.run.finished_at.reset();
  checkpoint.verdict = overall_verdict(checkpoint);
  write("1.json", example_night(kPlan, 0));
  write("2.json", checkpoint);
  write("0.json", checkpoint);
  const Result<History> history = read();
  ASSERT_TRUE(history) << history.error();
  ASSERT_EQ(history.value().runs.size(), 1U);
  EXPECT_TRUE(history.value().runs[0].finished_at);
  EXPECT_TRUE(history.value().latest.run.finished_at);
  EXPECT_FALSE(history.value().previous) << "a checkpoint of this run is no run before it";
}

TEST_F(HistoryOf, several_subjects_keeps_the_previous_run_of_the_latest_one) {
  Report other = example_night(kPlan, 1);
  other.subject.name = "wor-acquire";
  write("0.json", example_night(kPlan, 0));
  write("1.json", other);
  write("2.json", example_night(kPlan, 2));
  const Result<History> history = read();
  ASSERT_TRUE(history) << history.error();
  EXPECT_EQ(history.value().runs.size(), 3U);
  ASSERT_TRUE(history.value().previous);
  EXPECT_EQ(history.value().previous->run.id, history.value().runs[0].id);
}

TEST_F(HistoryOf, a_directory_holds_the_kill_matrix_that_started_last) {
  write("0.json", example_night(kPlan, 0));
  write("new.json", to_text(example_matrix(kPlan)));
  write("old.json", to_text(example_matrix({.nights = 2})));
  const Result<History> history = read();
  ASSERT_TRUE(history) << history.error();
  ASSERT_TRUE(history.value().matrix);
  EXPECT_EQ(history.value().matrix->run.started_at, "2025-02-02T02:00:00Z");
  EXPECT_EQ(history.value().runs.size(), 1U);
}

TEST(ExampleHistory, is_made_of_valid_reports_even_when_it_is_hostile) {
  for (const bool hostile : {false, true}) {
    const ExampleNights plan{.nights = 12, .failing = true, .hostile = hostile};
    for (std::size_t night = 0; night < plan.nights; ++night) {
      const Result<Report> read = parse_report(to_text(example_night(plan, night)));
      EXPECT_TRUE(read) << read.error();
    }
    const Result<KillMatrix> matrix = kill_matrix_from_json(to_json(example_matrix(plan)));
    EXPECT_TRUE(matrix) << matrix.error();
  }
}

}  // namespace
}  // namespace awlab::reports
