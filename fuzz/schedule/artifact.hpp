// The way from a run that has a violation to a finding with its schedule file.
#ifndef AWLAB_FUZZ_SCHEDULE_ARTIFACT_HPP_
#define AWLAB_FUZZ_SCHEDULE_ARTIFACT_HPP_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "fuzz/schedule/harness.hpp"
#include "fuzz/schedule/step_change.hpp"
#include "reports/lane/evidence.hpp"

namespace awlab {

/// The result of several replays of one schedule: of the last that had a violation, or else of the
/// last.
struct Replayed {
  std::optional<Violation> violation;
  std::uint64_t failed = 0;  // number of replays that had a violation
  std::uint64_t replays = 0;
  Trace trace;
  TraceNames names;
  std::vector<ScheduledStep> steps;
  /// Set if the code under test did not do the same each time.
  std::optional<StepChange> change;
};

/// Runs `schedule` as often as `replays` says.
Replayed replay(Harness& harness, const Schedule& schedule, std::uint64_t replays);

/// The signature of the finding in it. Precondition: there is a violation.
std::string signature_of(const SubjectModule& subject, const Replayed& replayed);

/// The finding of the lane `lane` in it. Precondition: there is a violation. `reproduce` is one
/// command.
lane::Found describe(const SubjectModule& subject, std::string_view lane, const Schedule& schedule,
                     const Replayed& replayed, std::string reproduce);

/// The path of a finding's schedule, in the directory of the report.
std::string artifact_of(std::string_view signature);
std::string artifact_of(const reports::Finding& finding);

/// Writes `bytes` to `file`; its directory is made if it is missing.
[[nodiscard]] reports::Status write_artifact(const std::string& file, const std::string& bytes);

}  // namespace awlab

#endif  // AWLAB_FUZZ_SCHEDULE_ARTIFACT_HPP_
