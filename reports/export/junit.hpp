// A report for the test pages of CI servers: JUnit XML, one test suite per lane.
//
// Only what is green in the report is green here: a surviving canary and a finding are failures; a
// lane without a verdict and a run that did not finish are errors.
#ifndef AWLAB_REPORTS_EXPORT_JUNIT_HPP_
#define AWLAB_REPORTS_EXPORT_JUNIT_HPP_

#include <string>

#include "reports/model/report.hpp"

namespace awlab::reports {

/// JUnit XML of a report, as UTF-8 with a declaration and a trailing newline.
///
/// A lane's suite has a case "canary FAULT" for each canary, a case "verdict", and a failing case
/// for each finding of the lane, whether or not it was the first to find it. Such a case is named
/// by the signature, in the class "LANE.SCENARIO". Everything that belongs to no lane is in a last
/// suite "run", present only if it is not empty. Times are seconds.
///
/// Well-formed XML 1.0 for every report, whatever bytes its texts have: U+FFFD replaces everything
/// that XML forbids, bytes that are not UTF-8, and changes of the writing direction. Has no side
/// effects; may be called from any thread.
[[nodiscard]] std::string to_junit(const Report& report);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_EXPORT_JUNIT_HPP_
