#include "reports/detect/cell.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <string>
#include <tuple>
#include <vector>

#include "core/support/temporary_directory.hpp"
#include "reports/model/environment.hpp"
#include "reports/model/report_file.hpp"

namespace awlab::detect {
namespace {

using reports::CellOutcome;
using reports::MatrixCell;

class CellTest : public TemporaryDirectory {
 protected:
  [[nodiscard]] CellJob job(const std::string& fault, const std::string& lane) const {
    return cell_job(*find_fault(fault), lane, 2, directory_);
  }

  // Leaves the report of a lane with findings of these kinds and this number of executions.
  void leave(const CellJob& job, const std::vector<Kind>& kinds, std::uint64_t executions = 10,
             const reports::Json& stats = reports::Json::object()) {
    reports::Report report =
        reports::new_report("./lab", 1, {}, {job.fault->id, "x.hpp", std::string(64, 'a')});
    report.lanes.push_back(
        {.lane = job.lane,
         .verdict = kinds.empty() ? reports::Verdict::kInconclusive : reports::Verdict::kFail,
         .executions = executions,
         .limits = {"a limit"},
         .canaries = {},
         .stats = stats});
    for (const Kind kind : kinds) {
      reports::Finding finding;
      finding.kind = kind;
      finding.property = "P1";
      finding.lane = job.lane;
      finding.scenario = "basic";
      finding.subject = job.fault->id;
      finding.signature = reports::make_signature(kind, "P1", "", "a", "b");
      finding.summary = finding.explanation = finding.reproduce = "x";
      reports::add_finding(report, finding);
    }
    reports::finish(report, reports::utc_time());
    ASSERT_TRUE(reports::write_report(job.report_file(), report));
  }
};

constexpr lane::ChildEnd kEnded{.code = 3, .seconds = 0.5};

TEST_F(CellTest, a_lane_looks_for_the_fault_alone_and_only_until_it_is_found) {
  for (const auto& [lane, program, command] :
       {std::tuple("explore", "awlab_machine", "explore"),
        std::tuple("fuzz", "awlab_machine", "fuzz"), std::tuple("relacy", "awlab_relacy", "relacy"),
        std::tuple("stress-tsan", "awlab_stress_tsan", "stress")}) {
    const std::vector<std::string> words = job("wake-store", lane).task.words;
    EXPECT_EQ(std::filesystem::path(words.at(0)).filename(), program) << lane;
    EXPECT_EQ(words.at(1), command) << lane;
    const auto fault = std::ranges::find(words, "--fault");
    ASSERT_LT(fault, words.end() - 1) << lane;
    EXPECT_EQ(*(fault + 1), "wake-store") << lane;
    EXPECT_EQ(std::ranges::count(words, "--bare"), 1) << lane;
    EXPECT_EQ(std::ranges::count(words, "--until-found"), 1) << lane;
    EXPECT_EQ(std::ranges::count(words, "--workers"), lane == std::string("fuzz") ? 1 : 0) << lane;
  }
}

TEST_F(CellTest, a_harmful_fault_that_is_found_is_killed) {
  const CellJob cell = job("skip-self-wake", "fuzz");
  leave(cell, {Kind::kMissedWakeup});
  const MatrixCell said = judge_cell(cell, lane::ChildEnd{.code = 1, .seconds = 0.5});
  EXPECT_EQ(said.outcome, CellOutcome::kKilled);
  EXPECT_EQ(said.seconds, 0.5);
  EXPECT_EQ(said.why, "");
}

TEST_F(CellTest, what_it_is_found_as_is_said_if_the_catalogue_says_else) {
  const CellJob cell = job("unlock-before-take", "stress-plain");
  leave(cell, {Kind::kCrash, Kind::kWakerLifetime});
  const MatrixCell said = judge_cell(cell, kEnded);
  EXPECT_EQ(said.outcome, CellOutcome::kKilled);
  EXPECT_EQ(said.why, "found as crash, waker_lifetime");
}

TEST_F(CellTest, anything_else_kills_only_a_data_race_on_real_threads) {
  const lane::ChildEnd crash{.signal = SIGSEGV};
  for (const char* lane : {"explore", "fuzz", "relacy", "stress-plain"}) {
    const std::string fault =
        lane == std::string("stress-plain") ? "skip-self-wake" : "unlock-before-take";
    const CellJob cell = job(fault, lane);
    leave(cell, {});
    const MatrixCell crashed = judge_cell(cell, crash);
    EXPECT_EQ(crashed.outcome, CellOutcome::kInconclusive) << lane;
    EXPECT_EQ(crashed.why, "its program ended with SIGSEGV") << lane;
    leave(cell, {Kind::kStuckState});
    const MatrixCell other = judge_cell(cell, kEnded);
    EXPECT_EQ(other.outcome, CellOutcome::kInconclusive) << lane;
    EXPECT_EQ(other.why, "found as stuck_state") << lane;
    std::filesystem::remove(cell.report_file());
  }
}

TEST_F(CellTest, a_harmful_fault_that_is_not_found_is_missed) {
  const CellJob cell = job("skip-self-wake", "stress-plain");
  leave(cell, {});
  EXPECT_EQ(judge_cell(cell, kEnded).outcome, CellOutcome::kMissed);
}

TEST_F(CellTest, a_lane_may_be_blind_and_then_the_reason_is_the_catalogues) {
  for (const auto& [fault, lane] :
       {std::pair("wor-acquire", "stress-tsan"), std::pair("cas2-store", "stress-tsan"),
        std::pair("wor-release", "stress-plain")}) {
    const CellJob cell = job(fault, lane);
    leave(cell, {});
    const MatrixCell said = judge_cell(cell, kEnded);
    EXPECT_EQ(said.outcome, CellOutcome::kNotVisible) << fault;
    EXPECT_EQ(said.why, find_fault(fault)->blind(lane)) << fault;
    EXPECT_NE(said.why, "") << fault;
  }
  const CellJob seen = job("wor-release", "stress-tsan");
  leave(seen, {});
  EXPECT_EQ(judge_cell(seen, kEnded).outcome, CellOutcome::kMissed);
}

// A store buffer may or may not show the fault: that depends on the processor.
TEST_F(CellTest, a_fault_that_only_some_processors_show_is_not_missed_where_it_is_not_seen) {
  for (const char* lane : {"stress-plain", "stress-asan"}) {
    const CellJob cell = job("precheck-relaxed", lane);
    leave(cell, {});
    const MatrixCell said = judge_cell(cell, kEnded);
    EXPECT_EQ(said.outcome, CellOutcome::kNotVisible) << lane;
    EXPECT_EQ(said.why, "not seen on this host: " + cell.fault->by_chance(lane)) << lane;
    EXPECT_NE(said.why.find("; seen on AMD"), std::string::npos) << said.why;
    leave(cell, {Kind::kMissedWakeup});
    EXPECT_EQ(judge_cell(cell, kEnded).outcome, CellOutcome::kKilled) << lane;
  }
  // If nothing depends on the processor, silence is a miss.
  const CellJob simulated = job("precheck-relaxed", "explore");
  leave(simulated, {});
  EXPECT_EQ(judge_cell(simulated, kEnded).outcome, CellOutcome::kMissed);
}

TEST_F(CellTest, a_blind_lane_that_finds_it_all_the_same_has_killed_it) {
  const CellJob cell = job("wor-acquire", "stress-plain");
  leave(cell, {Kind::kMissedWakeup});
  EXPECT_EQ(judge_cell(cell, kEnded).outcome, CellOutcome::kKilled);
}

TEST_F(CellTest, a_harmless_fault_must_not_be_accused) {
  const CellJob cell = job("rswap-release", "explore");
  leave(cell, {});
  EXPECT_EQ(judge_cell(cell, kEnded).outcome, CellOutcome::kSurvived);
  leave(cell, {Kind::kDataRace});
  EXPECT_EQ(judge_cell(cell, kEnded).outcome, CellOutcome::kFlagged);
}

TEST_F(CellTest, a_crash_of_the_program_is_a_finding_as_in_a_night) {
  const lane::ChildEnd crash{.signal = SIGSEGV};
  const CellJob harmful = job("store-after-unlock", "stress-tsan");
  leave(harmful, {});
  EXPECT_EQ(judge_cell(harmful, crash).outcome, CellOutcome::kKilled);
  EXPECT_EQ(judge_cell(harmful, crash).why, "its program ended with SIGSEGV");
  const CellJob harmless = job("rswap-release", "fuzz");
  leave(harmless, {});
  EXPECT_EQ(judge_cell(harmless, crash).outcome, CellOutcome::kFlagged);
}

// ThreadSanitizer crashes like this if it cannot lay out its memory.
TEST_F(CellTest, a_crash_before_the_program_began_is_not_the_faults) {
  const lane::ChildEnd crash{.signal = SIGSEGV};
  for (const char* fault : {"store-after-unlock", "rswap-release"}) {
    const MatrixCell cell = judge_cell(job(fault, "stress-tsan"), crash);
    EXPECT_EQ(cell.outcome, CellOutcome::kInconclusive) << fault;
    EXPECT_EQ(cell.why, "SIGSEGV and no report: (its log cannot be read)") << fault;
  }
}

TEST_F(CellTest, silence_counts_only_where_something_was_tested_and_nothing_was_lost) {
  const CellJob stress = job("rswap-release", "stress-plain");
  leave(stress, {}, 10, {{"rounds", 10}, {"contended_rounds", 0}});
  EXPECT_EQ(judge_cell(stress, kEnded).outcome, CellOutcome::kInconclusive);
  leave(stress, {}, 10, {{"rounds", 10}, {"contended_rounds", 3}});
  EXPECT_EQ(judge_cell(stress, kEnded).outcome, CellOutcome::kSurvived);
  const CellJob fuzz = job("rswap-release", "fuzz");
  for (const char* name : {"violations", "crashes"}) {
    leave(fuzz, {}, 10, {{name, 2}});
    EXPECT_EQ(judge_cell(fuzz, kEnded).outcome, CellOutcome::kInconclusive) << name;
    leave(fuzz, {}, 10, {{name, 0}});
    EXPECT_EQ(judge_cell(fuzz, kEnded).outcome, CellOutcome::kSurvived) << name;
  }
}

TEST_F(CellTest, no_answer_is_neither_a_survivor_nor_a_miss) {
  const CellJob cell = job("rswap-release", "fuzz");
  EXPECT_EQ(judge_cell(cell, kEnded).outcome, CellOutcome::kInconclusive) << "no report";
  leave(cell, {}, 0);
  EXPECT_EQ(judge_cell(cell, kEnded).outcome, CellOutcome::kInconclusive) << "nothing was run";
  leave(cell, {});
  for (const lane::ChildEnd& end :
       {lane::ChildEnd{.code = 2}, lane::ChildEnd{.code = lane::ChildEnd::kUnknown},
        lane::ChildEnd{.signal = SIGKILL}, lane::ChildEnd{.hung = true}}) {
    const MatrixCell said = judge_cell(cell, end);
    EXPECT_EQ(said.outcome, CellOutcome::kInconclusive) << to_string(end);
    EXPECT_NE(said.why, "") << to_string(end);
  }
  const MatrixCell said = judge_cell(cell, reports::Error{"cannot start it"});
  EXPECT_EQ(said.outcome, CellOutcome::kInconclusive);
  EXPECT_EQ(said.why, "cannot start it");
}

}  // namespace
}  // namespace awlab::detect
