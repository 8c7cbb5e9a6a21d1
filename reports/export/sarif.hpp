// A report for code scanning: SARIF 2.1.0 with one run, and the schedule of each finding as a code
// flow in which the threads' steps are numbered in the order of execution.
#ifndef AWLAB_REPORTS_EXPORT_SARIF_HPP_
#define AWLAB_REPORTS_EXPORT_SARIF_HPP_

#include <string>

#include "reports/model/report.hpp"

namespace awlab::reports {

/// SARIF 2.1.0 of a report, as UTF-8 with a trailing newline; the same bytes for the same reports.
///
/// A finding is a result at the subject's source; its rule is "KIND/PROPERTY". The same bug has the
/// same partial fingerprint "awlabSignature/v1" in every run. Lanes without a verdict are
/// notifications of the invocation, which is successful if the run finished.
///
/// @param baseline  an earlier report of the same subject, or null. With a baseline, each result is
///                  "new" or "unchanged", and a finding that only the baseline has follows as
///                  "absent" if it is resolved (see absence.hpp). A finding that this run did not
///                  look for is left out.
///
/// Bytes that are not UTF-8 are replaced by U+FFFD; foreign text cannot make placeholders or links
/// in a message. Has no side effects; may be called from any thread.
[[nodiscard]] std::string to_sarif(const Report& report, const Report* baseline = nullptr);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_EXPORT_SARIF_HPP_
