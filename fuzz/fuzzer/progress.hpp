// How far a run of the lane is, for people and for the report.
#ifndef AWLAB_FUZZ_FUZZER_PROGRESS_HPP_
#define AWLAB_FUZZ_FUZZER_PROGRESS_HPP_

#include <cstdint>
#include <span>
#include <string>

#include "reports/model/report.hpp"

namespace awlab::fuzz {

/// What all workers did, so many seconds after the start.
struct Totals {
  double seconds = 0;
  std::uint64_t executions = 0;
  std::uint64_t violations = 0;
  std::uint64_t not_run = 0;             // inputs that the machine cannot run
  std::uint64_t features = 0;            // of the worker that knows most
  std::uint64_t first_violation_at = 0;  // executions of the worker that saw it, 0: none did
  double first_violation_seconds = 0;
  double last_new = 0;  // seconds after the start, of the last new feature
};

/// The part of all features that the first half of all executions found: near 1, going on finds
/// little more of that kind. 0 if nothing was done.
double saturation(std::span<const Totals> history);

/// One line.
std::string summary(const Totals& totals, const reports::Lane& lane);

/// How far it is, in one line. `seconds`: of the whole run.
std::string progress_line(const Totals& totals, double seconds, std::size_t findings);

}  // namespace awlab::fuzz

#endif  // AWLAB_FUZZ_FUZZER_PROGRESS_HPP_
