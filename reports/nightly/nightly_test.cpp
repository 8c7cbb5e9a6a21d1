// The program from outside, with scripts in the place of the lanes' programs: they pass, find, crash,
// hang and lie.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "reports/environment.hpp"
#include "reports/lane/program_fixture.hpp"
#include "reports/report.hpp"
#include "reports/report_file.hpp"

namespace awlab::nightly {
namespace {

using reports::Report;
using reports::Verdict;
namespace fs = std::filesystem;

// Finds where the report is wanted; $report and $me are there for what follows.
constexpr const char* kScript = R"(#!/bin/sh
me=$(dirname "$0")/$(basename "$0")
case $1 in minimize | replay) exit 2 ;; esac
while [ $# -gt 0 ]; do
  case $1 in --json) report=$2 ;; --out) out=$2 ;; --seed) seed=$2 ;; --corpus) mkdir -p "$2" && touch "$2/input" ;; esac
  shift
done
: "${report:=$out/report.json}"
)";
constexpr const char* kLeaveReport = "cp \"$me.json\" \"$report\"\n";

class NightTest : public lane::ProgramTest {
 protected:
  void SetUp() override {
    ProgramTest::SetUp();
    fs::copy_file(fs::path(AWLAB_BIN) / "awlab_nightly", path("awlab_nightly"));
    for (const char* directory : {"tsan", "asan"}) fs::create_directory(path(directory));
    for (const auto& [lane, file] : kFiles) passes(lane);
  }

  // The lane leaves this report and then does `and_then`, in shell.
  void leaves(const std::string& lane, const Report& report, const std::string& and_then) {
    const std::string file = kFiles.at(lane);
    ASSERT_TRUE(reports::write_report(path(file + ".json"), report));
    script(lane, std::string(kLeaveReport) + and_then);
  }
  void passes(const std::string& lane) { leaves(lane, lane_report(lane), "exit 0\n"); }
  void finds(const std::string& lane, const reports::Finding& finding) {
    Report report = lane_report(lane);
    report.lanes.front().verdict = Verdict::fail;
    reports::add_finding(report, finding);
    reports::finish(report, reports::utc_time());
    leaves(lane, report,
           "mkdir -p \"${report%/*}/findings\"; echo found > "
           "\"${report%/*}/findings/schedule\"\nexit 1\n");
  }
  void script(const std::string& lane, const std::string& body) {
    const fs::path file = path(kFiles.at(lane));
    std::ofstream(file) << kScript << body;
    fs::permissions(file, fs::perms::owner_all);
  }

  static Report lane_report(const std::string& lane) {
    Report report = reports::new_report(
        "./lab " + lane, 1, {}, {"AtomicWaker", "core/atomic_waker.hpp", std::string(64, 'a')});
    report.lanes.push_back({.lane = lane,
                            .verdict = Verdict::pass,
                            .seconds = 1,
                            .executions = 100,
                            .limits = {"it is a script"},
                            .canaries = {{"wake-store", true, 0.1}}});
    reports::finish(report, reports::utc_time());
    return report;
  }

  static reports::Finding finding_of(const std::string& lane) {
    reports::Finding finding;
    finding.kind = Kind::kMissedWakeup;
    finding.property = "P1";
    finding.lane = lane;
    finding.scenario = "basic";
    finding.subject = "AtomicWaker";
    finding.signature = reports::make_signature(finding.kind, "P1", "wake", "cas", "fetch_or");
    finding.summary = "the last wake is lost";
    finding.explanation = "nobody woke w1";
    finding.reproduce = "./lab " + lane;
    finding.replay = {3, 3};
    finding.schedule = reports::Schedule{20, 2, lane == "fuzz"};
    finding.artifact = "findings/schedule";
    return finding;
  }

