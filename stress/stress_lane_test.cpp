// The lane's programs, from outside: exit codes, reports, findings, interruption, resuming.
#include <signal.h>

#include <chrono>
#include <filesystem>
#include <ostream>
#include <string>
#include <thread>
#include <vector>

#include "core/support/crash.hpp"
#include "reports/lane/program_fixture.hpp"

namespace awlab::stress {
namespace {

namespace fs = std::filesystem;
using reports::Report;
using reports::Verdict;
using Words = std::vector<std::string>;

class StressLane : public lane::ProgramTest {
 protected:
  // Waits for a checkpoint that counts rounds.
  void wait_for_checkpoint(const std::string& name) const {
    while (!fs::exists(path(name)) || report(name).lanes.at(0).executions == 0) {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
  }
};

// Calls that meet in every round, however the threads run: the clone inside register calls wake.
const Words kAlwaysMeet = {"--scenario", "reentrant_wake_in_clone", "--producers", "1"};
// A run plays at least one batch of rounds, however short it is.
const Words kShort = {"--duration", "0.1s"};
const Words kLong = {"--duration", "10m"};  // until a signal ends it
const Words kStress = {"stress"};           // the command, for a program given with its directory

Words operator+(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

std::uint64_t rounds(const Report& report) { return report.lanes.at(0).executions; }

std::uint64_t sum(const reports::Json& outcomes) {
  std::uint64_t sum = 0;
  for (const reports::Json& outcome : outcomes) sum += outcome.at("count").get<std::uint64_t>();
  return sum;
}

// Real canaries are caught by luck: stress_fault.plain.<id> tests them.
TEST_F(StressLane, the_cell_passes_where_canaries_have_died_and_calls_have_met) {
  EXPECT_EQ(run(beside_canaries("stress", "exit 0"),
                kStress + kShort + kAlwaysMeet + Words{"--out", path("out")}),
            0)
      << output() << error();
  const Report report = this->report("out/report.json");
  EXPECT_EQ(report.verdict, Verdict::kPass);
  const reports::Lane& lane = report.lanes.at(0);
  EXPECT_EQ(lane.lane, "stress-plain");
  ASSERT_EQ(lane.canaries.size(), 2U);
  EXPECT_GT(lane.executions, 0U);
  EXPECT_EQ(lane.stats.at("rounds"), lane.executions);
  EXPECT_EQ(lane.stats.at("contended_rounds"), lane.executions);
  EXPECT_EQ(sum(lane.stats.at("outcomes")), lane.executions);
  // A round's one registration met the wake inside its clone, or an earlier one by the producer.
  const reports::Json& rows = lane.coverage.at("rows");
  EXPECT_EQ(rows.at("register_contended").get<std::uint64_t>() +
                rows.at("register_on_waking").get<std::uint64_t>(),
            lane.executions);
  EXPECT_GT(lane.stats.at("memory_mib").at("most"), 0);
}

TEST_F(StressLane, a_canary_that_lives_makes_it_inconclusive) {
  EXPECT_EQ(run(beside_canaries("stress", "exit 1"),
                kStress + kShort + kAlwaysMeet + Words{"--out", path("out")}),
            3);
  const reports::Lane lane = report("out/report.json").lanes.at(0);
  ASSERT_EQ(lane.canaries.size(), 2U);
  EXPECT_FALSE(lane.canaries.at(0).killed);
}

// A clone throws in every round.
TEST_F(StressLane, a_call_that_throws_wrongly_is_a_finding) {
  EXPECT_EQ(run("stress",
                on_fault("swallow-clone-throw", kShort + Words{"--scenario", "panic_clone", "--out",
                                                               path("out"), "--bare"})),
            1);
  EXPECT_EQ(report("out/report.json").findings.at(0).kind, Kind::kPanicSafety);
}

TEST_F(StressLane, only_the_scenario_that_is_named_is_played) {
  EXPECT_EQ(run("stress", kShort + Words{"--scenario", "handover", "--producers", "7", "--out",
                                         path("out"), "--bare"}),
            3);
  // Each round has two registrations and seven wakes, and no clone throws.
  const Report report = this->report("out/report.json");
  std::uint64_t registrations = 0;
  std::uint64_t wakes = 0;
  for (const auto& [name, count] : report.lanes.at(0).coverage.at("rows").items()) {
    if (name.starts_with("register")) registrations += count.get<std::uint64_t>();
    if (name.starts_with("wake")) wakes += count.get<std::uint64_t>();
  }
  EXPECT_GT(rounds(report), 0U);
  EXPECT_EQ(registrations, 2 * rounds(report));
  EXPECT_EQ(wakes, 7 * rounds(report));
}

TEST_F(StressLane, without_canaries_it_is_inconclusive) {
  EXPECT_EQ(run("stress", kShort + kAlwaysMeet + Words{"--out", path("out"), "--bare"}), 3);
}

TEST_F(StressLane, where_no_two_calls_meet_it_is_inconclusive) {
  EXPECT_EQ(run(beside_canaries("stress", "exit 0"),
                kStress + kShort + Words{"--scenario", "destroy", "--out", path("out")}),
            3);
  EXPECT_NE(output().find("no two calls have met"), std::string::npos);
}

TEST_F(StressLane, ends_on_a_signal_with_a_valid_report) {
  for (const int signal : {SIGTERM, SIGINT}) {
    const pid_t child = start("stress", kLong + Words{"--out", path("out"), "--bare"});
    wait_for_checkpoint("out/report.json");
    kill(child, signal);
    EXPECT_EQ(code_of(child), 3);
    const Report report = this->report("out/report.json");
    EXPECT_EQ(report.verdict, Verdict::kInconclusive);
    EXPECT_FALSE(report.run.finished_at);
    EXPECT_GT(rounds(report), 0U);
    fs::remove_all(path("out"));
  }
}

TEST_F(StressLane, a_killed_run_is_resumed_with_its_counts_its_seed_and_its_findings) {
  const pid_t child =
      start("stress",
            on_fault("skip-contended-wake",
                     kLong + kAlwaysMeet + Words{"--seed", "7", "--out", path("out"), "--bare"}));
  wait_for_checkpoint("out/report.json");
  kill(child, SIGKILL);
  EXPECT_EQ(code_of(child), -1);
  const Report before = report("out/report.json");
  EXPECT_FALSE(before.run.finished_at);
  ASSERT_FALSE(before.findings.empty());

  const std::string longer = std::to_string(static_cast<int>(before.lanes.at(0).seconds) + 2) + "s";
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
  ASSERT_EQ(run("stress", kShort + Words{"--out", path("out"), "--bare"}), 3);
  const std::string before = read(path("out/report.json"));
  const auto refused = [&](const std::vector<std::string>& words, const std::string& why) {
    EXPECT_EQ(run("stress", words), 2);
    EXPECT_NE(error().find(why), std::string::npos) << error();
    EXPECT_EQ(read(path("out/report.json")), before);
  };
  refused({"--resume", path("out")}, "longer --duration");
  refused({"--resume", path("out"), "--duration", "9s", "--fault", "wake-cas"},
          "--fault is not accepted");
  refused({"--resume", path("out"), "--duration", "9s", "--build", "tsan"}, "of the build plain");
  refused({"--resume", path("nowhere")}, "nowhere");
  refused({"--resume", ""}, "--resume");
  refused({"--resume", path("out"), "--seed", "1"}, "--seed is not accepted");
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
  const pid_t child = start(
      "stress",
      on_fault("skip-contended-wake", kLong + kAlwaysMeet + Words{"--out", path("out"), "--bare"}));
  wait_for_checkpoint("out/report.json");
  fs::remove_all(path("out"));
  kill(child, SIGTERM);
  EXPECT_EQ(code_of(child), 1);
  EXPECT_EQ(report("out/report.json").findings.at(0).kind, Kind::kMissedWakeup);
}

TEST_F(StressLane, what_cannot_be_written_at_the_end_is_an_error_and_still_said) {
  const pid_t child = start(
      "stress",
      on_fault("skip-contended-wake", kLong + kAlwaysMeet + Words{"--out", path("out"), "--bare"}));
  wait_for_checkpoint("out/report.json");
  fs::remove_all(path("out"));
  std::ofstream(path("out")) << "not a directory";
  kill(child, SIGTERM);
  EXPECT_EQ(code_of(child), 2);
  EXPECT_NE(error().find("out/report.json"), std::string::npos) << error();
  EXPECT_NE(output().find("FINDING missed_wakeup"), std::string::npos) << output();
}

// The program on a subject that misbehaves as the environment variable asks.
class StressLaneOnUnruly : public StressLane {
 protected:
  int run_unruly(const char* deed, const Words& words) {
    setenv("AWLAB_EXAMPLE_UNRULY", deed, 1);  // NOLINT(concurrency-mt-unsafe)
    return run("stress", on_example("unruly_cell.hpp", "UnrulyCell",
                                    words + Words{"--producers", "1", "--threads", "2", "--out",
                                                  path("out"), "--bare"}));
  }
  void expect_finding(const char* deed, Kind kind, const std::string& property,
                      const Words& more = {}) {
    EXPECT_EQ(run_unruly(deed, Words{"--duration", "100s", "--scenario", "basic"} + more), 1)
        << output() << error();
    const Report report = this->report("out/report.json");
    EXPECT_EQ(report.verdict, Verdict::kFail);
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

// The consumer parks in a round that lets it go first: about one in two, by the seed.
TEST_F(StressLaneOnUnruly, a_parked_consumer_that_nobody_wakes_is_a_finding_with_its_story) {
  EXPECT_EQ(run_unruly("deaf", kShort + Words{"--scenario", "block_on", "--seed", "1"}), 1);
  const Report report = this->report("out/report.json");
  EXPECT_EQ(report.verdict, Verdict::kFail);
  ASSERT_FALSE(report.findings.empty());
  const reports::Finding& finding = report.findings.front();
  EXPECT_EQ(finding.kind, Kind::kMissedWakeup);
  EXPECT_EQ(finding.property, "P1");
  EXPECT_EQ(finding.scenario, "block_on");
  EXPECT_EQ(finding.reproduce,
            "./lab stress --subject " AWLAB_ROOT
            "/core/subjects/example/unruly_cell.hpp --type "
            "example::UnrulyCell --build plain --scenario block_on --producers 1");
  EXPECT_GT(finding.replay.k, 0U);
  EXPECT_EQ(finding.replay.n, rounds(report));
  EXPECT_EQ(report.lanes.at(0).stats.at("rescued_rounds"), finding.replay.k);
  // The run went on after the first violation.
  EXPECT_GT(rounds(report), finding.replay.k);
  EXPECT_NE(output().find("parks"), std::string::npos);
  EXPECT_NE(output().find("nobody left to wake it"), std::string::npos);
}

TEST_F(StressLaneOnUnruly, a_crash_in_a_role_is_a_finding_with_its_story_and_its_seed) {
  expect_finding("wake", Kind::kCrash, "P4");
  EXPECT_NE(output().find("call wake"), std::string::npos) << output();
  const Report report = this->report("out/report.json");
  const reports::Finding& finding = report.findings.at(0);
  EXPECT_EQ(finding.summary, "wake() crashes: it aborts (SIGABRT)");
  EXPECT_TRUE(finding.reproduce.ends_with(" --seed " + std::to_string(report.run.seed)))
      << finding.reproduce;
}

// No role is being played yet, so there is no story.
TEST_F(StressLaneOnUnruly, a_crash_in_the_constructor_is_a_finding) {
  expect_finding("constructor", Kind::kCrash, "P4");
  EXPECT_NE(output().find("the cell's constructor crashes: it aborts (SIGABRT)"), std::string::npos)
      << output();
}

TEST_F(StressLaneOnUnruly, a_call_that_does_not_come_back_is_a_finding) {
  expect_finding("endless", Kind::kDeadlock, "P9", {"--endless-seconds", "0.5"});
  EXPECT_NE(output().find("does not come back"), std::string::npos) << output();
}

// A data race on the slot may let two calls take one waker.
TEST_F(StressLaneOnUnruly, a_waker_that_is_woken_twice_is_a_finding) {
  EXPECT_EQ(run_unruly("twice", kShort + Words{"--scenario", "basic", "--seed", "1"}), 1)
      << output() << error();
  const Report report = this->report("out/report.json");
  ASSERT_FALSE(report.findings.empty());
  EXPECT_EQ(report.findings.front().kind, Kind::kDuplicateWake);
}

// The lane's program of each build, on a cell that crashes; see core/subjects/example.
struct CrashingBuild {
  const char* program;
  const char* deed;
  const char* told;

  // Printed in test names, which must not depend on addresses.
  friend std::ostream& operator<<(std::ostream& out, const CrashingBuild& build) {
    return out << build.program << ' ' << build.deed;
  }
};

class StressLaneOnCrashing : public StressLane,
                             public testing::WithParamInterface<CrashingBuild> {};

INSTANTIATE_TEST_SUITE_P(
    , StressLaneOnCrashing, testing::ValuesIn([] {
      std::vector<CrashingBuild> all;
      for (const char* program : {"awlab_stress", "awlab_stress_asan", "awlab_stress_tsan"}) {
        all.insert(all.end(),
                   {{program, "Wake", "wake() crashes: its assertion fails: !crashes(Deed::kWake)"},
                    {program, "Register", "register() crashes: it uses memory that is not there"},
                    {program, "Destructor", "the cell's destructor crashes: it aborts (SIGABRT)"},
                    {program, "Take", "wake() crashes: its stack overflows"}});
      }
      return all;
    }()),
    [](const auto& instance) {
      return std::string(instance.param.program) + "_" + instance.param.deed;
    });

TEST_P(StressLaneOnCrashing, every_build_tells_what_crashed_and_how) {
  const auto [program, deed, told] = GetParam();
  const std::string file = std::string(AWLAB_BIN) + "/" + program;
  // Where everything has a sanitizer, the other builds are not made.
  if (!kTakesSignals && !fs::exists(file)) GTEST_SKIP() << program << " is not built here";
  EXPECT_EQ(run(file, kStress + on_example("crashing_cell.hpp", std::string("CrashIn") + deed,
                                           {"--duration", "100s", "--scenario", "basic",
                                            "--producers", "1", "--out", path("out"), "--bare"})),
            1)
      << output() << error();
  const Report report = this->report("out/report.json");
  ASSERT_FALSE(report.findings.empty());
  EXPECT_NE(output().find(told), std::string::npos) << output();
}

}  // namespace
}  // namespace awlab::stress
