#include "fuzz/schedule/replay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <optional>

#include "core/scenario_info.hpp"
#include "core/trace_table.hpp"
#include "fuzz/schedule/harness.hpp"
#include "fuzz/schedule/schedule.hpp"
#include "reports/lane/evidence.hpp"
#include "reports/report_file.hpp"

namespace awlab {
namespace {

constexpr std::size_t kMostBytes = 1'000'000;
constexpr std::uint64_t kReplays = 5;

int refuse(std::string_view message) {
  fmt::print(stderr, "lab replay: {}\n", message);
  return 2;
}

// What is wrong with a schedule that decodes; empty if nothing is.
std::string complaint(const Schedule& schedule) {
  if (schedule.program) {
    return "";
  }
  const ScenarioInfo* scenario = find_scenario(schedule.scenario);
  if (scenario == nullptr) {
    return fmt::format("there is no scenario '{}' (see lab list scenarios)", schedule.scenario);
  }
  if (schedule.producers < scenario->min_producers ||
      schedule.producers > scenario->max_producers) {
    return fmt::format("scenario {} takes {} to {} producers, not {}", scenario->name,
                       scenario->min_producers, scenario->max_producers, schedule.producers);
  }
  return "";
}

std::string text(const std::vector<ScheduledStep>& steps, std::size_t i,
                 const std::vector<std::string>& threads) {
  if (i >= steps.size()) {
    return "the end";
  }
  const ScheduledStep& step = steps[i];
  const auto thread = static_cast<std::size_t>(step.thread);
  return fmt::format("{} of {} on object {}", to_string(step.op),
                     thread < threads.size() ? threads[thread] : "a thread that is not there",
                     step.location);
}

// The first step that differs, in words; none if all are the same.
std::optional<std::string> difference(const std::vector<ScheduledStep>& expected,
                                      const std::vector<ScheduledStep>& made,
                                      const std::vector<std::string>& threads) {
  if (expected.empty() || expected == made) {
    return std::nullopt;
  }
  const auto [a, b] = std::ranges::mismatch(expected, made);
  const auto i = static_cast<std::size_t>(a - expected.begin());
  return fmt::format(
      "the code does other steps than when this was written: step {} was {}, and now "
      "is {}",
      i, text(expected, i, threads), text(made, i, threads));
}

}  // namespace

int replay(const lane::Subject& subject, const std::string& file, bool lenient) {
  const reports::Result<std::string> bytes = reports::read_file(file, kMostBytes);
  if (!bytes) {
    return refuse(bytes.error());
  }
  const reports::Result<Schedule> decoded = decode(bytes.value());
  if (!decoded) {
    return refuse(fmt::format("{}: {}", file, decoded.error()));
  }
  const Schedule& schedule = decoded.value();
  if (const std::string wrong = complaint(schedule); !wrong.empty()) {
    return refuse(fmt::format("{}: {}", file, wrong));
  }
  Harness harness(subject);
  const Work work = work_of(schedule);
  std::optional<Violation> violation;
  Trace trace;
  std::uint64_t failed = 0;
  for (std::uint64_t i = 0; i < kReplays; ++i) {
    ScheduledDecisions decisions(schedule.decisions);
    violation = harness.run(work, decisions, &trace);
    failed += violation ? 1U : 0U;
  }
  const TraceNames names = harness.scenario().names();
  const auto other = difference(schedule.steps, steps_of(harness.graph()), names.threads);
  if (other && !lenient) {
    return refuse(fmt::format("{}: {} (--lenient goes on)", file, *other));
  }
  if (other) {
    fmt::print("note: {}\n", *other);
  }
  if (!violation) {
    fmt::print("{}\n{} in {}, N = {}: no violation in {} replays\n", trace_table(trace, names),
               subject.info.name, schedule.scenario, schedule.producers, kReplays);
    return 0;
  }
  const lane::Found found = lane::describe_finding(
      subject.info, {.lane = "explore",
                     .scenario = schedule.scenario,
                     .producers = schedule.producers,
                     .where = fmt::format("{} of {} replays", failed, kReplays),
                     .violation = *violation,
                     .trace = trace,
                     .names = names,
                     .reproduce = fmt::format("./lab replay {}", file),
                     .replay = {failed, kReplays}});
  fmt::print("{}", found.text);
  return 1;
}

}  // namespace awlab
