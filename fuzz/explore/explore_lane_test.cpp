// The lane's programs, from outside: exit codes, reports, shards, interruption, bad input.
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "core/contract/rows.hpp"
#include "fuzz/schedule/schedule.hpp"
#include "reports/compare/merge.hpp"
#include "reports/lane/program_fixture.hpp"
#include "reports/model/environment.hpp"
#include "reports/model/report_file.hpp"
#include "reports/model/report_json.hpp"

namespace awlab::explore {
namespace {

namespace fs = std::filesystem;
using reports::Json;
using reports::Report;
using reports::Verdict;

class ExploreLane : public lane::ProgramTest {
 protected:
  // `variables`: "NAME=VALUE", added to the environment.
  ProgramRun run(const std::string& subject, const std::vector<std::string>& arguments,
                 const std::vector<std::string>& variables = {}) {
    std::vector<std::string> words = {"/usr/bin/env"};
    words.insert(words.end(), variables.begin(), variables.end());
    words.insert(words.end(), {AWLAB_BIN "/awlab_machine", "explore"});
    if (subject != "atomic_waker") words.insert(words.end(), {"--fault", subject});
    words.insert(words.end(), arguments.begin(), arguments.end());
    return run_program(std::move(words), ProgramErrors::kInOutput, directory_);
  }

