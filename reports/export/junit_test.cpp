// A CI server's view of a report. exports_test.sh checks with an independent parser that the XML is
// well-formed and that its counts are those of its elements.
#include "reports/export/junit.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <string_view>

#include "reports/model/example_report.hpp"
#include "reports/model/hostile_report.hpp"

namespace awlab::reports {
namespace {

std::size_t count(std::string_view text, std::string_view what) {
  std::size_t found = 0;
  for (std::size_t at = 0; (at = text.find(what, at)) != text.npos; at += what.size()) ++found;
  return found;
}

bool has(std::string_view text, std::string_view what) { return count(text, what) > 0; }

TEST(Junit, a_lane_that_passed_has_a_case_per_canary_and_its_verdict_and_all_pass) {
  EXPECT_EQ(to_junit(example_passing_report()),
            R"xml(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="atomic_waker_lab" tests="3" failures="0" errors="0" skipped="0" time="12.500" timestamp="2025-01-31T12:00:00Z">
 <testsuite name="explore" tests="3" failures="0" errors="0" skipped="0" time="12.500" timestamp="2025-01-31T12:00:00Z">
  <testcase classname="explore" name="canary wor-acquire" time="0.250"/>
  <testcase classname="explore" name="canary cas2-store" time="1.000"/>
  <testcase classname="explore" name="verdict" time="0.000"/>
 </testsuite>
</testsuites>
)xml");
}

TEST(Junit, a_finding_is_a_failing_case_with_all_it_takes_to_repeat_it) {
  const std::string xml = to_junit(example_failing_report());
  EXPECT_TRUE(has(xml, "<testsuite name=\"fuzz\" tests=\"4\" failures=\"2\" errors=\"0\"")) << xml;
  EXPECT_TRUE(
      has(xml, R"xml(<testcase classname="fuzz.basic" name="missed_wakeup-P1-d25b8353" time="0.000">
   <failure message="the last wake is lost" type="missed_wakeup">expected that w1 is woken, but producer 1&#39;s wake took nothing: &quot;→&quot;
reproduce: ./lab replay artifacts/crash-1
artifact: artifacts/crash-1
</failure>)xml"))
      << xml;
  EXPECT_TRUE(has(xml, R"xml(name="verdict" time="0.000">
   <failure message="the lane has findings" type="fail">)xml"));
}

TEST(Junit, a_surviving_canary_fails_and_leaves_its_lane_without_a_verdict) {
  Report report = example_failing_report();
  report.findings.front().also_in.clear();
  const std::string xml = to_junit(report);
  EXPECT_TRUE(has(xml, "<testsuite name=\"stress-tsan\" tests=\"3\" failures=\"1\" errors=\"1\""))
      << xml;
  EXPECT_TRUE(has(xml, R"xml(name="canary wor-acquire" time="0.250">
   <failure message="the lane did not find this fault" type="canary">)xml"));
  EXPECT_TRUE(has(xml, "<error message=\"canary wor-acquire survived\" type=\"inconclusive\">"));
}

TEST(Junit, the_reason_of_an_inconclusive_lane_is_said) {
  Report report = example_passing_report();
  Lane& lane = report.lanes.front();
  lane.verdict = Verdict::kInconclusive;
  EXPECT_TRUE(has(to_junit(report), "\"it did not finish what it set out to do\""));
  report.run.finished_at.reset();
  EXPECT_TRUE(has(to_junit(report), "<error message=\"the run did not finish\""));
  lane.canaries.clear();
  EXPECT_TRUE(has(to_junit(report), "<error message=\"it ran no canary; the run did not finish\""));
}

TEST(Junit, a_run_that_did_not_finish_is_not_green_though_all_its_lanes_are) {
  const std::string xml = to_junit(example_checkpoint());
  EXPECT_TRUE(has(xml, "tests=\"4\" failures=\"0\" errors=\"1\" skipped=\"0\" time=\"12.500\""))
      << xml;
  EXPECT_TRUE(has(xml, R"xml(<testcase classname="run" name="finished" time="0.000">
   <error message="the run did not finish" type="inconclusive">)xml"));
}

TEST(Junit, a_run_without_lanes_is_not_green) {
  Report report = example_passing_report();
  report.lanes.clear();
  EXPECT_TRUE(has(to_junit(report), "<error message=\"no lane ran\" type=\"inconclusive\">"));
}

TEST(Junit, a_finding_stands_in_every_lane_that_found_it) {
  Report report = example_failing_report();
  report.lanes[2].verdict = Verdict::kFail;
  report.findings.front().also_in = {"stress-tsan"};
  const std::string xml = to_junit(report);
  EXPECT_TRUE(has(xml, "classname=\"fuzz.basic\" name=\"missed_wakeup-P1-d25b8353\"")) << xml;
  EXPECT_TRUE(has(xml, "classname=\"stress-tsan.basic\" name=\"missed_wakeup-P1-d25b8353\""))
      << xml;
}

TEST(Junit, a_finding_of_a_lane_that_is_not_there_is_not_dropped) {
  Report report = example_failing_report();
  report.findings.front().lane = "relacy";
  report.findings.front().also_in.clear();
  const std::string xml = to_junit(report);
  EXPECT_EQ(count(xml, "<failure message=\"the last wake is lost\""), 1U);
  EXPECT_TRUE(has(xml, "<testsuite name=\"run\" tests=\"1\" failures=\"1\"")) << xml;
}

TEST(Junit, foreign_text_cannot_leave_its_attribute_or_element) {
  const std::string xml = to_junit(hostile_report());
  EXPECT_FALSE(has(xml, "<b"));
  EXPECT_FALSE(has(xml, "]]>"));
  EXPECT_FALSE(has(xml, "<!"));
  EXPECT_TRUE(has(xml, "&lt;b a=&#39;1&#39;&gt;&amp;amp;&quot;]]&gt;&lt;!-- --\uFFFD&#10;&#9;"));
}

TEST(Junit, what_xml_forbids_is_replaced) {
  const std::string xml = to_junit(hostile_report());
  for (const char c : xml) {
    const auto byte = static_cast<unsigned char>(c);
    EXPECT_TRUE(byte >= 0x20 || c == '\n' || c == '\t') << int{byte};
  }
  EXPECT_FALSE(has(xml, "\uFFFE"));
  EXPECT_FALSE(has(xml, "\uFFFF"));
  EXPECT_FALSE(has(xml, "\u202E"));
  EXPECT_FALSE(has(xml, "\xED\xA0\x80"));
}

TEST(Junit, a_time_is_a_number) {
  Report report = example_passing_report();
  report.lanes.front().seconds = std::numeric_limits<double>::infinity();
  report.lanes.front().canaries.front().seconds = std::nan("");
  const std::string xml = to_junit(report);
  EXPECT_FALSE(has(xml, "inf"));
  EXPECT_FALSE(has(xml, "nan"));
}

}  // namespace
}  // namespace awlab::reports
