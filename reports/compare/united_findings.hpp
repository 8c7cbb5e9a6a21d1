// Unites the findings of several reports of one run into one list in which each bug stands once.
#ifndef AWLAB_REPORTS_COMPARE_UNITED_FINDINGS_HPP_
#define AWLAB_REPORTS_COMPARE_UNITED_FINDINGS_HPP_

#include <span>
#include <vector>

#include "reports/model/report.hpp"

namespace awlab::reports {

/// One finding for each pair of signature and subject, with the best evidence: a minimized schedule
/// before any other, then fewer steps (no schedule comes last), then the first lane by name, then
/// the smallest text. `replay` counts the replays of that lane in all its shards; the other lanes
/// that found the bug are listed in `also_in`. Sorted by lane, signature, subject. The order of the
/// reports does not matter. Thread-safe.
[[nodiscard]] std::vector<Finding> unite_findings(std::span<const Report* const> reports);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_COMPARE_UNITED_FINDINGS_HPP_
