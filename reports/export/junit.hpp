// A report for the test pages of CI servers: JUnit XML, one test suite per lane.
//
// Nothing that is not green in the report is green here: a surviving canary and a finding are
// failures, a lane without a verdict is an error, and so is a run that did not finish.
#ifndef AWLAB_REPORTS_EXPORT_JUNIT_HPP_
#define AWLAB_REPORTS_EXPORT_JUNIT_HPP_

#include <string>

#include "reports/model/report.hpp"

namespace awlab::reports {

/// JUnit XML of a report, as UTF-8 with a declaration and a trailing newline.
///
/// The suite of a lane has a case "canary FAULT" for each canary, a case "verdict", and a failing
/// case for each finding that it found, first or not; that is named by its signature, in the class
/// "LANE.SCENARIO". What belongs to no lane is in a last suite "run", present only if there is
/// something to say. Times are seconds.
///
/// Well-formed XML 1.0 for every report, whatever bytes its texts have: U+FFFD stands for what XML
/// forbids or UTF-8 does not know, and for changes of the writing direction.
/// Has no side effects; may be called from any thread.
[[nodiscard]] std::string to_junit(const Report& report);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_EXPORT_JUNIT_HPP_