  // Those of a short night, and `more`, which may say else.
  [[nodiscard]] std::vector<std::string> words(const std::vector<std::string>& more = {}) const {
    const std::vector<std::pair<std::string, std::string>> usual = {{"--minutes", "0.05"},
                                                                    {"--out", path("out")},
                                                                    {"--tsan", path("tsan")},
                                                                    {"--asan", path("asan")},
                                                                    {"--hang-seconds", "1"}};
    std::vector<std::string> all = more;
    for (const auto& [option, value] : usual) {
      if (std::ranges::count(more, option) == 0) all.insert(all.end(), {option, value});
    }
    return all;
  }
  // Whether the night has begun, within a minute.
  [[nodiscard]] bool begins() const {
    for (int i = 0; i < 6000 && !fs::exists(path("out/report.json")); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return fs::exists(path("out/report.json"));
  }
  [[nodiscard]] int night(const std::vector<std::string>& more = {}) const {
    return run(path("awlab_nightly"), words(more));
  }
  [[nodiscard]] Report report_of_night() const { return report("out/report.json"); }
  // What lane `lane` is given in a night of `more`.
  std::uint64_t seed_of(const std::string& lane, const std::vector<std::string>& more) {
    leaves(lane, lane_report(lane), "echo \"$seed\" > \"$me.seed\"\nexit 0\n");
    EXPECT_EQ(night(more), 0) << error();
    std::uint64_t seed = 0;
    std::ifstream(path(kFiles.at(lane) + ".seed")) >> seed;
    return seed;
  }
  static const reports::Lane& lane_of(const Report& report, const std::string& name) {
    for (const reports::Lane& lane : report.lanes) {
      if (lane.lane == name) return lane;
    }
    ADD_FAILURE() << "no lane " << name;
    return report.lanes.at(0);
  }
  static std::string doubt_of(const reports::Lane& lane) { return lane.stats.value("doubt", ""); }
  [[nodiscard]] std::size_t nights() const {
    const fs::directory_iterator history(path("out/history"));
    return static_cast<std::size_t>(std::distance(begin(history), end(history)));
  }

  const std::map<std::string, std::string> kFiles = {{"explore", "explore_atomic_waker"},
                                                     {"relacy", "relacy_atomic_waker"},
                                                     {"fuzz", "fuzz_atomic_waker"},
                                                     {"stress-plain", "stress_atomic_waker"},
                                                     {"stress-asan", "asan/stress_atomic_waker"},
                                                     {"stress-tsan", "tsan/stress_atomic_waker"}};
};

TEST_F(NightTest, PassesWhenEveryLaneDoesAndWritesEverything) {
  EXPECT_EQ(night(), 0) << error();
  const Report report = report_of_night();
  EXPECT_EQ(report.verdict, Verdict::pass);
  EXPECT_TRUE(report.run.finished_at);
  EXPECT_EQ(report.lanes.size(), 6U);
  EXPECT_EQ(report.subject.name, "AtomicWaker");
  for (const char* file : {"report.junit.xml", "report.sarif", "dashboard.html", "corpus/input"}) {
    EXPECT_TRUE(fs::exists(path("out") / file)) << file;
  }
  EXPECT_EQ(nights(), 1U);
  EXPECT_NE(output().find("nightly: pass"), std::string::npos) << output();
}

TEST_F(NightTest, ABugThatTwoLanesFindIsOneFindingWithTheBetterEvidence) {
  finds("explore", finding_of("explore"));
  finds("fuzz", finding_of("fuzz"));  // its schedule is minimized
  EXPECT_EQ(night(), 1);
  const Report report = report_of_night();
  ASSERT_EQ(report.findings.size(), 1U);
  const reports::Finding& finding = report.findings.front();
  EXPECT_EQ(finding.lane, "fuzz");
  EXPECT_EQ(finding.also_in, std::vector<std::string>{"explore"});
  EXPECT_EQ(finding.artifact, "findings/" + finding.signature + "/schedule");
  EXPECT_EQ(finding.reproduce, "./lab replay " + path("out/" + *finding.artifact).string());
  for (const char* file : {"schedule", "page.html", "finding.txt"}) {
    EXPECT_TRUE(fs::exists(path("out/findings/" + finding.signature) / file)) << file;
  }
  EXPECT_EQ(lane_of(report, "relacy").verdict, Verdict::pass);
}

TEST_F(NightTest, ALaneThatCrashesIsAFindingAndTheOthersGoOn) {
  leaves("fuzz", lane_report("fuzz"), "echo 'here it ends'\nkill -SEGV $$\n");
  EXPECT_EQ(night(), 1);
  const Report report = report_of_night();
  EXPECT_EQ(report.lanes.size(), 6U);
  EXPECT_EQ(lane_of(report, "fuzz").verdict, Verdict::fail);
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings.front().kind, Kind::kCrash);
  EXPECT_NE(report.findings.front().explanation.find("SIGSEGV"), std::string::npos);
  EXPECT_NE(report.findings.front().explanation.find("here it ends"), std::string::npos);
  EXPECT_EQ(report.findings.front().reproduce, "./lab fuzz");
}

