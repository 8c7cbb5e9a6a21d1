// The command of a lane and the judgement of its end; nightly_test tests the effects on a night.
#include "reports/nightly/lane_job.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <filesystem>
#include <string>
#include <vector>

#include "core/support/temporary_directory.hpp"
#include "reports/model/environment.hpp"
#include "reports/model/report_file.hpp"

namespace awlab::nightly {
namespace {

using reports::Verdict;

LaneJob job_of(const std::string& lane, std::uint64_t seed = 7, const reports::Shard& shard = {},
               const lane::SubjectChoice& subject = {}) {
  NightlyOptions options;
  options.shard = shard;
  options.subject = subject;
  return lane_job(options, lane, 12.5, seed);
}

bool has(const LaneJob& job, const std::string& word) {
  return std::ranges::count(job.task.words, word) > 0;
}

// The value after the option; empty if the option is absent.
std::string value_of(const LaneJob& job, const std::string& option) {
  const auto found = std::ranges::find(job.task.words, option);
  return found == job.task.words.end() || found + 1 == job.task.words.end() ? "" : *(found + 1);
}

TEST(LaneJob, each_engine_is_told_its_time_in_its_own_words) {
  for (const char* lane : {"explore", "relacy", "fuzz"}) {
    EXPECT_EQ(value_of(job_of(lane), "--seconds"), "12.5") << lane;
    EXPECT_EQ(value_of(job_of(lane), "--json"), "out/lanes/" + std::string(lane) + "/report.json");
  }
  for (const char* lane : {"stress-plain", "stress-asan", "stress-tsan"}) {
    EXPECT_EQ(value_of(job_of(lane), "--duration"), "12.5s") << lane;
    EXPECT_EQ(value_of(job_of(lane), "--out"), "out/lanes/" + std::string(lane));
  }
  EXPECT_EQ(value_of(job_of("fuzz"), "--corpus"), "out/corpus");
}

TEST(LaneJob, the_program_is_that_of_its_engine_and_build_and_its_first_word_the_command) {
  const std::vector<std::array<const char*, 3>> all = {
      {"explore", "awlab_machine", "explore"},
      {"fuzz", "awlab_machine", "fuzz"},
      {"relacy", "awlab_relacy", "relacy"},
      {"stress-plain", "awlab_stress", "stress"},
      {"stress-asan", "awlab_stress_asan", "stress"},
      {"stress-tsan", "awlab_stress_tsan", "stress"}};
  for (const auto& [lane, program, command] : all) {
    const LaneJob job = job_of(lane);
    EXPECT_EQ(std::filesystem::path(job.task.words.at(0)).filename(), program) << lane;
    EXPECT_EQ(job.task.words.at(1), command) << lane;
  }
}

TEST(LaneJob, each_lane_is_told_the_subject) {
  for (const char* lane : {"explore", "relacy", "fuzz", "stress-plain", "stress-tsan"}) {
    EXPECT_FALSE(has(job_of(lane), "--fault")) << lane;
    EXPECT_EQ(value_of(job_of(lane, 7, {}, {"wake-store", "", ""}), "--fault"), "wake-store");
    const LaneJob job = job_of(lane, 7, {}, {"", "my/cell.hpp", "my::Cell"});
    EXPECT_EQ(value_of(job, "--subject"), "my/cell.hpp") << lane;
    EXPECT_EQ(value_of(job, "--type"), "my::Cell") << lane;
  }
}

TEST(LaneJob, chance_has_a_seed_that_is_never_0) {
  EXPECT_EQ(value_of(job_of("fuzz"), "--seed"), "7");
  EXPECT_EQ(value_of(job_of("fuzz", 0), "--seed"), "1");  // 0 would mean a random seed
  EXPECT_FALSE(has(job_of("explore"), "--seed"));         // it makes no random choices
}

TEST(LaneJob, what_enumerates_does_its_part_of_a_shard) {
  for (const char* lane : {"explore", "relacy"}) {
    EXPECT_EQ(value_of(job_of(lane, 7, {1, 3}), "--shard"), "1/3") << lane;
    EXPECT_FALSE(has(job_of(lane), "--shard")) << lane;
  }
  for (const char* lane : {"fuzz", "stress-plain"}) {
    EXPECT_FALSE(has(job_of(lane, 7, {1, 3}), "--shard")) << lane;
  }
}

TEST(LaneJob, hangs_only_well_beyond_its_time) {
  EXPECT_GE(job_of("fuzz").task.seconds, 12.5 + NightlyOptions().hang_seconds);
}

class LaneEnd : public TemporaryDirectory {
 protected:
  void SetUp() override {
    TemporaryDirectory::SetUp();
    job_ = {.lane = "fuzz", .directory = directory_, .task = {}};
    job_.task.log = path("log");
    blank_ = reports::new_report("./lab nightly", 1, {},
                                 {"AtomicWaker", "core/atomic_waker.hpp", std::string(64, 'a')});
  }

