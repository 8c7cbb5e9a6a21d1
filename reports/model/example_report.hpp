// Reports that use every field, for tests.
#ifndef AWLAB_REPORTS_MODEL_EXAMPLE_REPORT_HPP_
#define AWLAB_REPORTS_MODEL_EXAMPLE_REPORT_HPP_

#include "reports/model/report.hpp"

namespace awlab::reports {

/// A finished failing run: a passing, a failing, an inconclusive and another failing lane, and one
/// finding of the two with a schedule, a trace and an artifact. No field is null or empty unless it
/// must be.
[[nodiscard]] Report example_failing_report();

/// The finding of that run, as if only one lane had found it.
[[nodiscard]] Finding finding_of_one_lane();

/// A finished run that passed, with one lane and its two canaries.
[[nodiscard]] Report example_passing_report();

/// A checkpoint of a killed run, with every nullable field of the run null.
[[nodiscard]] Report example_checkpoint();

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_MODEL_EXAMPLE_REPORT_HPP_
