// The evidence of a finding, from outside: nothing is lost when a night is killed, when the next
// night finds the same bug, or when the tools fail.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <string>

#include "reports/nightly/night_fixture.hpp"

namespace awlab::nightly {
namespace {

class EvidenceTest : public NightTest {
 protected:
  // The finding's schedule is minimized if the lane is fuzz.
  [[nodiscard]] std::string kept(const std::string& signature, const std::string& file) const {
    return read(path("out/findings/" + signature) / file);
  }
  [[nodiscard]] reports::Finding only_finding() const {
    const Report report = report_of_night();
    EXPECT_EQ(report.findings.size(), 1U);
    return report.findings.empty() ? reports::Finding{} : report.findings.front();
  }
  // Makes the tool `replay` show this finding and exit with `code` if it is run on `schedule`.
  void shows(const reports::Finding& finding, const std::string& schedule, int code) {
    Report shown = lane_report("explore");
    shown.lanes.front().verdict = Verdict::kFail;
    reports::add_finding(shown, finding);
    reports::finish(shown, reports::utc_time());
    ASSERT_TRUE(reports::write_report(path("awlab_machine.replay.json"), shown));
    program(
        "awlab_machine.replay",
        fmt::format("#!/bin/sh\n[ \"$(cat \"$2\")\" = '{}' ] && cp \"$0.json\" \"$4\" && exit {}\n"
                    "exit 2\n",
                    schedule, code));
  }