TEST_F(NightTest, ALaneThatHangsIsInconclusiveAndTheOthersGoOn) {
  leaves("stress-asan", lane_report("stress-asan"), "trap '' TERM\nwhile :; do sleep 0.1; done\n");
  EXPECT_EQ(night(), 3);
  const Report report = report_of_night();
  const reports::Lane& hung = lane_of(report, "stress-asan");
  EXPECT_EQ(hung.verdict, Verdict::inconclusive);
  EXPECT_NE(doubt_of(hung).find("did not end within its time"), std::string::npos);
  EXPECT_EQ(lane_of(report, "stress-tsan").verdict, Verdict::pass);
  EXPECT_TRUE(report.findings.empty());
}

TEST_F(NightTest, ALaneThatIsKilledByTheSystemIsInconclusive) {
  script("explore", "kill -KILL $$\n");
  EXPECT_EQ(night(), 3);
  EXPECT_EQ(lane_of(report_of_night(), "explore").verdict, Verdict::inconclusive);
}

TEST_F(NightTest, ALaneWithoutAReportIsInconclusiveAndItsLastWordsAreKept) {
  script("stress-tsan", "echo 'no memory for the shadow' >&2\nexit 66\n");
  EXPECT_EQ(night(), 3);
  const reports::Lane lane = lane_of(report_of_night(), "stress-tsan");
  EXPECT_EQ(lane.verdict, Verdict::inconclusive);
  EXPECT_NE(doubt_of(lane).find("no memory for the shadow"), std::string::npos);
}

TEST_F(NightTest, ALaneWhoseExitCodeIsAnotherThanItsVerdictIsInconclusive) {
  leaves("relacy", lane_report("relacy"), "exit 2\n");
  EXPECT_EQ(night(), 3);
  EXPECT_EQ(lane_of(report_of_night(), "relacy").verdict, Verdict::inconclusive);
}

TEST_F(NightTest, ALaneWhoseReportIsDamagedIsInconclusive) {
  script("fuzz", "echo '{\"schema_version\"' > \"$report\"\nexit 0\n");
  EXPECT_EQ(night(), 3);
  EXPECT_EQ(lane_of(report_of_night(), "fuzz").verdict, Verdict::inconclusive);
}

TEST_F(NightTest, ALaneWhoseProgramIsNotThereIsInconclusive) {
  fs::remove(path("asan/stress_atomic_waker"));
  EXPECT_EQ(night(), 3);
  const reports::Lane lane = lane_of(report_of_night(), "stress-asan");
  EXPECT_NE(doubt_of(lane).find("cannot start"), std::string::npos) << doubt_of(lane);
}

TEST_F(NightTest, TheNextNightKnowsTheOneBefore) {
  finds("fuzz", finding_of("fuzz"));
  EXPECT_EQ(night(), 1);
  EXPECT_NE(output().find("new "), std::string::npos) << output();
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));  // its name has whole seconds
  EXPECT_EQ(night(), 1);
  EXPECT_EQ(nights(), 2U);
  EXPECT_NE(output().find("ongoing "), std::string::npos) << output();
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));
  passes("fuzz");
  EXPECT_EQ(night(), 0);
  EXPECT_EQ(nights(), 3U);
  EXPECT_NE(output().find("resolved "), std::string::npos) << output();
}

TEST_F(NightTest, ShardsOfANightShareItsSeedAndHaveOtherChance) {
  const std::uint64_t first = seed_of("fuzz", {"--seed", "20780", "--shard", "0/2"});
  EXPECT_EQ(report_of_night().run.seed, 20780U);
  EXPECT_EQ(seed_of("fuzz", {"--seed", "20780", "--shard", "0/2"}), first);
  EXPECT_NE(seed_of("fuzz", {"--seed", "20780", "--shard", "1/2"}), first);
  EXPECT_EQ(report_of_night().run.seed, 20780U);
  EXPECT_NE(seed_of("stress-plain", {"--seed", "20780", "--shard", "0/2"}), first);
}