  void refuses(const std::vector<std::string>& arguments, const std::string& what,
               const std::vector<std::string>& variables = {}) {
    const ProgramRun ran = run("atomic_waker", arguments, variables);
    EXPECT_EQ(ran.code, 2) << ran.output;
    EXPECT_NE(ran.output.find(what), std::string::npos) << ran.output;
    EXPECT_EQ(std::ranges::count(ran.output, '\n'), 1) << ran.output;
    EXPECT_TRUE(fs::is_empty(directory_));
  }
};

Json first_row(const Report& report) { return report.lanes.at(0).coverage.at("searches").at(0); }

TEST_F(ExploreLane, the_cell_passes_with_its_number_of_executions) {
  const ProgramRun ran = run("atomic_waker", {"--scenario", "basic", "--producers", "3",
                                              "--no-symmetry", "--json", "x.json"});
  EXPECT_EQ(ran.code, 0) << ran.output;
  const Report whole = report("x.json");
  EXPECT_EQ(whole.verdict, Verdict::kPass);
  EXPECT_EQ(first_row(whole)["complete"], 2124);
  EXPECT_EQ(first_row(whole)["finished"], true);
  EXPECT_EQ(whole.lanes[0].canaries.size(), 3U);

  // Each call is in one row: one register in each execution, three wakes.
  const Json& rows = whole.lanes[0].coverage.at("rows");
  EXPECT_EQ(rows.size(), kRows.size());
  std::uint64_t registers = 0;
  std::uint64_t wakes = 0;
  for (const auto& [name, count] : rows.items()) {
    (name.starts_with("register") ? registers : wakes) += count.get<std::uint64_t>();
  }
  EXPECT_EQ(registers, 2124U);
  EXPECT_EQ(wakes, 3U * 2124U);
}

TEST_F(ExploreLane,
       a_cell_that_does_another_step_than_before_has_no_verdict_and_the_step_is_named) {
  const ProgramRun ran =
      run("atomic_waker",
          on_example("remembering_cell.hpp", "DeafAtFirstCell",
                     {"--bare", "--scenario", "basic", "--producers", "1", "--json", "x.json"}));
  EXPECT_EQ(ran.code, 3) << ran.output;
  const Report ended = report("x.json");
  EXPECT_TRUE(ended.findings.empty()) << ran.output;
  EXPECT_EQ(
      ended.lanes.at(0).stats.value("doubt", ""),
      "the subject is not deterministic: step 2 of producer 1 was its end, and in another "
      "execution fetch_or(acq_rel) on object 0 with 2; its steps may depend only on the values "
      "that it reads through the platform");
  EXPECT_NE(ran.output.find("no verdict: the subject is not"), std::string::npos) << ran.output;
}

TEST_F(ExploreLane, a_violation_that_no_replay_shows_is_no_finding_and_no_pass) {
  const ProgramRun ran =
      run("atomic_waker",
          on_example("remembering_cell.hpp", "TwiceAtFirstCell",
                     {"--bare", "--scenario", "basic", "--producers", "1", "--json", "x.json"}));
  EXPECT_EQ(ran.code, 3) << ran.output;
  const Report ended = report("x.json");
  EXPECT_TRUE(ended.findings.empty()) << ran.output;
  EXPECT_EQ(
      ended.lanes.at(0).stats.value("doubt", ""),
      "a duplicate_wake in basic, N = 1, that the search found shows in 0 of 3 replays, so it is "
      "no finding: the subject is not deterministic");
}

TEST_F(ExploreLane, a_schedule_is_not_judged_by_replays_that_differ) {
  const std::string file = AWLAB_ROOT "/fuzz/minimize/planted/wake-store.schedule";
  EXPECT_EQ(ProgramTest::run("replay", on_example("remembering_cell.hpp", "DeafAtFirstCell",
                                                  {"--lenient", file})),
            3);
  EXPECT_EQ(error(),
            "lab replay: " + file +
                ": example::DeafAtFirstCell is not deterministic: 0 of 5 replays have a "
                "violation, and step 1 was cas of thread 1 on object 2, and is now fetch_or of "
                "thread 1 on object 0\n");
}

TEST_F(ExploreLane, the_scenarios_go_through_every_row) {
  EXPECT_EQ(run("atomic_waker", {"--producers", "2", "--json", "x.json"}).code, 0);
  const Json rows = report("x.json").lanes.at(0).coverage.at("rows");
  for (const RowInfo& row : kRows) EXPECT_GT(rows.at(row.name), 0) << row.name;
}

TEST_F(ExploreLane, a_fault_fails_with_a_story_and_a_schedule_that_shows_it_again) {
  const ProgramRun ran = run("wake-store", {"--producers", "2", "--json", "x.json"});
  EXPECT_EQ(ran.code, 1) << ran.output;
  EXPECT_NE(ran.output.find("broke the release sequence"), std::string::npos) << ran.output;
  EXPECT_NE(ran.output.find("no happens-before from step"), std::string::npos) << ran.output;
  const Report failed = report("x.json");
  ASSERT_FALSE(failed.findings.empty());
  const reports::Finding& finding = failed.findings.front();
  EXPECT_EQ(finding.kind, Kind::kMissedWakeup);
  EXPECT_EQ(finding.replay.k, finding.replay.n);
  EXPECT_GT(finding.replay.n, 0U);
  ASSERT_TRUE(finding.artifact);
  const auto bytes = reports::read_file(path(*finding.artifact), 10'000);
  ASSERT_TRUE(bytes) << bytes.error();
  const auto schedule = decode(bytes.value());
  ASSERT_TRUE(schedule) << schedule.error();
  EXPECT_EQ(schedule.value().subject, "wake-store");
  EXPECT_EQ(schedule.value().scenario, finding.scenario);
}

// Removes all that a clock decides; the rest must be the same, byte for byte.
void forget_times(Json& json) {
  if (json.is_object()) {
    for (const char* key : {"seconds", "started_at", "finished_at", "id", "command"}) {
      if (json.contains(key)) json[key] = nullptr;
    }
  }
  if (json.is_structured()) {
    for (Json& part : json) forget_times(part);
  }
}

TEST_F(ExploreLane, two_runs_write_the_same_report_apart_from_times) {
  std::vector<std::string> texts;
  for (const char* name : {"a.json", "b.json"}) {
    EXPECT_EQ(run("wor-acquire", {"--json", name}).code, 1);
    Json json = reports::to_json(report(name));
    forget_times(json);
    texts.push_back(json.dump(2));
  }
  EXPECT_EQ(texts[0], texts[1]);
  EXPECT_GT(texts[0].size(), 1000U);
}

TEST_F(ExploreLane, shards_merge_into_the_whole) {
  const std::vector<std::string> what = {"--scenario", "migrate", "--producers", "3", "--json"};
  auto arguments = what;
  arguments.emplace_back("whole.json");
  EXPECT_EQ(run("atomic_waker", arguments).code, 0);
  std::vector<Report> shards;
  for (const char* shard : {"0", "1", "2"}) {
    arguments = what;
    const std::string name = std::string(shard) + ".json";
    arguments.insert(arguments.end(), {name, "--shard", std::string(shard) + "/3"});
    EXPECT_EQ(run("atomic_waker", arguments).code, 0);
    shards.push_back(report(name));
  }
  const auto merged = reports::merge(shards);
  ASSERT_TRUE(merged) << merged.error();
  Json expected = first_row(report("whole.json"));
  Json row = first_row(merged.value());
  for (const char* key : {"seconds", "executions"}) {  // the search's own work is not shared out
    expected.erase(key);
    row.erase(key);
  }
  EXPECT_EQ(row, expected);
}

TEST_F(ExploreLane, the_environment_names_a_shard_too_and_canaries_do_not_mind) {
  const ProgramRun ran =
      run("atomic_waker", {"--scenario", "basic", "--producers", "2", "--json", "x.json"},
          {"JOB_COMPLETION_INDEX=1", "JOB_COMPLETIONS=4"});
  EXPECT_EQ(ran.code, 0) << ran.output;
  EXPECT_EQ(report("x.json").run.shard.index, 1U);
  EXPECT_EQ(report("x.json").run.shard.total, 4U);
}

// The search would take far longer than a test may.
TEST_F(ExploreLane, an_interrupted_run_is_inconclusive_and_leaves_a_valid_report) {
  for (const int signal : {SIGINT, SIGTERM}) {
    const pid_t child = start("explore", {"--scenario", "basic", "--producers", "7",
                                          "--no-symmetry", "--json", path("x.json")});
    ASSERT_TRUE(appears("x.json"));  // written before the search begins
    kill(child, signal);
    EXPECT_EQ(code_of(child), 3);
    EXPECT_EQ(report("x.json").verdict, Verdict::kInconclusive);
    EXPECT_EQ(first_row(report("x.json"))["finished"], false);
    EXPECT_FALSE(report("x.json").run.finished_at);
    fs::remove(path("x.json"));
  }
}

// Its last report may be all that is left of a lane.
TEST_F(ExploreLane, a_lane_that_is_killed_has_not_passed) {
  const pid_t child =
      start(beside_canaries("explore", "exit 0"),
            {"explore", "--scenario", "basic", "--no-symmetry", "--json", path("x.json")});
  ASSERT_TRUE(appears("x.json"));
  while (report("x.json").lanes.at(0).coverage["searches"].empty()) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  kill(child, SIGKILL);
  EXPECT_EQ(code_of(child), -1);
  EXPECT_TRUE(report("x.json").lanes.at(0).canaries.at(0).killed);
  EXPECT_EQ(report("x.json").lanes.at(0).verdict, Verdict::kInconclusive);
  EXPECT_EQ(report("x.json").verdict, Verdict::kInconclusive);
}

TEST_F(ExploreLane, a_budget_that_is_used_up_is_inconclusive) {
  const ProgramRun ran =
      run("atomic_waker", {"--scenario", "basic", "--producers", "7", "--no-symmetry", "--seconds",
                           "0.1", "--json", "x.json"});
  EXPECT_EQ(ran.code, 3) << ran.output;
  EXPECT_EQ(report("x.json").verdict, Verdict::kInconclusive);
  EXPECT_TRUE(report("x.json").run.finished_at);
}

TEST_F(ExploreLane, a_check_against_the_catalogue_that_is_cut_short_does_not_pass) {
  const std::vector<std::string> arguments = {
      "--verify", "--scenario", "basic", "--producers", "7", "--no-symmetry", "--seconds", "0.1"};
  const ProgramRun ran = run("atomic_waker", arguments);
  EXPECT_EQ(ran.code, 3) << ran.output;
  EXPECT_NE(ran.output.find("not finished"), std::string::npos) << ran.output;
}

TEST_F(ExploreLane, bad_input_is_one_line_and_exit_2_and_writes_nothing) {
  refuses({"--scenario", "nope"}, "unknown scenario 'nope'; accepted: basic, ");
  refuses({"--scenario", "failed_wake", "--producers", "2"}, "takes 1 to 1 producers");
  refuses({"--producers", "8"}, "--producers");
  refuses({"--shard", "3/3"}, "--shard I/N");
  refuses({"--shard", "1"}, "--shard I/N");
  refuses({"--seconds", "0"}, "accepted: a number above 0");
  refuses({"--bogus"}, "--bogus");
  refuses({"--json", "no/such/x.json"}, "No such file or directory");
  refuses({}, "JOB_COMPLETIONS is not", {"JOB_COMPLETION_INDEX=1"});
  refuses({}, "TEST_SHARD_INDEX and TEST_TOTAL_SHARDS",
          {"TEST_SHARD_INDEX=4", "TEST_TOTAL_SHARDS=4"});
  refuses({}, "SLURM_ARRAY_TASK_ID",
          {"SLURM_ARRAY_TASK_ID=1", "SLURM_ARRAY_TASK_COUNT=2", "SLURM_ARRAY_TASK_MIN=2"});
}

}  // namespace
}  // namespace awlab::explore