  const std::string signature_ = finding_of("explore").signature;
};

TEST_F(EvidenceTest, is_kept_as_soon_as_its_lane_has_ended_and_outlives_the_next_night) {
  finds("explore", finding_of("explore"));
  script("fuzz", "touch \"$me.runs\"\nwhile :; do sleep 0.05; done\n");
  const pid_t child = start(path("awlab_report"), words({"--minutes", "10"}));
  ASSERT_TRUE(appears("awlab_machine.fuzz.runs"));
  kill(child, SIGKILL);
  EXPECT_EQ(code_of(child), -1);
  const Report left = report_of_night();
  ASSERT_EQ(left.findings.size(), 1U);
  EXPECT_EQ(read(path("out") / left.findings.front().artifact.value()), "found by explore\n");
  EXPECT_EQ(left.findings.front().reproduce,
            "./lab replay " + path("out/" + *left.findings.front().artifact).string());

  next_second();
  passes("explore");
  passes("fuzz");
  EXPECT_EQ(night(), 0) << error();
  const Report of_history = report("out/history/" + left.run.id + ".json");
  ASSERT_EQ(of_history.findings.size(), 1U);
  EXPECT_EQ(read(path("out/history") / of_history.findings.front().artifact.value()),
            "found by explore\n");
}

TEST_F(EvidenceTest, the_artifact_is_named_from_where_the_report_is) {
  finds("explore", finding_of("explore"));
  EXPECT_EQ(night(), 1);
  const reports::Finding finding = only_finding();
  EXPECT_EQ(finding.artifact, "findings/" + signature_ + "/schedule");
  const Report kept = report("out/history/" + report_of_night().run.id + ".json");
  EXPECT_EQ(kept.findings.at(0).artifact, "../findings/" + signature_ + "/schedule");
  EXPECT_NE(read(path("out/dashboard.html")).find("findings/" + signature_ + "/schedule"),
            std::string::npos);
  EXPECT_EQ(read(path("out/dashboard.html")).find("../findings"), std::string::npos);
}

TEST_F(EvidenceTest, a_small_schedule_is_not_replaced_by_one_as_it_was_found) {
  finds("fuzz", finding_of("fuzz"));  // minimized
  EXPECT_EQ(night({"--minutes", "0.01"}), 1);
  EXPECT_EQ(kept(signature_, "schedule"), "found by fuzz\n");
  passes("fuzz");
  finds("explore", finding_of("explore"));
  EXPECT_EQ(night({"--minutes", "0.01"}), 1);
  EXPECT_EQ(kept(signature_, "schedule"), "found by fuzz\n");
  EXPECT_EQ(kept(signature_, "schedule.found"), "found by explore\n");
  EXPECT_EQ(only_finding().artifact, "findings/" + signature_ + "/schedule.found");
  EXPECT_TRUE(only_finding().reproduce.ends_with("/schedule.found"));
}

TEST_F(EvidenceTest, a_schedule_is_made_small_and_what_its_replay_shows_is_told) {
  finds("explore", finding_of("explore"));
  program("awlab_machine.minimize", "#!/bin/sh\necho small > \"$4\"\n");
  reports::Finding again = finding_of("explore");
  again.summary = "the last wake is lost after five steps";
  again.schedule = reports::Schedule{5, 1, false};
  again.replay = {10, 10};
  again.trace.push_back({.step = 0, .thread = 0, .thread_name = "consumer", .operation = "load"});
  shows(again, "small", 1);
  EXPECT_EQ(night(), 1) << error();
  const reports::Finding finding = only_finding();
  EXPECT_EQ(kept(signature_, "schedule"), "small\n");
  EXPECT_EQ(kept(signature_, "schedule.found"), "found by explore\n");
  EXPECT_EQ(finding.artifact, "findings/" + signature_ + "/schedule");
  EXPECT_EQ(finding.summary, again.summary);
  EXPECT_EQ(finding.replay.n, 10U);
  EXPECT_EQ(finding.trace.size(), 1U);
  ASSERT_TRUE(finding.schedule);
  EXPECT_EQ(finding.schedule->steps, 5U);
  EXPECT_TRUE(finding.schedule->minimized);
  EXPECT_NE(kept(signature_, "finding.txt").find(again.summary), std::string::npos);
}

TEST_F(EvidenceTest, a_replay_of_another_bug_or_one_that_failed_tells_nothing) {
  finds("explore", finding_of("explore"));
  reports::Finding other = finding_of("explore");
  other.summary = "another story";
  shows(other, "found by explore", 2);
  EXPECT_EQ(night({"--minutes", "0.01"}), 1);
  EXPECT_EQ(only_finding().summary, finding_of("explore").summary);
  other.signature = reports::make_signature(other.kind, "P1", "register", "cas", "load");
  shows(other, "found by explore", 1);
  EXPECT_EQ(night({"--minutes", "0.01"}), 1);
  EXPECT_EQ(only_finding().summary, finding_of("explore").summary);
}

TEST_F(EvidenceTest, what_its_lane_has_made_small_is_not_made_small_again) {
  finds("fuzz", finding_of("fuzz"));
  program("awlab_machine.minimize", "#!/bin/sh\ntouch \"$0.runs\"\nexit 2\n");
  EXPECT_EQ(night({"--minutes", "0.01"}), 1);
  EXPECT_FALSE(fs::exists(path("awlab_machine.minimize.runs")));
}

TEST_F(EvidenceTest, the_same_bug_in_another_subject_has_a_directory_of_its_own) {
  finds("explore", finding_of("explore"));
  EXPECT_EQ(night({"--minutes", "0.01"}), 1);
  Report other = lane_report("explore");
  other.subject = {"my::Cell", "my/cell.hpp", std::string(64, 'b')};
  other.lanes.front().verdict = Verdict::kFail;
  reports::Finding finding = finding_of("explore");
  finding.subject = other.subject.name;
  reports::add_finding(other, finding);
  reports::finish(other, reports::utc_time());
  for (const auto& [lane, file] : kFiles) script(lane, "exit 2\n");
  leaves("explore", other,
         "mkdir -p \"${report%/*}/findings\"\n"
         "echo other > \"${report%/*}/findings/schedule\"\nexit 1\n");
  std::ofstream(path("cell.hpp")) << "";
  EXPECT_EQ(night({"--minutes", "0.01", "--subject", path("cell.hpp"), "--type", "my::Cell"}), 1)
      << error();
  EXPECT_EQ(kept(signature_, "schedule"), "found by explore\n");
  EXPECT_EQ(kept(signature_ + ".my--Cell", "schedule"), "other\n");
  EXPECT_EQ(only_finding().artifact, "findings/" + signature_ + ".my--Cell/schedule");
}

TEST_F(EvidenceTest, tools_that_take_too_long_leave_the_rest_as_it_was_found) {
  Report found = lane_report("explore");
  found.lanes.front().verdict = Verdict::kFail;
  for (const char* site : {"wake", "register", "take"}) {
    reports::Finding finding = finding_of("explore");
    finding.signature = reports::make_signature(finding.kind, "P1", site, "cas", "load");
    reports::add_finding(found, finding);
  }
  reports::finish(found, reports::utc_time());
  leaves("explore", found,
         "mkdir -p \"${report%/*}/findings\"; echo raw > \"${report%/*}/findings/schedule\"\n"
         "exit 1\n");
  program("awlab_machine.minimize", "#!/bin/sh\necho x >> \"$0.tries\"\nexec sleep 30\n");
  EXPECT_EQ(night({"--minutes", "0.01", "--evidence-seconds", "0.5"}), 1) << error();
  // Not even one try, if the half second passed before it began.
  EXPECT_LE(read(path("awlab_machine.minimize.tries")).size(), std::string("x\n").size());
  const Report report = report_of_night();
  ASSERT_EQ(report.findings.size(), 3U);
  for (const reports::Finding& finding : report.findings) {
    EXPECT_EQ(read(path("out") / finding.artifact.value()), "raw\n");
  }
}

}  // namespace
}  // namespace awlab::nightly
