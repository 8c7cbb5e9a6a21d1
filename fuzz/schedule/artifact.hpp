// From a run that has a violation to a finding with its schedule file.
#ifndef AWLAB_FUZZ_SCHEDULE_ARTIFACT_HPP_
#define AWLAB_FUZZ_SCHEDULE_ARTIFACT_HPP_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "fuzz/schedule/harness.hpp"
#include "reports/lane/evidence.hpp"

namespace awlab {

/// What replays of one schedule showed.
struct Replayed {
  std::optional<Violation> violation;  // of the last one
  std::uint64_t failed = 0;            // how many had one
  std::uint64_t replays = 0;
  Trace trace;  // of the last one
  TraceNames names;
  std::vector<ScheduledStep> steps;
};

/// Runs `schedule` so many times.
Replayed replay(Harness& harness, const Schedule& schedule, std::uint64_t replays);

/// What the lane `lane` makes of it, if there is a violation. `reproduce` is one command.
lane::Found describe(const SubjectModule& subject, std::string_view lane, const Schedule& schedule,
                     const Replayed& replayed, std::string reproduce);

/// Where the schedule of a finding lies, in the directory of the report.
std::string artifact_of(const reports::Finding& finding);

/// Writes `bytes` to `file`, whose directory is made if it is not there.
reports::Status write_artifact(const std::string& file, const std::string& bytes);

}  // namespace awlab

#endif  // AWLAB_FUZZ_SCHEDULE_ARTIFACT_HPP_
