// The model: names, verdicts, signatures, and the rules between fields.
#include "reports/model/report.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "reports/model/example_report.hpp"

namespace awlab::reports {
namespace {

TEST(Names, every_kind_of_the_design_has_its_name_and_comes_back) {
  const std::vector<std::string_view> design = {
      "missed_wakeup", "panic_safety", "data_race",  "waker_lifetime", "duplicate_wake",
      "stuck_state",   "deadlock",     "step_bound", "sanitizer",      "crash"};
  for (const std::string_view name : design) {
    ASSERT_TRUE(kind_from_string(name)) << name;
    EXPECT_EQ(to_string(*kind_from_string(name)), name);
  }
  EXPECT_FALSE(kind_from_string("lost_wakeup"));
  EXPECT_FALSE(kind_from_string(""));
}

TEST(Names, every_verdict_comes_back) {
  for (const Verdict verdict : {Verdict::kPass, Verdict::kFail, Verdict::kInconclusive}) {
    EXPECT_EQ(verdict_from_string(to_string(verdict)), verdict);
  }
  EXPECT_FALSE(verdict_from_string("Pass"));
}

TEST(LaneVerdict, passes_only_when_complete_and_every_canary_died) {
  const std::vector<Canary> none;
  const std::vector<Canary> dead = {{"a", true, 1}, {"b", true, 1}};
  const std::vector<Canary> one_alive = {{"a", true, 1}, {"b", false, 1}};
  EXPECT_EQ(lane_verdict(false, true, dead), Verdict::kPass);
  EXPECT_EQ(lane_verdict(false, true, none), Verdict::kInconclusive);
  EXPECT_EQ(lane_verdict(false, true, one_alive), Verdict::kInconclusive);
  EXPECT_EQ(lane_verdict(false, false, dead), Verdict::kInconclusive);
}

TEST(LaneVerdict, fails_on_a_finding_whatever_else_happened) {
  EXPECT_EQ(lane_verdict(true, false, {}), Verdict::kFail);
  EXPECT_EQ(lane_verdict(true, true, std::vector<Canary>{{"a", true, 1}}), Verdict::kFail);
}

Report with_lanes(std::initializer_list<Verdict> verdicts) {
  Report report;
  report.run.finished_at = "2025-01-31T12:00:00Z";
  for (const Verdict verdict : verdicts) report.lanes.emplace_back().verdict = verdict;
  return report;
}

TEST(OverallVerdict, follows_from_the_lanes) {
  using enum Verdict;
  EXPECT_EQ(overall_verdict(with_lanes({kPass, kPass})), kPass);
  EXPECT_EQ(overall_verdict(with_lanes({kPass, kInconclusive})), kInconclusive);
  EXPECT_EQ(overall_verdict(with_lanes({kInconclusive, kFail})), kFail);
  EXPECT_EQ(overall_verdict(with_lanes({})), kInconclusive);
}

TEST(OverallVerdict, a_finding_fails_the_report_even_if_no_lane_failed) {
  Report report = with_lanes({Verdict::kPass});
  report.findings.emplace_back();
  EXPECT_EQ(overall_verdict(report), Verdict::kFail);
}

TEST(OverallVerdict, a_run_that_did_not_finish_does_not_pass) {
  Report report = with_lanes({Verdict::kPass});
  report.run.finished_at.reset();
  EXPECT_EQ(overall_verdict(report), Verdict::kInconclusive);
}

TEST(ExitCode, is_that_of_the_design) {
  EXPECT_EQ(exit_code(Verdict::kPass), 0);
  EXPECT_EQ(exit_code(Verdict::kFail), 1);
  EXPECT_EQ(exit_code(Verdict::kInconclusive), 3);
}

std::string at_site(std::string_view site) {
  return make_signature(Kind::kDataRace, "P4", site, "read", "write");
}

// The signature is a contract with stored reports: a change makes every known bug look new. The
// value was computed by a separate FNV-1a of the canonical text.
TEST(Signature, is_frozen) {
  EXPECT_EQ(make_signature(Kind::kMissedWakeup, "P1", "wake/take", "fetch_or", "cas"),
            "missed_wakeup-P1-d25b8353");
}

TEST(Signature, does_not_depend_on_which_operation_came_first) {
  EXPECT_EQ(make_signature(Kind::kDataRace, "P4", "slot", "read", "write"),
            make_signature(Kind::kDataRace, "P4", "slot", "write", "read"));
}

TEST(Signature, ignores_addresses_line_numbers_and_directories) {
  const std::string plain = at_site("awlab::wake() atomic_waker.hpp");
  EXPECT_EQ(at_site("awlab::wake() /home/me/core/atomic_waker.hpp:151:12"), plain);
  EXPECT_EQ(at_site("awlab::wake() core/atomic_waker.hpp:7"), plain);
  EXPECT_EQ(at_site("0x7ffc01 slot"), at_site("0x55aa slot"));
}

TEST(Signature, tells_every_part_apart) {
  const std::set<std::string> all = {
      make_signature(Kind::kDataRace, "P4", "slot", "read", "write"),
      make_signature(Kind::kCrash, "P4", "slot", "read", "write"),
      make_signature(Kind::kDataRace, "P5", "slot", "read", "write"),
      make_signature(Kind::kDataRace, "P4", "state", "read", "write"),
      make_signature(Kind::kDataRace, "P4", "slot", "write", "write"),
      make_signature(Kind::kDataRace, "P4", "slotr", "ead", "write"),  // parts are kept apart
  };
  EXPECT_EQ(all.size(), 6U);
  std::set<std::string> hashes;
  for (const std::string& signature : all) hashes.insert(signature.substr(signature.size() - 8));
  EXPECT_EQ(hashes.size(), 6U);
}

TEST(AddFinding, keeps_one_finding_a_bug_and_subject) {
  Report report;
  Finding finding;
  finding.signature = "crash-none-00000000";
  finding.subject = "a";
  EXPECT_TRUE(add_finding(report, finding));
  EXPECT_FALSE(add_finding(report, finding));
  finding.subject = "b";
  EXPECT_TRUE(add_finding(report, finding));
  ASSERT_EQ(report.findings.size(), 2U);
  EXPECT_EQ(report.findings[0].id, finding_id("crash-none-00000000", "a"));
  EXPECT_NE(report.findings[0].id, report.findings[1].id);
}

TEST(Finish, sets_the_time_and_the_verdict) {
  Report report = example_checkpoint();
  finish(report, "2025-01-31T13:00:00Z");
  EXPECT_EQ(report.run.finished_at, "2025-01-31T13:00:00Z");
  EXPECT_EQ(report.verdict, Verdict::kPass);
}

TEST(Consistency, the_examples_are_consistent) {
  for (const Report& report :
       {example_failing_report(), example_passing_report(), example_checkpoint()}) {
    const Status status = check_consistency(report);
    EXPECT_TRUE(status.has_value()) << status.error();
  }
}

struct Contradiction {
  const char* path;  // the beginning of the message
  std::function<void(Report&)> plant;
};

TEST(Consistency, every_contradiction_is_named_by_its_path) {
  const std::vector<Contradiction> table = {
      {"run.shard.index: ", [](Report& r) { r.run.shard = {4, 4}; }},
      {"run.started_at: ", [](Report& r) { r.run.started_at = "2025-02-30T00:00:00Z"; }},
      {"run.finished_at: ", [](Report& r) { r.run.finished_at = "2025-13-01T00:00:00Z"; }},
      {"run.finished_at: ", [](Report& r) { r.run.finished_at = "2025-01-31T11:59:59Z"; }},
      {"lanes[1].lane: ", [](Report& r) { r.lanes[1].lane = "explore"; }},
      {"lanes[0].verdict: ", [](Report& r) { r.lanes[0].canaries[1].killed = false; }},
      {"lanes[0].verdict: ", [](Report& r) { r.lanes[0].canaries.clear(); }},
      {"lanes[1].verdict: ", [](Report& r) { r.findings.clear(); }},
      {"findings[0].lane: ", [](Report& r) { r.findings[0].lane = "relacy"; }},
      {"findings[0].lane: ", [](Report& r) { r.lanes[1].verdict = Verdict::kInconclusive; }},
      {"findings[0].signature: ", [](Report& r) { r.findings[0].kind = Kind::kCrash; }},
      {"findings[0].signature: ", [](Report& r) { r.findings[0].property = "P2"; }},
      {"findings[0].also_in[0]: ", [](Report& r) { r.findings[0].also_in = {"relacy"}; }},
      {"findings[0].also_in[0]: ", [](Report& r) { r.findings[0].also_in = {"fuzz"}; }},
      {"findings[0].also_in[0]: ", [](Report& r) { r.findings[0].also_in = {"explore"}; }},
      {"findings[0].also_in[0]: ", [](Report& r) { r.findings[0].also_in = {"stress-tsan"}; }},
      {"findings[0].also_in[1]: ",
       [](Report& r) { r.findings[0].also_in = {"stress-asan", "stress-asan"}; }},
      {"lanes[3].verdict: ", [](Report& r) { r.findings[0].also_in.clear(); }},
      {"lanes[0].verdict: ", [](Report& r) { r.lanes[0].verdict = Verdict::kFail; }},
      {"findings[0].replay.k: ", [](Report& r) { r.findings[0].replay = {2, 1}; }},
      {"findings[0].schedule.context_switches: ",
       [](Report& r) { r.findings[0].schedule = Schedule{2, 3, true}; }},
      {"findings[0].trace[1].step: ", [](Report& r) { r.findings[0].trace[1].step = 3; }},
      {"findings[0].trace[0].reads_from: ",
       [](Report& r) { r.findings[0].trace[0].reads_from = 3; }},
      {"findings[1].id: ", [](Report& r) { r.findings.push_back(r.findings[0]); }},
      {"findings[1].signature: ",
       [](Report& r) { r.findings.push_back(r.findings[0]), r.findings[1].id = "other"; }},
      {"verdict: ", [](Report& r) { r.verdict = Verdict::kInconclusive; }},
  };
  for (const Contradiction& contradiction : table) {
    Report report = example_failing_report();
    contradiction.plant(report);
    const Status status = check_consistency(report);
    ASSERT_FALSE(status.has_value()) << "not noticed: " << contradiction.path;
    EXPECT_TRUE(status.error().starts_with(contradiction.path)) << status.error();
  }
}

TEST(Consistency, an_unfinished_run_that_claims_to_pass_is_refused) {
  Report report = example_checkpoint();
  report.verdict = Verdict::kPass;
  EXPECT_FALSE(check_consistency(report).has_value());
}

}  // namespace
}  // namespace awlab::reports
