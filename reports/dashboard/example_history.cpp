#include "reports/dashboard/example_history.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "core/contract/rows.hpp"
#include "reports/model/environment.hpp"
#include "reports/model/example_report.hpp"

namespace awlab::reports {
namespace {

// Noise from 0 to 1 that is the same on every machine (splitmix64).
double noise(std::uint64_t a, std::uint64_t b) {
  std::uint64_t x = (a * 1000003 + b + 1) * 0x9e3779b97f4a7c15U;
  x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
  return static_cast<double>(x >> 11U) / 9007199254740992.0;
}

struct LaneKind {
  const char* name;
  double rate;  // executions per second
  double seconds;
  std::vector<const char*> canaries;
  double detection;  // seconds
};

const std::vector<LaneKind>& lane_kinds() {
  static const std::vector<LaneKind> kinds = {
      {"explore", 410'000, 240, {"wor-acquire", "cas2-store", "old-lost-on-throw"}, 0.02},
      {"fuzz", 9'500, 1200, {"wor-acquire", "wake-keeps-waker"}, 0.8},
      {"relacy", 52'000, 300, {"wor-acquire", "store-after-unlock"}, 0.3},
      {"stress-plain", 1'900'000, 600, {"cas2-store", "skip-contended-wake"}, 2.5},
      {"stress-asan", 240'000, 600, {"old-waker-leaked", "cas2-store"}, 4},
      {"stress-tsan", 61'000, 600, {"wor-acquire", "unlock-before-take"}, 6}};
  return kinds;
}

bool is_stress(std::string_view lane) { return lane.starts_with("stress"); }

Json rows_of(std::size_t night, std::size_t lane) {
  Json rows = Json::object();
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    const double size = kRows[i].contended ? 5.5 : 8;
    const double count = std::pow(10, size * noise(night + i * 31, lane)) - 1;
    rows[std::string(kRows[i].name)] = static_cast<std::uint64_t>(count);
  }
  if (lane == 1) rows["wake_threw_on_waking"] = 0;
  return rows;
}

Json outcomes_of(std::uint64_t executions, bool violated) {
  const auto row = [](const char* name, const char* grade, const char* meaning,
                      std::uint64_t count) {
    return Json{{"outcome", name}, {"grade", grade}, {"meaning", meaning}, {"count", count}};
  };
  const std::uint64_t woken = executions / 3;
  const std::uint64_t by_itself = executions / 2500;
  const std::uint64_t bad = violated ? 3 : 0;
  return Json::array({row("saw", "acceptable", "the consumer saw all at its last look",
                          executions - woken - by_itself - bad),
                      row("woken", "acceptable", "another thread woke it", woken),
                      row("woken_by_itself", "interesting", "its own register woke it", by_itself),
                      row("violated", "forbidden", "a property was violated", bad)});
}

Json searches_of(bool relacy, std::uint64_t executions) {
  Json searches = Json::array();
  for (const char* scenario : {"basic", "two-rounds", "throwing-clone", "reentrant"}) {
    Json search = {{"scenario", scenario}, {"producers", 2}, {"seconds", 12.25}};
    if (relacy) {
      search["search"] = "full";
      search["executions"] = executions / 4;
      search["complete"] = true;
    } else {
      search["symmetry"] = true;
      search["complete"] = executions / 4;
      search["blocked"] = 0U;
      search["finished"] = scenario != std::string_view("reentrant");
    }
    searches.push_back(std::move(search));
  }
  return searches;
}

Lane lane_of(const LaneKind& kind, std::size_t night, std::size_t index) {
  Lane lane;
  lane.lane = kind.name;
  lane.seconds = kind.seconds;
  const double executions = kind.rate * kind.seconds * (0.85 + 0.3 * noise(night, index));
  lane.executions = static_cast<std::uint64_t>(executions) / 4 * 4;  // divisible, for four searches
  lane.limits = {"only what this lane runs is tested, not what it could run",
                 "a compiler's mistakes show only on real threads"};
  for (std::size_t i = 0; i < kind.canaries.size(); ++i) {
    lane.canaries.push_back({kind.canaries[i], true,
                             kind.detection * (1 + static_cast<double>(i)) *
                                 std::exp2(3 * noise(night + 977 * i, index) - 1)});
  }
  if (is_stress(lane.lane) || lane.lane == "fuzz") lane.coverage["rows"] = rows_of(night, index);
  if (is_stress(lane.lane)) {
    lane.stats["rounds"] = lane.executions;
    lane.stats["outcomes"] = outcomes_of(lane.executions, false);
  } else if (lane.lane != "fuzz") {
    lane.coverage["searches"] = searches_of(lane.lane == "relacy", lane.executions);
  } else {
    lane.coverage["features"] = 2187;
    lane.coverage["saturation"] = 0.998;
  }
  // About one night in thirty a canary survives, and the lane proves nothing that night.
  if (noise(night, 500 + index) < 0.005) lane.canaries.front().killed = false;
  lane.verdict = lane_verdict(false, true, lane.canaries);
  return lane;
}

// A lost wake-up: the wake reads an old state, finds nobody, and the consumer sleeps.
std::vector<TraceStep> lost_wake() {
  const auto access = [](std::uint64_t step, std::uint64_t thread, const char* call,
                         const char* operation, const char* order) {
    return TraceStep{.step = step,
                     .thread = thread,
                     .thread_name = thread == 0 ? "consumer" : fmt::format("producer {}", thread),
                     .call = call,
                     .operation = operation,
                     .object = "state",
                     .order = order};
  };
  std::vector<TraceStep> trace;
  TraceStep call = access(1, 0, "register", "call", "relaxed");
  call.order.reset();
  call.object = "";
  trace.push_back(call);
  TraceStep cas = access(2, 0, "register", "cas", "acquire");
  cas.value_read = "WAITING";
  cas.value_written = "REGISTERING";
  trace.push_back(cas);
  TraceStep slot = access(3, 0, "register", "plain write", "relaxed");
  slot.object = "slot";
  slot.order.reset();
  slot.value_written = "w1";
  trace.push_back(slot);
  TraceStep publish = access(4, 1, "", "store", "relaxed");
  publish.object = "num";
  publish.value_written = "1";
  trace.push_back(publish);
  TraceStep wake = access(5, 1, "wake", "fetch_or", "acquire");
  wake.value_read = "REGISTERING";
  wake.value_written = "REGISTERING|WAKING";
  wake.reads_from = 2;
  wake.note = "decisive";
  trace.push_back(wake);
  TraceStep swap = access(6, 0, "register", "cas", "acq_rel");
  swap.value_read = "REGISTERING|WAKING";
  swap.value_written = "WAITING";
  swap.reads_from = 5;
  trace.push_back(swap);
  TraceStep look = access(7, 0, "", "load", "relaxed");
  look.object = "num";
  look.value_read = "0";
  look.note = "not ready: it goes to sleep";
  trace.push_back(look);
  TraceStep park = access(8, 0, "", "park", "relaxed");
  park.order.reset();
  park.object = "";
  trace.push_back(park);
  return trace;
}

Finding finding_of(Kind kind, const char* property, const char* lane, const char* site,
                   const char* summary) {
  Finding finding;
  finding.kind = kind;
  finding.property = property;
  finding.lane = lane;
  finding.scenario = "basic, 2 producers";
  finding.subject = "AtomicWaker";
  finding.signature = make_signature(kind, property, site, "fetch_or", "cas");
  finding.summary = summary;
  finding.explanation =
      "Expected: the consumer is woken once every producer has published and called wake\n"
      "Actual: it sleeps, and nobody is left to wake it\n"
      "  - step 5 sets WAKING with acquire alone, so it publishes nothing\n"
      "  - step 6 reads that and takes over the wake\n"
      "  - step 7 need not see the number of step 4, and does not";
  finding.artifact = fmt::format("findings/{}.schedule", site);
  finding.reproduce = fmt::format("./lab replay findings/{}.schedule", site);
  finding.replay = {5, 5};
  if (!is_stress(lane)) finding.schedule = Schedule{8, 3, true};
  finding.trace = lost_wake();
  return finding;
}

std::vector<Finding> findings_of(const ExampleNights& plan, std::size_t night) {
  const std::size_t last = plan.nights - 1;
  std::vector<Finding> findings;
  const auto found = [&](bool on_this_night, auto&&... about) {
    if (on_this_night) findings.push_back(finding_of(about...));
  };
  if (plan.failing) {
    found(night == last, Kind::kMissedWakeup, "P1", "fuzz", "wake",
          "the wake of producer 1 is lost and the consumer sleeps");
    found(night + 4 > last, Kind::kDataRace, "P4", "stress-tsan", "take",
          "the slot is read while register writes it");
    found(night == last || night + 6 == last, Kind::kDeadlock, "P9", "stress-plain", "park",
          "a consumer did not come back within its time");
    found(night + 1 == last, Kind::kWakerLifetime, "P2", "fuzz", "drop",
          "a waker is dropped twice");
  }
  found(plan.nights > 9 && night + 9 == last, Kind::kPanicSafety, "P6", "fuzz", "clone",
        "a throwing clone leaves the cell locked");
  return findings;
}

// Inserts hostile text before the existing text, so that the report stays plausible and valid.
void poison(Report& report) {
  std::size_t turn = 0;
  const auto taint = [&](std::string& text) {
    text = fmt::format("{} {}", kHostileTexts[turn++ % kHostileTexts.size()], text);
  };
  const std::string long_word(400, 'W');
  taint(report.subject.name), taint(report.subject.source), taint(report.tool.name);
  taint(report.host.cpu), taint(report.host.os), taint(report.host.kernel);
  taint(report.build.compiler), taint(report.build.flags), taint(report.run.command);
  for (Lane& lane : report.lanes) {
    for (std::string& limit : lane.limits) taint(limit);
    taint(lane.canaries.front().fault);
    lane.canaries.back().fault += long_word;
    lane.stats[std::string(kHostileTexts[0])] = kHostileTexts[1];
    if (lane.coverage.contains("searches")) {
      lane.coverage["searches"][0]["scenario"] = kHostileTexts[1];
    }
    if (lane.stats.contains("outcomes")) {
      Json& outcome = lane.stats["outcomes"][0];
      outcome["outcome"] = kHostileTexts[0], outcome["grade"] = kHostileTexts[1];
      outcome["meaning"] = long_word;
    }
  }
  for (Finding& finding : report.findings) {
    taint(finding.scenario), taint(finding.subject), taint(finding.explanation);
    taint(finding.reproduce), finding.summary = fmt::format("{} {}", kHostileTexts[1], long_word);
    finding.artifact = kHostileTexts[3];
    for (TraceStep& step : finding.trace) {
      taint(step.thread_name), taint(step.operation), taint(step.note), taint(step.site);
      step.object += long_word;
    }
  }
}

std::string start_of(std::size_t night) {
  using namespace std::chrono;
  return utc_time(sys_days(year(2025) / 1 / 31) + hours(2) + days(night));
}

}  // namespace

Report example_night(const ExampleNights& plan, std::size_t night) {
  Report report = example_passing_report();
  report.lanes.clear();
  report.host.cpu = "AMD EPYC 7763 64-Core Processor";
  report.tool.commit = fmt::format("{:08x}", 0x5eed0000U + night / 3) + std::string(32, 'c');
  report.run.shard = {0, 1};
  report.run.command = "./lab nightly --minutes 60";
  report.run.seed = 20250131 + night;
  report.run.started_at = start_of(night);
  report.run.id = make_run_id(report.run.started_at, report.run.command, report.run.seed, {0, 1});
  const std::vector<LaneKind>& kinds = lane_kinds();
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    report.lanes.push_back(lane_of(kinds[i], night, i));
  }
  if (night + 1 == plan.nights) {  // the last night is exactly as planned
    for (Lane& lane : report.lanes) {
      lane.canaries.front().killed = true;
      lane.verdict = lane_verdict(false, true, lane.canaries);
    }
  }
  for (Finding& finding : findings_of(plan, night)) {
    for (Lane& lane : report.lanes) {
      if (lane.lane != finding.lane) continue;
      lane.verdict = Verdict::kFail;
      if (is_stress(lane.lane)) lane.stats["outcomes"] = outcomes_of(lane.executions, true);
    }
    add_finding(report, std::move(finding));
  }
  if (plan.hostile) poison(report);
  const bool killed_run = night % 50 == 17 && night + 1 != plan.nights;
  report.run.finished_at.reset();
  report.verdict = overall_verdict(report);
  if (!killed_run) {
    std::string end = report.run.started_at;
    end.replace(11, 8, "03:00:21");
    finish(report, std::move(end));
  }
  return report;
}

KillMatrix example_matrix(const ExampleNights& plan) {
  const Report report = example_night(plan, plan.nights - 1);
  KillMatrix matrix;
  matrix.tool = report.tool;
  matrix.host = report.host;
  matrix.build = report.build;
  matrix.run = report.run;
  matrix.run.command = "./lab detect --seconds-per-fault 20";
  matrix.seconds_per_fault = 20;
  for (const LaneKind& kind : lane_kinds()) matrix.lanes.emplace_back(kind.name);
  const std::vector<std::pair<const char*, const char*>> harmful = {
      {"wor-acquire", "wake's fetch_or is acquire, not acq_rel"},
      {"cas2-store", "register unlocks with a store"},
      {"old-lost-on-throw", "a throwing clone loses the waker that was stored"},
      {"wake-keeps-waker", "wake leaves the waker in the slot"},
      {"unlock-before-take", "wake unlocks before it takes the waker"}};
  for (std::size_t f = 0; f < harmful.size(); ++f) {
    MatrixFault fault{harmful[f].first, harmful[f].second, true, {Kind::kMissedWakeup}, {}};
    for (std::size_t l = 0; l < matrix.lanes.size(); ++l) {
      MatrixCell cell{matrix.lanes[l], CellOutcome::kKilled, 0.01 * std::exp2(10 * noise(f, l))};
      if (f == 0 && is_stress(cell.lane)) {
        cell = {cell.lane, CellOutcome::kNotVisible, 0, "this processor strengthens the order"};
      }
      fault.cells.push_back(std::move(cell));
    }
    matrix.faults.push_back(std::move(fault));
  }
  MatrixFault harmless{"wake-retries", "wake tries once more when it lost", false, {}, {}};
  for (const std::string& lane : matrix.lanes) {
    harmless.cells.push_back({lane, CellOutcome::kSurvived, 20});
  }
  matrix.faults.push_back(std::move(harmless));
  if (plan.failing) {
    matrix.faults[1].cells[1] = {"fuzz", CellOutcome::kMissed, 20};
    matrix.faults[2].cells[2] = {"relacy", CellOutcome::kInconclusive, 20, "it ran out of time"};
    matrix.faults.back().cells[3].outcome = CellOutcome::kFlagged;
  }
  if (plan.hostile) {
    matrix.faults[0].fault = kHostileTexts[0];
    matrix.faults[0].change = kHostileTexts[1];
    matrix.faults[0].cells[3].why = kHostileTexts[0];
    matrix.lanes[0] = kHostileTexts[2];
    for (MatrixFault& fault : matrix.faults) fault.cells[0].lane = matrix.lanes[0];
  }
  judge(matrix);
  return matrix;
}

}  // namespace awlab::reports
