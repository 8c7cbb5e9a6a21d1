// The progress of a run of the lane, for people and for the report.
#ifndef AWLAB_FUZZ_FUZZER_PROGRESS_HPP_
#define AWLAB_FUZZ_FUZZER_PROGRESS_HPP_

#include <cstdint>
#include <span>
#include <string>

#include "fuzz/fuzzer/worker.hpp"

namespace awlab::fuzz {

/// The counts of all workers, at a number of seconds after the start.
struct Totals {
  double seconds = 0;
  std::uint64_t executions = 0;
  std::uint64_t violations = 0;
  std::uint64_t not_run = 0;             // inputs that the machine cannot run
  std::uint64_t features = 0;            // of the worker that has seen most
  std::uint64_t first_violation_at = 0;  // executions of the worker that saw it; 0: none did
  double first_violation_seconds = 0;
  double last_new = 0;  // seconds after the start, of the last new feature
};

/// Adds the counts of one worker. The first violation is the earliest of all workers.
void add(Totals& totals, const WorkerCounts& counts);

/// The part of all features that the first half of all executions found. Near 1, more executions
/// find little more of that kind. 0 if there were no executions.
double saturation(std::span<const Totals> history);

/// Executions in a second; 0 before the first.
double executions_per_second(const Totals& totals);

/// The result in one line. `found_early` is the saturation.
std::string summary(const Totals& totals, int workers, double found_early, std::size_t corpus);

/// The progress in one line. `seconds` is the length of the whole run.
std::string progress_line(const Totals& totals, double seconds, std::size_t findings);

}  // namespace awlab::fuzz

#endif  // AWLAB_FUZZ_FUZZER_PROGRESS_HPP_
