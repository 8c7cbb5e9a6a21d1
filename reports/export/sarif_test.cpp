// The rules of SARIF 2.1.0 that its schema cannot express, for every kind of report; and our
// exports as a reader sees them.
#include "reports/export/sarif.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "reports/model/example_report.hpp"
#include "reports/model/hostile_report.hpp"

namespace awlab::reports {
namespace {

Json run_of(const Report& report, const Report* baseline = nullptr) {
  const Json log = Json::parse(to_sarif(report, baseline));
  EXPECT_EQ(log["version"], "2.1.0");
  EXPECT_EQ(log["runs"].size(), 1U);
  return log["runs"][0];
}

// RFC 3986: path-absolute or path-noscheme, segments of pchar; we never write a query.
bool is_relative_reference(const std::string& uri) {
  static const std::regex kPath(
      R"(/?(([A-Za-z0-9._~-]|%[0-9A-F]{2})+(/([A-Za-z0-9._~-]|%[0-9A-F]{2})+)*/?)?)");
  return !uri.empty() && std::regex_match(uri, kPath);
}

// SARIF 3.11: in a message without arguments every brace is doubled; and a link needs "](".
void expect_plain(const Json& message) {
  const auto text = message.at("text").get<std::string>();
  EXPECT_FALSE(text.empty());
  EXPECT_EQ(text.find("]("), std::string::npos) << text;
  for (const char brace : {'{', '}'}) {
    for (std::size_t at = 0; (at = text.find(brace, at)) != std::string::npos;) {
      const std::size_t end = std::min(text.find_first_not_of(brace, at), text.size());
      EXPECT_EQ((end - at) % 2, 0U) << text;
      at = end;
    }
  }
}

void expect_place(const Json& place) {
  const Json& artifact = place.at("artifactLocation");
  EXPECT_TRUE(is_relative_reference(artifact.at("uri").get<std::string>())) << artifact;
  if (place.contains("region")) EXPECT_GE(place["region"].at("startLine").get<int>(), 1);
}

// Expects every step once, numbered as in the trace, below its thread.
void expect_flow(const Json& flow, const Finding& finding) {
  const std::vector<TraceStep>& trace = finding.trace;
  std::set<std::string> ids;
  std::map<std::size_t, std::size_t> thread_of;  // by executionOrder
  for (std::size_t i = 0; i < flow.at("threadFlows").size(); ++i) {
    const Json& thread = flow["threadFlows"][i];
    EXPECT_TRUE(ids.insert(thread.at("id").get<std::string>()).second) << thread["id"];
    EXPECT_FALSE(thread.at("locations").empty());
    std::size_t before = 0;
    for (const Json& step : thread["locations"]) {
      const auto order = step.at("executionOrder").get<std::size_t>();
      ASSERT_GT(order, before);  // so at least 1, and unique within the thread
      before = order;
      EXPECT_TRUE(thread_of.emplace(order, i).second) << order;
      expect_plain(step.at("location").at("message"));
      const auto text = step["location"]["message"]["text"].get<std::string>();
      ASSERT_LE(order, trace.size());
      EXPECT_TRUE(text.starts_with("step " + std::to_string(trace[order - 1].step) + ": "));
      EXPECT_GE(step.at("nestingLevel").get<int>(), 0);
      if (step["location"].contains("physicalLocation")) {
        expect_place(step["location"]["physicalLocation"]);
      }
    }
  }
  ASSERT_EQ(thread_of.size(), trace.size());
  std::map<std::uint64_t, std::size_t> flow_of;
  for (std::size_t i = 0; i < trace.size(); ++i) {
    const std::size_t thread = thread_of.at(i + 1);
    EXPECT_EQ(flow_of.emplace(trace[i].thread, thread).first->second, thread);
  }
  EXPECT_EQ(flow_of.size(), ids.size());
}

void expect_rules(const Json& rules, const Json& results) {
  std::set<std::string> ids;
  for (const Json& rule : rules) {
    EXPECT_TRUE(ids.insert(rule.at("id").get<std::string>()).second) << rule;
    for (const char* text : {"shortDescription", "fullDescription", "help"}) {
      expect_plain(rule.at(text));
    }
  }
  std::set<std::size_t> used;
  for (const Json& result : results) {
    const auto index = result.at("ruleIndex").get<std::size_t>();
    ASSERT_LT(index, rules.size());
    EXPECT_EQ(rules[index]["id"], result.at("ruleId"));
    used.insert(index);
  }
  EXPECT_EQ(used.size(), rules.size());
}

// Checks all of the above on the SARIF of the report, alone and with itself as baseline.
void expect_lawful(const Report& report) {
  for (const bool compared : {false, true}) {
    const Json run = run_of(report, compared ? &report : nullptr);
    const Json& results = run.at("results");
    ASSERT_EQ(results.size(), report.findings.size());
    expect_rules(run.at("tool").at("driver").at("rules"), results);
    for (std::size_t i = 0; i < results.size(); ++i) {
      const Json& result = results[i];
      expect_plain(result.at("message"));
      EXPECT_EQ(result.at("level"), "error");
      EXPECT_EQ(result.contains("baselineState"), compared);
      if (compared) EXPECT_EQ(result["baselineState"], "unchanged");
      EXPECT_EQ(result.at("locations").size(), 1U);
      expect_place(result["locations"][0].at("physicalLocation"));
      EXPECT_EQ(result.contains("codeFlows"), !report.findings[i].trace.empty());
      if (result.contains("codeFlows")) expect_flow(result["codeFlows"].at(0), report.findings[i]);
      EXPECT_FALSE(result.at("partialFingerprints").at("awlabSignature/v1").empty());
    }
    const Json& invocation = run.at("invocations").at(0);
    EXPECT_EQ(invocation.at("executionSuccessful"), report.run.finished_at.has_value());
    for (const Json& note : invocation.at("toolExecutionNotifications")) {
      expect_plain(note.at("message"));
    }
  }
}

TEST(Sarif, every_report_keeps_the_rules_that_the_schema_cannot_express) {
  expect_lawful(example_failing_report());
  expect_lawful(example_passing_report());
  expect_lawful(example_checkpoint());
  expect_lawful(hostile_report());
  expect_lawful(Report{});
}

TEST(Sarif, a_finding_is_found_where_its_trace_first_meets_the_subject) {
  const Json result = run_of(example_failing_report())["results"][0];
  EXPECT_EQ(result["ruleId"], "missed_wakeup/P1");
  EXPECT_EQ(result["locations"][0]["physicalLocation"],
            Json::parse(R"({"artifactLocation": {"uri": "core/atomic_waker.hpp"},
                            "region": {"startLine": 120}})"));
  EXPECT_EQ(result["partialFingerprints"]["awlabSignature/v1"],
            "missed_wakeup-P1-d25b8353:AtomicWaker");
  EXPECT_EQ(result["properties"],
            Json::parse(R"({"lane": "fuzz", "also_in": ["stress-asan"], "scenario": "basic",
                            "reproduce": "./lab replay artifacts/crash-1",
                            "replay": {"k": 9, "n": 10}})"));
  EXPECT_EQ(result["message"]["text"],
            "the last wake is lost\n"
            "expected that w1 is woken, but producer 1's wake took nothing: \"\u2192\"");
}

TEST(Sarif, the_schedule_is_a_flow_of_each_thread_in_one_order) {
  const Json threads =
      run_of(example_failing_report())["results"][0]["codeFlows"][0]["threadFlows"];
  ASSERT_EQ(threads.size(), 2U);
  EXPECT_EQ(threads[0]["id"], "producer 1");
  EXPECT_EQ(threads[1]["id"], "consumer");
  const Json& wake = threads[0]["locations"][0];
  EXPECT_EQ(wake["executionOrder"], 1);
  EXPECT_EQ(wake["nestingLevel"], 1);
  EXPECT_EQ(wake["location"]["message"]["text"],
            "step 3: wake: fetch_or (acq_rel) on state: REGISTERING -> REGISTERING|WAKING, from "
            "step 2 at atomic_waker.hpp:120; finds the slot taken");
  EXPECT_EQ(threads[1]["locations"][0]["executionOrder"], 2);
  EXPECT_EQ(threads[1]["locations"][0]["location"]["message"]["text"], "step 5: park");
  EXPECT_EQ(threads[1]["locations"][0]["nestingLevel"], 0);
}

TEST(Sarif, calls_nest_and_the_decisive_step_stands_out) {
  Report report = example_failing_report();
  std::vector<TraceStep>& trace = report.findings[0].trace;
  trace.clear();
  for (const char* operation : {"call", "load", "call", "throws", "store", "return", "return"}) {
    trace.push_back({.step = trace.size(), .thread_name = "t", .operation = operation});
  }
  trace[4].note = "decisive";
  const Json thread = run_of(report)["results"][0]["codeFlows"][0]["threadFlows"][0];
  std::vector<int> levels;
  for (const Json& step : thread["locations"]) levels.push_back(step["nestingLevel"].get<int>());
  EXPECT_EQ(levels, (std::vector<int>{0, 1, 1, 1, 1, 0, 0}));
  EXPECT_EQ(thread["locations"][4]["importance"], "essential");
  EXPECT_FALSE(thread["locations"][3].contains("importance"));
}

TEST(Sarif, a_step_in_a_call_is_in_the_subject_and_one_outside_is_the_scenarios) {
  Report report = example_failing_report();
  for (TraceStep& step : report.findings[0].trace) step.site = "store_and_release";
  const Json threads = run_of(report)["results"][0]["codeFlows"][0]["threadFlows"];
  const Json inside = threads[0]["locations"][0]["location"];
  EXPECT_EQ(inside["physicalLocation"],
            Json::parse(R"({"artifactLocation": {"uri": "core/atomic_waker.hpp"}})"));
  EXPECT_EQ(inside["logicalLocations"][0]["fullyQualifiedName"], "store_and_release");
  const Json outside = threads[1]["locations"][0]["location"];
  EXPECT_FALSE(outside.contains("physicalLocation"));
  EXPECT_EQ(outside["logicalLocations"], inside["logicalLocations"]);
  EXPECT_EQ(run_of(report)["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"],
            1);
}

TEST(Sarif, rules_speak_with_the_words_of_the_contract) {
  Report report = example_failing_report();
  report.findings[0].kind = Kind::kCrash;
  report.findings[0].property = "none";
  EXPECT_EQ(run_of(report)["tool"]["driver"]["rules"][0]["shortDescription"]["text"], "crash");
  const Json rule = run_of(example_failing_report())["tool"]["driver"]["rules"][0];
  EXPECT_EQ(rule["shortDescription"]["text"], "missed wakeup, against P1: no missed wake-up");
  EXPECT_NE(rule["help"]["text"].get<std::string>().find(info(Property::kP1).law),
            std::string::npos);
}

TEST(Sarif, a_baseline_makes_results_new_unchanged_or_absent) {
  Report before = example_failing_report();
  Finding gone = before.findings.front();
  gone.kind = Kind::kDataRace;
  gone.property = "P4";
  gone.signature = "data_race-P4-00000000";
  gone.replay = {10, 10};
  add_finding(before, gone);
  before.subject.source = "old/atomic_waker.hpp";
  Report now = example_failing_report();
  Finding fresh = now.findings.front();
  fresh.subject = "another";  // the same signature in another subject is another bug
  add_finding(now, fresh);
  const Json run = run_of(now, &before);
  std::vector<std::string> states;
  for (const Json& result : run["results"]) states.push_back(result["baselineState"]);
  EXPECT_EQ(states, (std::vector<std::string>{"unchanged", "new", "absent"}));
  EXPECT_EQ(run["results"][2]["ruleId"], "data_race/P4");
  EXPECT_EQ(run["results"][2]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
            "old/atomic_waker.hpp");
  expect_rules(run["tool"]["driver"]["rules"], run["results"]);
}

// A reader closes the alert of an "absent" result.
TEST(Sarif, absent_is_said_only_where_the_absence_tells_something) {
  Report before = example_failing_report();
  before.findings.front().replay = {10, 10};
  before.findings.front().also_in.clear();
  before.lanes.pop_back();
  Report now = before;
  now.findings.clear();
  now.lanes[1].verdict = Verdict::kPass;
  const auto results = [](const Report& report, const Report& baseline) {
    return run_of(report, &baseline)["results"].size();
  };
  EXPECT_EQ(results(now, before), 1U);
  before.findings.front().replay = {9, 10};
  EXPECT_EQ(results(now, before), 0U);
  before.findings.front().replay = {10, 10};
  Report changed = now;
  changed.lanes[1].verdict = Verdict::kInconclusive;
  EXPECT_EQ(results(changed, before), 0U);
  changed = now;
  changed.run.finished_at.reset();
  EXPECT_EQ(results(changed, before), 0U);
  changed = now;
  changed.run.shard.index = 2;
  EXPECT_EQ(results(changed, before), 0U);
  changed = now;
  changed.lanes.erase(changed.lanes.begin() + 1);
  EXPECT_EQ(results(changed, before), 0U);
}

TEST(Sarif, the_same_bug_has_the_same_fingerprint_in_another_run) {
  Report later = example_failing_report();
  later.run.id = "20250201t120000z-0badcafe";
  later.run.started_at = "2025-02-01T12:00:00Z";
  later.run.finished_at = "2025-02-01T12:09:00Z";
  later.run.seed = 7;
  later.lanes[1].seconds = 500;
  later.findings[0].lane = "stress-tsan";
  later.findings[0].trace.clear();
  later.findings[0].explanation = "told otherwise";
  EXPECT_EQ(run_of(later)["results"][0]["partialFingerprints"],
            run_of(example_failing_report())["results"][0]["partialFingerprints"]);
}

TEST(Sarif, the_invocation_says_what_ran_and_which_lanes_have_no_verdict) {
  EXPECT_EQ(run_of(example_failing_report())["invocations"][0],
            Json::parse(R"({"commandLine": "./lab nightly --minutes 5",
                            "startTimeUtc": "2025-01-31T12:00:00Z",
                            "endTimeUtc": "2025-01-31T12:05:00Z", "exitCode": 1,
                            "executionSuccessful": true,
                            "toolExecutionNotifications": [{"level": "warning", "message": {"text":
                              "lane stress-tsan is inconclusive: canary wor-acquire survived"}}]})"));
  const Json killed = run_of(example_checkpoint())["invocations"][0];
  EXPECT_EQ(killed["executionSuccessful"], false);
  EXPECT_FALSE(killed.contains("endTimeUtc"));
  EXPECT_FALSE(killed.contains("exitCode"));
}

TEST(Sarif, runs_that_replace_one_another_share_all_but_the_end_of_the_automation_id) {
  Report report = example_failing_report();
  EXPECT_EQ(run_of(report)["automationDetails"]["id"],
            "atomic_waker_lab/AtomicWaker/shard-1-of-4/20250131t120000z-0badcafe");
  report.run.shard = {};
  EXPECT_EQ(run_of(report)["automationDetails"]["id"],
            "atomic_waker_lab/AtomicWaker/20250131t120000z-0badcafe");
}

}  // namespace
}  // namespace awlab::reports
