// The lane's programs, from outside: exit codes, reports, findings, interruption, resuming.
#include <signal.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "reports/lane/program_fixture.hpp"

namespace awlab::stress {
namespace {

namespace fs = std::filesystem;
using reports::Report;
using reports::Verdict;

class StressLane : public lane::ProgramTest {
 protected:
  // Waits for a checkpoint that counts rounds.
  void wait_for_checkpoint(const std::string& name) const {
    while (!fs::exists(path(name)) || report(name).lanes.at(0).executions == 0) {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
  }
};

std::uint64_t rounds(const Report& report) { return report.lanes.at(0).executions; }

std::uint64_t sum(const reports::Json& outcomes) {
  std::uint64_t sum = 0;
  for (const reports::Json& outcome : outcomes) sum += outcome.at("count").get<std::uint64_t>();
  return sum;
}

TEST_F(StressLane, the_cell_passes_with_dead_canaries_and_contended_rows) {
  EXPECT_EQ(run("stress", {"--duration", "4s", "--out", path("out")}), 0) << output() << error();
  const Report report = this->report("out/report.json");
  EXPECT_EQ(report.verdict, Verdict::pass);
  const reports::Lane& lane = report.lanes.at(0);
  EXPECT_EQ(lane.lane, "stress-plain");
  ASSERT_EQ(lane.canaries.size(), 2U);
  EXPECT_GT(lane.executions, 0U);
  EXPECT_EQ(lane.stats.at("rounds"), lane.executions);
  EXPECT_EQ(sum(lane.stats.at("outcomes")), lane.executions);
  EXPECT_GT(lane.coverage.at("rows").at("register_contended"), 0);
  EXPECT_GT(lane.coverage.at("rows").at("wake_on_waking"), 0);
  EXPECT_GT(lane.stats.at("memory_mib").at("most"), 0);
}

TEST_F(StressLane, a_parked_consumer_that_nobody_wakes_is_a_finding_with_its_story) {
  EXPECT_EQ(run("stress", {"--fault", "skip-contended-wake", "--duration", "5s", "--scenario",
                           "block_on", "--out", path("out"), "--bare"}),
            1);
  const Report report = this->report("out/report.json");
  EXPECT_EQ(report.verdict, Verdict::fail);
  ASSERT_FALSE(report.findings.empty());
  const reports::Finding& finding = report.findings.front();
  EXPECT_EQ(finding.kind, Kind::kMissedWakeup);
  EXPECT_EQ(finding.property, "P1");
  EXPECT_EQ(finding.scenario, "block_on");
  EXPECT_NE(finding.reproduce.find("./lab stress --fault skip-contended-wake --build plain"),
            std::string::npos);
  EXPECT_GT(finding.replay.k, 0U);
  EXPECT_EQ(finding.replay.n, rounds(report));
  EXPECT_GT(report.lanes.at(0).stats.at("rescued_rounds"), 0);
  // The run went on after the first violation.
  EXPECT_GT(rounds(report), finding.replay.k);
  EXPECT_NE(output().find("parks"), std::string::npos);
  EXPECT_NE(output().find("nobody left to wake it"), std::string::npos);
}

TEST_F(StressLane, a_call_that_throws_wrongly_is_a_finding) {
  EXPECT_EQ(run("stress", {"--fault", "swallow-clone-throw", "--duration", "2s", "--out",
                           path("out"), "--bare"}),
            1);
  EXPECT_EQ(report("out/report.json").findings.at(0).kind, Kind::kPanicSafety);
}

TEST_F(StressLane, only_the_scenario_that_is_named_is_played) {
  EXPECT_EQ(run("stress", {"--duration", "1s", "--scenario", "handover", "--producers", "7",
                           "--out", path("out"), "--bare"}),
            3);
  // Each round has two registrations, and none of them throws.
  const Report report = this->report("out/report.json");
  const reports::Json& rows = report.lanes.at(0).coverage.at("rows");
  EXPECT_EQ(rows.at("clone_threw"), 0);
  EXPECT_GT(rows.at("register_on_waiting"), 0);
}

TEST_F(StressLane, without_canaries_it_is_inconclusive) {
  EXPECT_EQ(run("stress", {"--duration", "1s", "--out", path("out"), "--bare"}), 3);
}

TEST_F(StressLane, where_no_two_calls_meet_it_is_inconclusive) {
  EXPECT_EQ(run("stress", {"--duration", "1s", "--scenario", "destroy", "--out", path("out")}), 3);
  EXPECT_NE(output().find("no two calls have met"), std::string::npos);
}

TEST_F(StressLane, ends_on_a_signal_with_a_valid_report) {
  for (const int signal : {SIGTERM, SIGINT}) {
    const pid_t child = start("stress", {"--duration", "1h", "--out", path("out"), "--bare"});
    wait_for_checkpoint("out/report.json");
    kill(child, signal);
    EXPECT_EQ(code_of(child), 3);
    const Report report = this->report("out/report.json");
    EXPECT_EQ(report.verdict, Verdict::inconclusive);
    EXPECT_FALSE(report.run.finished_at);
    EXPECT_GT(rounds(report), 0U);
    fs::remove_all(path("out"));
  }
}

TEST_F(StressLane, a_killed_run_is_resumed_with_its_counts_its_seed_and_its_findings) {
  const pid_t child = start("stress", {"--fault", "skip-contended-wake", "--duration", "1h",
                                       "--seed", "7", "--out", path("out"), "--bare"});
  wait_for_checkpoint("out/report.json");
  kill(child, SIGKILL);
  EXPECT_EQ(code_of(child), -1);
  const Report before = report("out/report.json");
  EXPECT_FALSE(before.run.finished_at);
  ASSERT_FALSE(before.findings.empty());

  const std::string longer = std::to_string(static_cast<int>(before.lanes.at(0).seconds) + 3) + "s";
  EXPECT_EQ(run("stress", {"--resume", path("out"), "--duration", longer}), 1) << error();
  const Report after = report("out/report.json");
  EXPECT_EQ(after.run.id, before.run.id);
  EXPECT_EQ(after.run.seed, 7U);
  EXPECT_EQ(after.run.started_at, before.run.started_at);
  EXPECT_TRUE(after.run.finished_at);
  EXPECT_GT(rounds(after), rounds(before));
  EXPECT_GT(after.lanes.at(0).seconds, before.lanes.at(0).seconds);
  EXPECT_GT(after.lanes.at(0).stats.at("batches").get<std::uint64_t>(),
            before.lanes.at(0).stats.at("batches").get<std::uint64_t>());
  EXPECT_EQ(after.findings.at(0).signature, before.findings.at(0).signature);
  EXPECT_GE(after.findings.at(0).replay.k, before.findings.at(0).replay.k);
}

TEST_F(StressLane, a_run_that_cannot_be_resumed_is_refused_and_left_as_it_is) {
  ASSERT_EQ(run("stress", {"--duration", "1s", "--out", path("out"), "--bare"}), 3);
  const std::string before = read(path("out/report.json"));
  const auto refused = [&](const std::vector<std::string>& words, const std::string& why) {
    EXPECT_EQ(run("stress", words), 2);
    EXPECT_NE(error().find(why), std::string::npos) << error();
    EXPECT_EQ(read(path("out/report.json")), before);
  };
  refused({"--resume", path("out")}, "longer --duration");
  refused({"--resume", path("out"), "--duration", "9s", "--fault", "wake-cas"}, "not --fault");
  refused({"--resume", path("out"), "--duration", "9s", "--build", "tsan"}, "of the build plain");
  refused({"--resume", path("nowhere")}, "nowhere");
  refused({"--resume", ""}, "--resume");
  refused({"--resume", path("out"), "--seed", "1"}, "not --seed");
  std::ofstream(path("out/report.json"), std::ios::app) << "}";
  EXPECT_EQ(run("stress", {"--resume", path("out"), "--duration", "9s"}), 2);
}

TEST_F(StressLane, bad_input_is_one_line_and_exit_2) {
  const std::vector<std::vector<std::string>> bad = {
      {"--duration", "soon"},
      {"--duration", "0s"},
      {"--duration", "5"},
      {"--duration", "-5s"},
      {"--duration", "nans"},
      {"--duration", ""},
      {"--scenario", "nothing"},
      {"--producers", "9"},
      {"--threads", "1"},
      {"--noise", "loud"},
      {"--seed", "x"},
      {"--nonsense"},
      {"--scenario", "basic", "--producers", "0"},
      {"surplus"},
      {"--scenario", "handover", "--producers", "0"}};
  for (std::vector<std::string> words : bad) {
    words.insert(words.end(), {"--out", path("out")});
    EXPECT_EQ(run("stress", words), 2) << words[0] << " " << words[1];
    const std::string said = error();
    EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 1) << said;
    EXPECT_FALSE(fs::exists(path("out"))) << words[0];
  }
}

TEST_F(StressLane, a_directory_that_cannot_be_made_is_an_error_at_once) {
  std::ofstream(path("file")) << "not a directory";
  EXPECT_EQ(run("stress", {"--duration", "1h", "--out", path("file/out")}), 2);
  EXPECT_NE(error().find("file/out"), std::string::npos) << error();
}

TEST_F(StressLane, a_directory_that_vanishes_is_made_again) {
  const pid_t child = start("stress", {"--fault", "skip-contended-wake", "--duration", "3s",
                                       "--out", path("out"), "--bare"});
  wait_for_checkpoint("out/report.json");
  fs::remove_all(path("out"));
  EXPECT_EQ(code_of(child), 1);
  EXPECT_EQ(report("out/report.json").findings.at(0).kind, Kind::kMissedWakeup);
}

TEST_F(StressLane, what_cannot_be_written_at_the_end_is_an_error_and_still_said) {
  const pid_t child = start("stress", {"--fault", "skip-contended-wake", "--duration", "3s",
                                       "--out", path("out"), "--bare"});
  wait_for_checkpoint("out/report.json");
  fs::remove_all(path("out"));
  std::ofstream(path("out")) << "not a directory";
  EXPECT_EQ(code_of(child), 2);
  EXPECT_NE(error().find("out/report.json"), std::string::npos) << error();
  EXPECT_NE(output().find("FINDING missed_wakeup"), std::string::npos) << output();
}

// The program on a subject that misbehaves as the environment variable asks.
class StressLaneOnCrashes : public StressLane {
 protected:
  void expect_finding(const char* deed, Kind kind, const std::string& property) {
    ASSERT_EQ(setenv("AWLAB_EXAMPLE_UNRULY", deed, 1), 0);  // NOLINT(concurrency-mt-unsafe)
    EXPECT_EQ(run("stress", on_example("unruly_cell.hpp", "UnrulyCell",
                                       {"--duration", "100s", "--scenario", "basic", "--producers",
                                        "1", "--threads", "2", "--out", path("out"), "--bare"})),
              1)
        << output() << error();
    const Report report = this->report("out/report.json");
    EXPECT_EQ(report.verdict, Verdict::fail);
    ASSERT_EQ(report.findings.size(), 1U);
    const reports::Finding& finding = report.findings.front();
    EXPECT_EQ(finding.kind, kind);
    EXPECT_EQ(finding.property, property);
    EXPECT_EQ(finding.scenario, "basic");
    EXPECT_NE(output().find("FINDING " + finding.signature), std::string::npos) << output();
  }
  void TearDown() override {
    unsetenv("AWLAB_EXAMPLE_UNRULY");  // NOLINT(concurrency-mt-unsafe)
    StressLane::TearDown();
  }
};

TEST_F(StressLaneOnCrashes, one_in_a_role_is_a_finding_with_its_story) {
  expect_finding("wake", Kind::kCrash, "P4");
  EXPECT_NE(output().find("call wake"), std::string::npos) << output();
}

// No role is being played yet, so there is no story.
TEST_F(StressLaneOnCrashes, one_in_the_constructor_is_a_finding) {
  expect_finding("constructor", Kind::kCrash, "P4");
}

TEST_F(StressLaneOnCrashes, a_call_that_does_not_come_back_is_a_finding) {
  expect_finding("endless", Kind::kDeadlock, "P9");
  EXPECT_NE(output().find("does not come back"), std::string::npos) << output();
}

// A data race on a waker may show as a signal, or as a broken rule of the ledger.
TEST_F(StressLane, a_race_on_the_slot_is_a_finding) {
  EXPECT_EQ(run("stress", {"--fault", "unlock-before-take", "--duration", "30s", "--out",
                           path("out"), "--bare"}),
            1);
  const Report report = this->report("out/report.json");
  EXPECT_FALSE(report.findings.empty());
}

}  // namespace
}  // namespace awlab::stress
