// The findings of several reports of one run as one list in which each bug stands once.
#ifndef AWLAB_REPORTS_COMPARE_UNITED_FINDINGS_HPP_
#define AWLAB_REPORTS_COMPARE_UNITED_FINDINGS_HPP_

#include <span>
#include <vector>

#include "reports/model/report.hpp"

namespace awlab::reports {

/// One finding for each pair of signature and subject, with the best evidence: a minimized schedule
/// before any other, then fewer steps (no schedule comes last), then the first lane by name, then
/// the smallest text. `replay` counts what all shards of that lane saw; the other lanes that found
/// it stand in `also_in`. Sorted by lane, signature, subject. The same for every order of the
/// reports. Thread-safe.
[[nodiscard]] std::vector<Finding> unite_findings(std::span<const Report* const> reports);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_COMPARE_UNITED_FINDINGS_HPP_
