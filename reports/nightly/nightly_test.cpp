// The program from outside, with scripts in place of the lanes' programs: they pass, find, crash,
// hang and lie.
#include <gtest/gtest.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "core/support/cores.hpp"
#include "reports/nightly/night_fixture.hpp"

namespace awlab::nightly {
namespace {

// Keeps a lane running until a file exists that has its script's name and the suffix .go.
constexpr const char* kUntilTold = "while [ ! -e \"$me.go\" ]; do sleep 0.02; done\n";

TEST_F(NightTest, passes_when_every_lane_does_and_writes_everything) {
  EXPECT_EQ(night(), 0) << error();
  const Report report = report_of_night();
  EXPECT_EQ(report.verdict, Verdict::kPass);
  EXPECT_TRUE(report.run.finished_at);
  EXPECT_EQ(report.lanes.size(), 6U);
  EXPECT_EQ(report.subject.name, "AtomicWaker");
  for (const char* file : {"report.junit.xml", "report.sarif", "dashboard.html", "corpus/input"}) {
    EXPECT_TRUE(fs::exists(path("out") / file)) << file;
  }
  EXPECT_EQ(nights(), 1U);
  EXPECT_NE(output().find("nightly: pass"), std::string::npos) << output();
}

TEST_F(NightTest, a_bug_that_two_lanes_find_is_one_finding_with_the_better_evidence) {
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
  EXPECT_EQ(lane_of(report, "relacy").verdict, Verdict::kPass);
}

TEST_F(NightTest, a_lane_that_crashes_is_inconclusive_and_the_others_go_on) {
  leaves("fuzz", lane_report("fuzz"), "echo 'here it ends'\nkill -SEGV $$\n");
  EXPECT_EQ(night(), 3);
  const Report report = report_of_night();
  EXPECT_EQ(report.lanes.size(), 6U);
  EXPECT_EQ(lane_of(report, "fuzz").verdict, Verdict::kInconclusive);
  EXPECT_TRUE(report.findings.empty());
  const std::string doubt = doubt_of(lane_of(report, "fuzz"));
  EXPECT_NE(doubt.find("SIGSEGV"), std::string::npos) << doubt;
  EXPECT_NE(doubt.find("here it ends"), std::string::npos) << doubt;
  EXPECT_NE(output().find("here it ends"), std::string::npos) << output();
}

TEST_F(NightTest, a_lane_that_hangs_is_inconclusive_and_the_others_go_on) {
  leaves("stress-asan", lane_report("stress-asan"), "while :; do sleep 0.1; done\n");
  EXPECT_EQ(night({"--hang-seconds", "5"}), 3);
  const Report report = report_of_night();
  const reports::Lane& hung = lane_of(report, "stress-asan");
  EXPECT_EQ(hung.verdict, Verdict::kInconclusive);
  EXPECT_NE(doubt_of(hung).find("exceeded its time limit"), std::string::npos);
  EXPECT_EQ(lane_of(report, "stress-tsan").verdict, Verdict::kPass);
  EXPECT_TRUE(report.findings.empty());
}

TEST_F(NightTest, a_lane_that_is_killed_by_the_system_is_inconclusive) {
  script("explore", "kill -KILL $$\n");
  EXPECT_EQ(night(), 3);
  EXPECT_EQ(lane_of(report_of_night(), "explore").verdict, Verdict::kInconclusive);
}

TEST_F(NightTest, a_lane_without_a_report_is_inconclusive_and_its_last_words_are_kept) {
  script("stress-tsan", "echo 'no memory for the shadow' >&2\nexit 66\n");
  EXPECT_EQ(night(), 3);
  const reports::Lane lane = lane_of(report_of_night(), "stress-tsan");
  EXPECT_EQ(lane.verdict, Verdict::kInconclusive);
  EXPECT_NE(doubt_of(lane).find("no memory for the shadow"), std::string::npos);
}

TEST_F(NightTest, a_subject_that_one_lane_cannot_compile_costs_that_lane_alone) {
  script("stress-tsan", "echo 'lab stress: my::Cell does not compile: x' >&2\nexit 2\n");
  EXPECT_EQ(night(), 3) << error();
  const Report report = report_of_night();
  EXPECT_EQ(report.subject.source, "core/atomic_waker.hpp") << "of the lanes that ran";
  EXPECT_EQ(lane_of(report, "stress-tsan").verdict, Verdict::kInconclusive);
  EXPECT_EQ(doubt_of(lane_of(report, "stress-tsan")),
            "it did not run: lab stress: my::Cell does not compile: x");
  for (const char* lane : {"explore", "relacy", "fuzz", "stress-plain", "stress-asan"}) {
    EXPECT_EQ(lane_of(report, lane).verdict, Verdict::kPass) << lane;
  }
}

TEST_F(NightTest, the_last_words_of_a_long_log_are_kept) {
  script("fuzz", "head -c 2000000 /dev/zero | tr '\\000' 'x'\necho\necho 'out of luck'\nexit 66\n");
  EXPECT_EQ(night(), 3);
  const std::string doubt = doubt_of(lane_of(report_of_night(), "fuzz"));
  EXPECT_NE(doubt.find("out of luck"), std::string::npos) << doubt;
}

TEST_F(NightTest, a_lane_whose_exit_code_is_another_than_its_verdict_is_inconclusive) {
  leaves("relacy", lane_report("relacy"), "exit 2\n");
  EXPECT_EQ(night(), 3);
  EXPECT_EQ(lane_of(report_of_night(), "relacy").verdict, Verdict::kInconclusive);
}

TEST_F(NightTest, a_lane_whose_report_is_damaged_is_inconclusive) {
  for (const char* code : {"0", "1"}) {
    script("fuzz", std::string("echo '{\"schema_version\"' > \"$report\"\nexit ") + code + "\n");
    EXPECT_EQ(night(), 3);
    const reports::Lane lane = lane_of(report_of_night(), "fuzz");
    EXPECT_EQ(lane.verdict, Verdict::kInconclusive);
    EXPECT_NE(doubt_of(lane).find("not JSON"), std::string::npos) << doubt_of(lane);
  }
}

TEST_F(NightTest, a_lane_whose_program_is_not_there_is_inconclusive) {
  fs::remove(path("awlab_stress_asan"));
  EXPECT_EQ(night(), 3);
  const reports::Lane lane = lane_of(report_of_night(), "stress-asan");
  EXPECT_NE(doubt_of(lane).find("cannot start"), std::string::npos) << doubt_of(lane);
}

TEST_F(NightTest, the_next_night_knows_the_one_before) {
  finds("fuzz", finding_of("fuzz"));
  EXPECT_EQ(night(), 1);
  EXPECT_NE(output().find("new "), std::string::npos) << output();
  next_second();
  EXPECT_EQ(night(), 1);
  EXPECT_EQ(nights(), 2U);
  EXPECT_NE(output().find("ongoing "), std::string::npos) << output();
  next_second();
  passes("fuzz");
  EXPECT_EQ(night(), 0);
  EXPECT_EQ(nights(), 3U);
  EXPECT_NE(output().find("resolved "), std::string::npos) << output();
}

TEST_F(NightTest, shards_of_a_night_share_its_seed_and_have_other_chance) {
  const std::uint64_t first = seed_of("fuzz", {"--seed", "20780", "--shard", "0/2"});
  EXPECT_EQ(report_of_night().run.seed, 20780U);
  EXPECT_EQ(seed_of("fuzz", {"--seed", "20780", "--shard", "0/2"}), first);
  EXPECT_NE(seed_of("fuzz", {"--seed", "20780", "--shard", "1/2"}), first);
  EXPECT_EQ(report_of_night().run.seed, 20780U);
  EXPECT_NE(seed_of("stress-plain", {"--seed", "20780", "--shard", "0/2"}), first);
}

// Relacy numbers the 200,000 executions of a random search from its seed on: the first search
// begins at the seed itself, and so on. The next night must not repeat them.
TEST_F(NightTest, neighbouring_seeds_are_far_apart_in_the_lanes) {
  const std::uint64_t tonight = seed_of("relacy", {"--seed", "20780"});
  const std::uint64_t tomorrow = seed_of("relacy", {"--seed", "20781"});
  EXPECT_GT(std::max(tonight, tomorrow) - std::min(tonight, tomorrow), 200'000U);
}

TEST_F(NightTest, the_command_names_the_shard_that_the_environment_named) {
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

TEST_F(NightTest, what_a_killed_night_left_goes_into_the_history) {
  Report left = lane_report("fuzz");
  left.run.command = "./lab nightly --minutes 1";
  left.run.finished_at.reset();
  left.verdict = Verdict::kInconclusive;
  fs::create_directory(path("out"));
  ASSERT_TRUE(reports::write_report(path("out/report.json"), left));
  EXPECT_EQ(night(), 0);
  EXPECT_EQ(nights(), 2U);
  EXPECT_TRUE(fs::exists(path("out/history") / (left.run.id + ".json")));
}

TEST_F(NightTest, a_report_that_another_command_left_is_no_night) {
  fs::create_directory(path("out"));
  for (const char* command : {"./lab fuzz --out out", "./lab nightly-like"}) {
    Report left = lane_report("fuzz");
    left.run.command = command;
    ASSERT_TRUE(reports::write_report(path("out/report.json"), left));
    EXPECT_EQ(night({"--minutes", "0.01"}), 0);
    EXPECT_FALSE(fs::exists(path("out/history") / (left.run.id + ".json"))) << command;
  }
}

// A night that does not end soon exceeds the time limit of this test in ctest.
TEST_F(NightTest, ends_soon_when_asked_to_and_leaves_a_valid_report) {
  script("relacy", "trap 'exit 0' TERM\ntouch \"$me.runs\"\nwhile :; do sleep 0.05; done\n");
  script("explore", "trap '' TERM\ntouch \"$me.runs\"\nwhile :; do sleep 0.05; done\n");
  const pid_t child =
      start(path("awlab_report"), words({"--minutes", "100", "--grace-seconds", "0.5"}));
  ASSERT_TRUE(appears("awlab_machine.explore.runs"));
  // Relacy's search runs beside explore's only where there is a core for it.
  if (reports::core_count() > 1) ASSERT_TRUE(appears("awlab_relacy.relacy.runs"));
  kill(child, SIGTERM);
  EXPECT_EQ(code_of(child), 3);
  const Report report = report_of_night();
  EXPECT_FALSE(report.run.finished_at);
  EXPECT_EQ(report.verdict, Verdict::kInconclusive);
  EXPECT_LT(report.lanes.size(), 3U) << "no lane begins after that";
  EXPECT_TRUE(fs::exists(path("out/dashboard.html")));
}

TEST_F(NightTest, two_nights_do_not_share_a_directory) {
  leaves("explore", lane_report("explore"), kUntilTold);
  const pid_t first = start(path("awlab_report"), words());
  ASSERT_TRUE(begins());
  EXPECT_EQ(night(), 2);
  EXPECT_NE(error().find("another run writes to"), std::string::npos) << error();
  std::ofstream(path("awlab_machine.explore.go")) << "";
  EXPECT_EQ(code_of(first), 0);
}

TEST_F(NightTest, a_lane_that_leaves_nothing_is_not_judged_by_its_night_before) {
  EXPECT_EQ(night(), 0) << error();
  script("fuzz", "exit 0\n");
  EXPECT_EQ(night(), 3);
  EXPECT_EQ(lane_of(report_of_night(), "fuzz").verdict, Verdict::kInconclusive);
}

TEST_F(NightTest, while_it_runs_its_report_has_the_lanes_that_have_ended) {
  finds("fuzz", finding_of("fuzz"));
  leaves("stress-tsan", lane_report("stress-tsan"),
         "cp \"${report%/lanes/*}/report.json\" \"$me.seen\"\nexit 0\n");
  EXPECT_EQ(night(), 1);
  const Report seen = report("awlab_stress_tsan.stress.seen");
  EXPECT_EQ(seen.lanes.size(), 5U);
  EXPECT_EQ(seen.findings.size(), 1U);
  EXPECT_EQ(seen.verdict, Verdict::kFail);
  EXPECT_FALSE(seen.run.finished_at);
}

TEST_F(NightTest, every_finding_has_its_directory_and_the_command_for_its_subject) {
  finds("explore", finding_of("explore"));
  reports::Finding other = finding_of("fuzz");
  other.signature = reports::make_signature(other.kind, "P1", "wake", "cas", "load");
  finds("fuzz", other);
  const std::string header = path("cell.hpp");
  std::ofstream(header) << "";
  EXPECT_EQ(night({"--subject", header, "--type", "my::Cell"}), 1) << error();
  const Report report = report_of_night();
  ASSERT_EQ(report.findings.size(), 2U);
  for (const reports::Finding& finding : report.findings) {
    EXPECT_TRUE(fs::exists(path("out/" + finding.artifact.value()))) << *finding.artifact;
    if (finding.lane == "explore") {
      EXPECT_TRUE(finding.reproduce.ends_with("schedule --subject " + header + " --type my::Cell"))
          << finding.reproduce;
    }
  }
}

TEST_F(NightTest, every_lane_and_its_tools_are_told_the_fault) {
  for (const auto& [lane, file] : kFiles) {
    leaves(lane, lane_report(lane), "echo \"$words\" > \"$me.words\"\nexit 0\n");
  }
  finds("explore", finding_of("explore"));
  for (const char* tool : {"minimize", "replay"}) {
    program(std::string("awlab_machine.") + tool,
            "#!/bin/sh\necho \"$*\" > \"$0.words\"\nexit 2\n");
  }
  EXPECT_EQ(night({"--fault", "wake-store"}), 1) << error();
  for (const char* name : {"awlab_relacy.relacy", "awlab_machine.fuzz", "awlab_stress.stress",
                           "awlab_stress_asan.stress", "awlab_stress_tsan.stress",
                           "awlab_machine.minimize", "awlab_machine.replay"}) {
    const std::string told = read(path(std::string(name) + ".words"));
    EXPECT_NE(told.find(" --fault wake-store"), std::string::npos) << name << ": " << told;
  }
  const Report report = report_of_night();
  EXPECT_TRUE(report.run.command.ends_with(" --fault wake-store")) << report.run.command;
  EXPECT_TRUE(report.findings.at(0).reproduce.ends_with("/schedule"))
      << "a file names its fault: " << report.findings.at(0).reproduce;
}

TEST_F(NightTest, every_lane_of_every_shard_has_chance_of_its_own_from_one_seed) {
  for (const auto& [lane, file] : kFiles) {
    std::ofstream(path(file)) << "#!/bin/sh\necho \"$*\" > \"$0.words\"\nexit 2\n";
  }
  const auto seeds = [&](const std::string& shard) {
    EXPECT_EQ(night({"--seed", "4294967295", "--shard", shard}), 3) << error();
    EXPECT_EQ(report_of_night().run.seed, 4294967295U);
    std::vector<std::uint64_t> all;
    for (const auto& [lane, file] : kFiles) {
      const std::string told = read(path(file + ".words"));
      const std::size_t at = told.find("--seed ");
      EXPECT_EQ(at == std::string::npos, lane == "explore") << told;
      if (at != std::string::npos) all.push_back(std::stoull(told.substr(at + 7)));
    }
    return all;
  };
  const std::vector<std::uint64_t> first = seeds("0/2");
  EXPECT_EQ(seeds("0/2"), first);
  std::vector<std::uint64_t> all = seeds("1/2");
  all.insert(all.end(), first.begin(), first.end());
  EXPECT_EQ(std::set<std::uint64_t>(all.begin(), all.end()).size(), 10U);
  EXPECT_LE(std::ranges::max(all), 0xffffffffU) << "more than libFuzzer takes";

  // Parts without --seed use the day's, which is not yet a number of six digits.
  EXPECT_EQ(night({"--shard", "0/2"}), 3);
  EXPECT_LT(report_of_night().run.seed, 100'000U);
}

TEST_F(NightTest, an_output_that_cannot_be_is_one_line) {
  std::ofstream(path("file")) << "x";
  EXPECT_EQ(night({"--out", path("file/out")}), 2);
  EXPECT_EQ(std::ranges::count(error(), '\n'), 1) << error();
  EXPECT_NE(error().find("cannot make the directory"), std::string::npos) << error();
}

TEST_F(NightTest, learns_how_its_lanes_end_where_its_parent_did_not_want_to) {
  leaves("relacy", lane_report("relacy"), "exit 2\n");  // a passing report, and a failure
  std::vector<std::string> all = words();
  all.insert(all.begin(), {"--ignore-signal=CHLD", path("awlab_report")});
  EXPECT_EQ(run("/usr/bin/env", all), 3);
  const std::string doubt = doubt_of(lane_of(report_of_night(), "relacy"));
  EXPECT_NE(doubt.find("exit code 2"), std::string::npos) << doubt;
}

TEST_F(NightTest, no_lane_outlives_a_night_that_is_killed) {
  script("explore",
         "trap '' TERM\ntouch \"$me.runs\"\nwhile [ -e \"$me.runs\" ]; do sleep 0.05; done\n");
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);  // the lane inherits it: it is at its end when all are gone
  const pid_t child = start(path("awlab_report"), words({"--minutes", "10"}));
  close(ends[1]);
  ASSERT_TRUE(appears("awlab_machine.explore.runs"));
  kill(child, SIGKILL);
  EXPECT_EQ(code_of(child), -1);
  pollfd gone = {ends[0], POLLIN, 0};
  EXPECT_EQ(poll(&gone, 1, 60'000), 1);
  close(ends[0]);
}

TEST_F(NightTest, a_finding_is_the_exit_code_even_if_a_page_cannot_be_written) {
  fs::create_directories(path("out/dashboard.html"));
  EXPECT_EQ(night({"--minutes", "0.01"}), 2);
  finds("fuzz", finding_of("fuzz"));
  EXPECT_EQ(night({"--minutes", "0.01"}), 1);
  EXPECT_NE(error().find("it is a directory"), std::string::npos) << error();
}

TEST_F(NightTest, is_about_its_subject_before_a_lane_has_said_so) {
  script("explore", "while :; do sleep 0.05; done\n");
  std::ofstream(path("cell.hpp")) << "";
  const pid_t child =
      start(path("awlab_report"),
            words({"--minutes", "10", "--subject", path("cell.hpp"), "--type", "my::Cell"}));
  ASSERT_TRUE(begins());
  EXPECT_EQ(report_of_night().subject.name, "my::Cell");
  kill(child, SIGTERM);
  EXPECT_EQ(code_of(child), 3);
}

TEST_F(NightTest, its_heartbeat_says_whether_it_runs) {
  leaves("explore", lane_report("explore"), kUntilTold);
  const pid_t child = start(path("awlab_report"), words());
  ASSERT_TRUE(begins());
  EXPECT_EQ(read(path("out/heartbeat")), "running\n");
  std::ofstream(path("awlab_machine.explore.go")) << "";
  EXPECT_EQ(code_of(child), 0) << error();
  EXPECT_EQ(read(path("out/heartbeat")), "ended pass\n");
}

TEST_F(NightTest, says_what_is_wrong_with_an_option) {
  EXPECT_EQ(night({"--minutes", "-1"}), 2);
  EXPECT_NE(error().find("above 0"), std::string::npos) << error();
  EXPECT_EQ(night({"--shard", "4/4"}), 2);
  EXPECT_EQ(night({"--hurry"}), 2);
  EXPECT_EQ(night({"--fault", "no-such-fault"}), 2);
  EXPECT_NE(error().find("unknown fault 'no-such-fault'"), std::string::npos) << error();
  EXPECT_EQ(night({"--type", "my::Cell"}), 2);
  EXPECT_NE(error().find("needs --subject"), std::string::npos) << error();
  EXPECT_FALSE(fs::exists(path("out")));
}

}  // namespace
}  // namespace awlab::nightly
