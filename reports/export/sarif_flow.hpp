// The failing execution as a SARIF code flow.
#ifndef AWLAB_REPORTS_EXPORT_SARIF_FLOW_HPP_
#define AWLAB_REPORTS_EXPORT_SARIF_FLOW_HPP_

#include <span>
#include <string_view>

#include "reports/model/report.hpp"

namespace awlab::reports {

/// A codeFlow object with a threadFlow for each thread, in the order of their first steps, with
/// unique ids. A step's executionOrder is 1 + its index in the trace. (SARIF 3.36 to 3.38)
/// @param trace   not empty
/// @param source  the subject's file
[[nodiscard]] Json sarif_flow(std::span<const TraceStep> trace, std::string_view source);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_EXPORT_SARIF_FLOW_HPP_
