#include "fuzz/schedule/artifact.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "reports/model/report_file.hpp"

namespace awlab {

Replayed replay(Harness& harness, const Schedule& schedule, std::uint64_t replays) {
  Replayed replayed;
  replayed.replays = replays;
  std::vector<ScheduledStep> first;
  for (std::uint64_t i = 0; i < replays; ++i) {
    ScheduledDecisions decisions(schedule.decisions);
    Trace trace;
    const std::optional<Violation> violation = harness.run(work_of(schedule), decisions, &trace);
    std::vector<ScheduledStep> steps = steps_of(harness.graph());
    if (i == 0) first = steps;
    if (!replayed.change) replayed.change = first_change(first, steps);
    if (!violation && replayed.failed > 0) continue;
    replayed.failed += violation ? 1U : 0U;
    replayed.violation = violation;
    replayed.trace = std::move(trace);
    replayed.names = harness.scenario().names();
    replayed.steps = std::move(steps);
  }
  return replayed;
}

std::string signature_of(const SubjectModule& subject, const Replayed& replayed) {
  return lane::signature_of(subject.info, *replayed.violation, replayed.trace, replayed.names);
}

lane::Found describe(const SubjectModule& subject, std::string_view lane, const Schedule& schedule,
                     const Replayed& replayed, std::string reproduce) {
  return lane::describe_finding(
      subject.info, {.lane = std::string(lane),
                     .scenario = schedule.scenario,
                     .producers = schedule.producers,
                     .where = fmt::format("{} of {} replays", replayed.failed, replayed.replays),
                     .violation = *replayed.violation,
                     .trace = replayed.trace,
                     .names = replayed.names,
                     .reproduce = std::move(reproduce),
                     .replay = {replayed.failed, replayed.replays}});
}

std::string artifact_of(std::string_view signature) {
  return std::filesystem::path("findings") / signature / "schedule";
}

std::string artifact_of(const reports::Finding& finding) { return artifact_of(finding.signature); }

reports::Status write_artifact(const std::string& file, const std::string& bytes) {
  const std::filesystem::path directory = std::filesystem::path(file).parent_path();
  std::error_code failed;
  if (!directory.empty()) std::filesystem::create_directories(directory, failed);
  return failed ? reports::Error{fmt::format("cannot make the directory {}: {}", directory.string(),
                                             failed.message())}
                : reports::replace_file(file, bytes);
}

}  // namespace awlab
