#include "reports/nightly/summary.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace awlab::nightly {
namespace {

reports::Report night_with(std::size_t findings) {
  reports::Report report;
  report.subject.name = "Cell";
  report.verdict = findings > 0 ? reports::Verdict::kFail : reports::Verdict::kPass;
  report.run.finished_at = "2025-01-31T12:05:00Z";
  for (const char* lane :
       {"explore", "fuzz", "relacy", "stress-plain", "stress-asan", "stress-tsan"}) {
    report.lanes.push_back({.lane = lane,
                            .verdict = report.verdict,
                            .limits = {"a limit"},
                            .canaries = {{"wake-store", true, 1}}});
  }
  for (std::size_t i = 0; i < findings; ++i) {
    reports::Finding finding;
    finding.lane = "fuzz";
    finding.subject = "Cell";
    finding.signature = "missed_wakeup-P1-0000000" + std::to_string(i);
    finding.summary = std::string(500, 'x') + "\nmore";
    finding.reproduce = "./lab replay " + std::to_string(i);
    report.findings.push_back(finding);
  }
  return report;
}

reports::Change change(reports::State state, const std::string& signature) {
  reports::Change change;
  change.state = state;
  change.signature = signature;
  return change;
}

TEST(Summary, fits_a_screen_whatever_was_found) {
  const std::string text = summary(night_with(9), std::nullopt, "out");
  EXPECT_LE(std::ranges::count(text, '\n'), 24) << text;
  EXPECT_NE(text.find("and 5 more"), std::string::npos) << text;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    EXPECT_LE(end - at, 120U) << text.substr(at, end - at);
    at = end + 1;
  }
}

TEST(Summary, what_is_new_comes_first) {
  const reports::Report report = night_with(6);
  reports::Difference difference;
  for (std::size_t i = 0; i < 6; ++i) {
    difference.findings.push_back(change(i == 5 ? reports::State::kNew : reports::State::kOngoing,
                                         report.findings[i].signature));
  }
  const std::string text = summary(report, difference, "out");
  EXPECT_LT(text.find("new      missed_wakeup-P1-00000005"), text.find("ongoing ")) << text;
  EXPECT_NE(text.find("./lab replay 5"), std::string::npos);
}

TEST(Summary, tells_what_is_gone_and_what_is_no_longer_caught) {
  reports::Difference difference;
  difference.findings.push_back(change(reports::State::kResolved, "a-P1-1"));
  difference.canaries_lost = {"fuzz: wake-store"};
  difference.lanes_lost = {{"relacy", true}, {"explore", false}};
  const std::string text = summary(night_with(0), difference, "out");
  for (const char* line : {"resolved a-P1-1", "no longer caught: fuzz: wake-store",
                           "no longer run: relacy", "no longer conclusive: explore"}) {
    EXPECT_NE(text.find(line), std::string::npos) << line << "\n" << text;
  }
}

TEST(Summary, tells_of_lanes_and_findings_what_the_report_says) {
  reports::Report report = night_with(2);
  report.findings[0].also_in = {"relacy"};
  report.lanes[0].canaries.push_back({"wake-cas", true, 1});
  report.lanes[0].canaries.push_back({"cas2-store", false, 1});
  report.run.finished_at.reset();
  const std::string text = summary(report, std::nullopt, "out");
  for (const char* words :
       {"fail on Cell, stopped before its end\n", "2 of 3 canaries", "findings: 2\n",
        "missed_wakeup-P1-00000000 (fuzz, relacy)\n", "out/dashboard.html", "out/report.json"}) {
    EXPECT_NE(text.find(words), std::string::npos) << words << "\n" << text;
  }
  EXPECT_EQ(summary(night_with(0), std::nullopt, "out").find("stopped"), std::string::npos);
}

TEST(Summary, says_why_a_lane_is_inconclusive) {
  reports::Report report = night_with(0);
  report.lanes[1].verdict = reports::Verdict::kInconclusive;
  report.lanes[1].stats["doubt"] = "it exceeded its time limit";
  report.lanes[2].verdict = reports::Verdict::kInconclusive;
  report.lanes[2].canaries.front().killed = false;
  const std::string text = summary(report, std::nullopt, "out");
  EXPECT_NE(text.find("it exceeded its time limit"), std::string::npos) << text;
  EXPECT_NE(text.find("canary wake-store survived"), std::string::npos) << text;
}

}  // namespace
}  // namespace awlab::nightly