// Relacy numbers the 200,000 executions of a random search from its seed on, the first search's from
// the seed itself, and so on: the next night must not repeat them.
TEST_F(NightTest, NeighbouringSeedsAreFarApartInTheLanes) {
  const std::uint64_t tonight = seed_of("relacy", {"--seed", "20780"});
  const std::uint64_t tomorrow = seed_of("relacy", {"--seed", "20781"});
  EXPECT_GT(std::max(tonight, tomorrow) - std::min(tonight, tomorrow), 200'000U);
}

TEST_F(NightTest, TheCommandNamesTheShardThatTheEnvironmentNamed) {
  setenv("JOB_COMPLETION_INDEX", "1", 1);  // NOLINT(concurrency-mt-unsafe): no other thread
  setenv("JOB_COMPLETIONS", "2", 1);       // NOLINT(concurrency-mt-unsafe)
  const int code = night();
  unsetenv("JOB_COMPLETION_INDEX");  // NOLINT(concurrency-mt-unsafe)
  unsetenv("JOB_COMPLETIONS");       // NOLINT(concurrency-mt-unsafe)
  EXPECT_EQ(code, 0) << error();
  const Report report = report_of_night();
  EXPECT_EQ(report.run.shard.index, 1U);
  EXPECT_NE(report.run.command.find(" --shard 1/2"), std::string::npos) << report.run.command;
}

TEST_F(NightTest, WhatAKilledNightLeftGoesIntoTheHistory) {
  Report left = lane_report("fuzz");
  left.run.finished_at.reset();
  left.verdict = Verdict::inconclusive;
  fs::create_directory(path("out"));
  ASSERT_TRUE(reports::write_report(path("out/report.json"), left));
  EXPECT_EQ(night(), 0);
  EXPECT_EQ(nights(), 2U);
  EXPECT_TRUE(fs::exists(path("out/history") / (left.run.id + ".json")));
}

// A night that does not end soon takes longer than ctest gives this test.
TEST_F(NightTest, EndsSoonWhenAskedToAndLeavesAValidReport) {
  script("relacy", "trap 'exit 0' TERM\nwhile :; do sleep 0.05; done\n");
  script("explore", "trap '' TERM\nwhile :; do sleep 0.05; done\n");
  const pid_t child = start(path("awlab_nightly"), words({"--minutes", "100"}));
  ASSERT_TRUE(begins());
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  kill(child, SIGTERM);
  EXPECT_EQ(code_of(child), 3);
  const Report report = report_of_night();
  EXPECT_FALSE(report.run.finished_at);
  EXPECT_EQ(report.verdict, Verdict::inconclusive);
  EXPECT_TRUE(fs::exists(path("out/dashboard.html")));
}

TEST_F(NightTest, TwoNightsDoNotShareADirectory) {
  script("explore", "sleep 2\nexit 2\n");
  const pid_t first = start(path("awlab_nightly"), words());
  ASSERT_TRUE(begins());
  EXPECT_EQ(night(), 2);
  EXPECT_NE(error().find("another run writes to"), std::string::npos) << error();
  EXPECT_EQ(code_of(first), 3);
}

TEST_F(NightTest, AnOutputThatCannotBeIsOneLine) {
  std::ofstream(path("file")) << "x";
  EXPECT_EQ(night({"--out", path("file/out")}), 2);
  EXPECT_EQ(std::ranges::count(error(), '\n'), 1) << error();
  EXPECT_NE(error().find("cannot make the directory"), std::string::npos) << error();
}

TEST_F(NightTest, SaysWhatIsWrongWithAnOption) {
  EXPECT_EQ(night({"--minutes", "-1"}), 2);
  EXPECT_NE(error().find("above 0"), std::string::npos) << error();
  EXPECT_EQ(night({"--shard", "4/4"}), 2);
  EXPECT_EQ(night({"--hurry"}), 2);
  EXPECT_FALSE(fs::exists(path("out")));
}

}  // namespace
}  // namespace awlab::nightly
