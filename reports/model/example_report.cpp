#include "reports/model/example_report.hpp"

#include <utility>

namespace awlab::reports {
namespace {

constexpr const char* kFinished = "2025-01-31T12:05:00Z";

Report frame() {
  Report report;
  report.tool = {"atomic_waker_lab", "0.1.0", std::string(40, 'c'), false};
  report.host = {"Debian GNU/Linux 12", "Linux 6.1.0 x86_64", "A processor", 2, 8'000'000'000};
  report.build = {"Clang 19.1.7", "-O2 -g1", "none"};
  report.run.id = "20250131t120000z-0badcafe";
  report.run.started_at = "2025-01-31T12:00:00Z";
  report.run.finished_at = kFinished;
  report.run.command = "./lab nightly --minutes 5";
  report.run.seed = kMaxCount;
  report.run.shard = {1, 4};
  report.subject = {"AtomicWaker", "core/atomic_waker.hpp", std::string(64, 'a')};
  return report;
}

Lane passing_lane() {
  Lane lane;
  lane.lane = "explore";
  lane.seconds = 12.5;
  lane.executions = 4242;
  lane.limits = {"bounded scenarios only", "no compiler bugs"};
  lane.canaries = {{"wor-acquire", true, 0.25}, {"cas2-store", true, 1}};
  lane.coverage = {{"zebra", 1}, {"apple", 2}};  // not in alphabetic order
  lane.stats = {{"rate", 0.1}};
  lane.verdict = lane_verdict(false, true, lane.canaries);
  return lane;
}

Finding finding() {
  Finding f;
  f.kind = Kind::kMissedWakeup;
  f.property = "P1";
  f.lane = "fuzz";
  f.also_in = {"stress-asan"};
  f.scenario = "basic";
  f.subject = "AtomicWaker";
  f.signature = make_signature(f.kind, f.property, "wake/take", "fetch_or", "cas");
  f.summary = "the last wake is lost";
  f.explanation = "expected that w1 is woken, but producer 1's wake took nothing: \"\u2192\"";
  f.artifact = "artifacts/crash-1";
  f.reproduce = "./lab replay artifacts/crash-1";
  f.replay = {9, 10};
  f.schedule = Schedule{31, 3, true};
  f.trace = {{.step = 3,
              .thread = 1,
              .thread_name = "producer 1",
              .call = "wake",
              .operation = "fetch_or",
              .object = "state",
              .order = "acq_rel",
              .value_read = "REGISTERING",
              .value_written = "REGISTERING|WAKING",
              .reads_from = 2,
              .note = "finds the slot taken",
              .site = "atomic_waker.hpp:120"},
             {.step = 5, .thread = 0, .thread_name = "consumer", .operation = "park"}};
  return f;
}

}  // namespace

Report example_failing_report() {
  Report report = frame();
  Lane fuzz = passing_lane();
  fuzz.lane = "fuzz";
  fuzz.verdict = lane_verdict(true, true, fuzz.canaries);
  Lane stress = passing_lane();
  stress.lane = "stress-tsan";
  stress.canaries.front().killed = false;
  stress.verdict = lane_verdict(false, true, stress.canaries);
  Lane other = passing_lane();
  other.lane = "stress-asan";
  other.verdict = lane_verdict(true, true, other.canaries);
  report.lanes = {passing_lane(), std::move(fuzz), std::move(stress), std::move(other)};
  add_finding(report, finding());
  finish(report, kFinished);
  return report;
}

Finding finding_of_one_lane() {
  Finding one = example_failing_report().findings.front();
  one.also_in.clear();
  return one;
}

Report example_passing_report() {
  Report report = frame();
  report.lanes = {passing_lane()};
  finish(report, kFinished);
  return report;
}

Report example_checkpoint() {
  Report report = frame();
  report.tool.commit = "unknown";
  report.tool.dirty.reset();
  report.run.finished_at.reset();
  report.lanes = {passing_lane()};
  report.verdict = overall_verdict(report);
  return report;
}

}  // namespace awlab::reports