  // Leaves a report with this verdict, and these last words in the log.
  void leaves(Verdict verdict, const std::string& log) const {
    reports::Report report = blank_;
    report.lanes.push_back({.lane = "fuzz",
                            .verdict = verdict,
                            .seconds = 1,
                            .limits = {"a limit"},
                            .canaries = {{"wake-store", true, 0.1}}});
    reports::finish(report, reports::utc_time());
    report.verdict = verdict;
    ASSERT_TRUE(reports::write_report(job_.report_file(), report));
    ASSERT_TRUE(reports::replace_file(job_.task.log, log));
  }
  static std::string doubt_of(const reports::Report& report) {
    return report.lanes.at(0).stats.value("doubt", "");
  }

  LaneJob job_;
  reports::Report blank_;
};

TEST_F(LaneEnd, the_verdict_of_its_report_is_that_of_its_lane_in_doubt) {
  leaves(Verdict::kPass, "said\n");
  const reports::Report report = report_of(job_, lane::ChildEnd{.code = 2}, blank_);
  EXPECT_EQ(report.lanes.at(0).verdict, Verdict::kInconclusive);
  EXPECT_EQ(report.verdict, Verdict::kInconclusive);
}

TEST_F(LaneEnd, of_what_it_said_the_last_line_is_told) {
  leaves(Verdict::kPass, "first\nthen this\n\n");
  const std::string doubt = doubt_of(report_of(job_, lane::ChildEnd{.code = 2}, blank_));
  EXPECT_TRUE(doubt.ends_with(": then this")) << doubt;
}

TEST_F(LaneEnd, a_doubt_does_not_take_a_failure_back) {
  leaves(Verdict::kInconclusive, "");
  reports::Report failed = reports::read_report(job_.report_file()).value();
  reports::Finding finding;
  finding.kind = Kind::kMissedWakeup;
  finding.property = "P1";
  finding.lane = "fuzz";
  finding.subject = "AtomicWaker";
  finding.signature = reports::make_signature(finding.kind, "P1", "", "a", "b");
  finding.scenario = finding.summary = finding.explanation = finding.reproduce = "x";
  reports::add_finding(failed, finding);
  failed.lanes.at(0).verdict = Verdict::kFail;
  reports::finish(failed, reports::utc_time());
  ASSERT_TRUE(reports::write_report(job_.report_file(), failed));
  const reports::Report report = report_of(job_, lane::ChildEnd{.code = 2}, blank_);
  EXPECT_NE(doubt_of(report), "");
  EXPECT_EQ(report.lanes.at(0).verdict, Verdict::kFail);
  EXPECT_EQ(report.verdict, Verdict::kFail);
}

// The lane would have reported a crash of the subject.
TEST_F(LaneEnd, a_crash_of_the_lane_is_a_doubt_with_its_last_words) {
  for (const Verdict left : {Verdict::kPass, Verdict::kInconclusive}) {
    leaves(left, "here it ends\n");
    const reports::Report report =
        report_of(job_, lane::ChildEnd{.signal = SIGSEGV, .seconds = 3}, blank_);
    EXPECT_TRUE(report.findings.empty());
    EXPECT_EQ(
        doubt_of(report),
        "it ended with SIGSEGV after 3 s, in a crash that it cannot attribute to the cell: here it "
        "ends");
    EXPECT_EQ(report.lanes.at(0).verdict, Verdict::kInconclusive);
    EXPECT_EQ(report.verdict, Verdict::kInconclusive);
  }
}

// ThreadSanitizer dies like this if it cannot lay out its memory: no code of the subject has run.
TEST_F(LaneEnd, a_crash_before_the_lane_began_is_a_doubt) {
  ASSERT_TRUE(reports::replace_file(job_.task.log, "CHECK failed\n"));
  const reports::Report report = report_of(job_, lane::ChildEnd{.signal = SIGSEGV}, blank_);
  EXPECT_TRUE(report.findings.empty());
  EXPECT_EQ(doubt_of(report),
            "it ended with SIGSEGV before it started, see ./lab doctor: CHECK failed");
  EXPECT_EQ(report.lanes.at(0).verdict, Verdict::kInconclusive);
  EXPECT_EQ(report.verdict, Verdict::kInconclusive);
}

TEST_F(LaneEnd, a_lane_that_refused_to_run_says_why_at_once) {
  ASSERT_TRUE(reports::replace_file(
      job_.task.log, "lab fuzz: my::Cell does not compile: cell.hpp:3:1: error: x\n"));
  const reports::Report report = report_of(job_, lane::ChildEnd{.code = 2}, blank_);
  EXPECT_EQ(doubt_of(report),
            "it did not run: lab fuzz: my::Cell does not compile: cell.hpp:3:1: error: x");
  EXPECT_EQ(report.lanes.at(0).verdict, Verdict::kInconclusive);
}

}  // namespace
}  // namespace awlab::nightly
