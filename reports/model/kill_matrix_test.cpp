// The kill matrix: the values that follow from its cells, and the files that a reader refuses.
#include "reports/model/kill_matrix.hpp"

#include <gtest/gtest.h>

#include "reports/model/example_report.hpp"
#include "reports/model/report_json.hpp"

namespace awlab::reports {
namespace {

// One harmful and one harmless fault in two lanes: three right answers, and one blind lane.
KillMatrix example() {
  const Report frame = example_passing_report();
  KillMatrix matrix;
  matrix.tool = frame.tool;
  matrix.host = frame.host;
  matrix.build = frame.build;
  matrix.run = frame.run;
  matrix.seconds_per_fault = 20;
  matrix.lanes = {"explore", "stress-plain"};
  matrix.faults = {
      {"wor-acquire",
       "wake's fetch_or is acquire",
       true,
       {Kind::kMissedWakeup},
       {{"explore", CellOutcome::kKilled, 0.05},
        {"stress-plain", CellOutcome::kNotVisible, 0, "this processor strengthens it"}}},
      {"wake-retries",
       "wake tries again",
       false,
       {},
       {{"explore", CellOutcome::kSurvived, 20}, {"stress-plain", CellOutcome::kSurvived, 20}}}};
  judge(matrix);
  return matrix;
}

std::string error_of(const KillMatrix& matrix) {
  const Result<KillMatrix> read = kill_matrix_from_json(to_json(matrix));
  return read ? "" : read.error();
}

TEST(KillMatrix, reads_back_what_it_wrote) {
  const KillMatrix matrix = example();
  const Result<KillMatrix> read = kill_matrix_from_json(to_json(matrix));
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(to_text(read.value()), to_text(matrix));
  EXPECT_TRUE(is_kill_matrix(to_json(matrix)));
  EXPECT_FALSE(is_kill_matrix(to_json(example_passing_report())));
  EXPECT_FALSE(is_kill_matrix(Json::array()));
  EXPECT_FALSE(is_kill_matrix(Json::object({{"document", "another"}})));
}

// A round trip would not notice a field that both directions lack.
TEST(KillMatrix, writes_every_field_of_a_row) {
  const Json json = to_json(example());
  EXPECT_EQ(json.at("seconds_per_fault"), 20);
  EXPECT_EQ(json.at("faults").at(0), Json::parse(R"({
      "fault": "wor-acquire", "change": "wake's fetch_or is acquire", "harmful": true,
      "kinds": ["missed_wakeup"],
      "cells": [{"lane": "explore", "outcome": "killed", "seconds": 0.05, "why": ""},
                {"lane": "stress-plain", "outcome": "not_visible", "seconds": 0.0,
                 "why": "this processor strengthens it"}]})"));
}

TEST(KillMatrix, passes_only_when_every_cell_answered_as_it_must) {
  KillMatrix matrix = example();
  EXPECT_EQ(matrix.verdict, Verdict::kPass);
  EXPECT_EQ(matrix.score, 1);
  EXPECT_EQ(matrix.totals, (MatrixTotals{1, 2, 0, 0, 1, 0}));

  matrix.faults[0].cells[1] = {"stress-plain", CellOutcome::kInconclusive, 20, "it ended early"};
  judge(matrix);
  EXPECT_EQ(matrix.verdict, Verdict::kInconclusive);
  EXPECT_EQ(matrix.score, 0.5);

  matrix.faults[0].cells[1].outcome = CellOutcome::kMissed;
  judge(matrix);
  EXPECT_EQ(matrix.verdict, Verdict::kFail);
  EXPECT_EQ(matrix.score, 0.5);

  matrix = example();
  matrix.faults[1].cells[0].outcome = CellOutcome::kFlagged;
  judge(matrix);
  EXPECT_EQ(matrix.verdict, Verdict::kFail);
  EXPECT_EQ(matrix.score, 1) << "the score is about harmful faults";

  matrix.faults[1].cells[0] = {"explore", CellOutcome::kInconclusive, 20, "it ended early"};
  judge(matrix);
  EXPECT_EQ(matrix.verdict, Verdict::kInconclusive);
  EXPECT_EQ(matrix.score, 1) << "the score is about harmful faults";
}

TEST(KillMatrix, passes_with_harmful_or_with_harmless_faults_alone) {
  for (const std::ptrdiff_t left_out : {0, 1}) {
    KillMatrix matrix = example();
    matrix.faults.erase(matrix.faults.begin() + left_out);
    EXPECT_EQ(matrix_verdict(matrix), Verdict::kPass) << left_out;
  }
}

TEST(KillMatrix, reads_answers_as_they_must_not_be) {
  KillMatrix matrix = example();
  matrix.faults[0].cells[0].outcome = CellOutcome::kMissed;
  matrix.faults[1].cells[0].outcome = CellOutcome::kFlagged;
  matrix.faults[1].cells[1] = {"stress-plain", CellOutcome::kInconclusive, 20, "it ended early"};
  judge(matrix);
  EXPECT_EQ(error_of(matrix), "");
}

TEST(KillMatrix, does_not_pass_unfinished_or_empty) {
  KillMatrix matrix = example();
  matrix.run.finished_at.reset();
  EXPECT_EQ(matrix_verdict(matrix), Verdict::kInconclusive);
  matrix = example();
  matrix.faults.clear();
  judge(matrix);
  EXPECT_EQ(matrix.verdict, Verdict::kInconclusive);
  EXPECT_EQ(matrix.score, 0);
}

TEST(KillMatrix, refuses_what_does_not_follow_from_the_cells) {
  KillMatrix matrix = example();
  ++matrix.totals.killed;
  EXPECT_EQ(error_of(matrix), "totals: not what the cells add up to");
  matrix = example();
  matrix.score = 0.9;
  EXPECT_EQ(error_of(matrix), "score: 0.9, but the cells say 1");
  matrix = example();
  matrix.verdict = Verdict::kFail;
  EXPECT_EQ(error_of(matrix), "verdict: fail, but cells and run.finished_at say pass");
}

TEST(KillMatrix, refuses_cells_that_cannot_be) {
  KillMatrix matrix = example();
  matrix.faults[1].cells[0].outcome = CellOutcome::kKilled;
  EXPECT_EQ(error_of(matrix), "faults[1].cells[0].outcome: killed, but the fault is harmless");
  matrix = example();
  matrix.faults[0].cells[0].outcome = CellOutcome::kSurvived;
  EXPECT_EQ(error_of(matrix), "faults[0].cells[0].outcome: survived, but the fault is harmful");
  matrix = example();
  matrix.faults[1].cells[0].outcome = CellOutcome::kMissed;
  EXPECT_EQ(error_of(matrix), "faults[1].cells[0].outcome: missed, but the fault is harmless");
  matrix = example();
  matrix.faults[0].cells[0].outcome = CellOutcome::kInconclusive;
  EXPECT_EQ(error_of(matrix), "faults[0].cells[0].why: empty, but the outcome is inconclusive");
  matrix = example();
  matrix.faults[0].cells[1].why = "";
  EXPECT_EQ(error_of(matrix), "faults[0].cells[1].why: empty, but the outcome is not_visible");
  matrix = example();
  matrix.faults[0].cells[1].lane = "relacy";
  EXPECT_EQ(error_of(matrix), "faults[0].cells[1].lane: 'relacy' is not in lanes");
  matrix = example();
  matrix.faults[0].cells[1].lane = "explore";
  EXPECT_EQ(error_of(matrix), "faults[0].cells[1].lane: there is already a cell for 'explore'");
  matrix = example();
  matrix.faults[1].fault = "wor-acquire";
  EXPECT_EQ(error_of(matrix), "faults[1].fault: 'wor-acquire' is empty or there twice");
  matrix.faults[1].fault = "";
  EXPECT_EQ(error_of(matrix), "faults[1].fault: '' is empty or there twice");
  matrix = example();
  matrix.lanes.push_back("explore");
  EXPECT_EQ(error_of(matrix), "lanes[2]: 'explore' is empty or there twice");
  matrix.lanes.back() = "";
  EXPECT_EQ(error_of(matrix), "lanes[2]: '' is empty or there twice");
}

TEST(KillMatrix, may_lack_cells_only_while_it_runs) {
  KillMatrix matrix = example();
  matrix.faults[1].cells.pop_back();
  judge(matrix);
  EXPECT_EQ(error_of(matrix), "faults[1].cells: 1 of 2 lanes, but the run is finished");
  matrix.run.finished_at.reset();
  judge(matrix);
  EXPECT_EQ(error_of(matrix), "");
}

TEST(KillMatrix, has_the_frame_of_a_report_with_its_rules) {
  KillMatrix matrix = example();
  matrix.run.shard = {1, 1};
  EXPECT_EQ(error_of(matrix), "run.shard.index: 1 is not below run.shard.total, 1");
  matrix = example();
  matrix.run.started_at = "yesterday";
  EXPECT_EQ(error_of(matrix).substr(0, 15), "run.started_at:");
  matrix = example();
  matrix.tool.version = "new";
  EXPECT_EQ(error_of(matrix).substr(0, 13), "tool.version:");
  matrix = example();
  matrix.schema_version = "2.0";
  EXPECT_EQ(error_of(matrix), "schema_version: this program reads 1.x, found '2.0'");
  matrix.schema_version = "10.0";
  EXPECT_EQ(error_of(matrix), "schema_version: this program reads 1.x, found '10.0'");
  Json json = to_json(example());
  json["faults"][0]["cells"][0]["outcome"] = "dead";
  EXPECT_EQ(kill_matrix_from_json(json).error(),
            "faults[0].cells[0].outcome: expected killed, survived, missed, flagged, not_visible, "
            "inconclusive, found \"dead\"");
  json = to_json(example());
  json["document"] = "matrix";
  const Result<KillMatrix> another = kill_matrix_from_json(json);
  ASSERT_FALSE(another);
  EXPECT_EQ(another.error(), "document: expected 'kill_matrix', found 'matrix'");
  EXPECT_EQ(kill_matrix_from_json(Json::array()).error(),
            "kill matrix: expected an object, found array");
  EXPECT_EQ(read_kill_matrix("/nonexistent/matrix.json").error(),
            "cannot read '/nonexistent/matrix.json': No such file or directory");
  EXPECT_TRUE(read_kill_matrix(AWLAB_REPORT_EXAMPLE)
                  .error()
                  .starts_with("'" AWLAB_REPORT_EXAMPLE "': document: "));
}

}  // namespace
}  // namespace awlab::reports
