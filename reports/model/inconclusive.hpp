// The reason why a lane has no verdict, as text for the formats that other programs read.
#ifndef AWLAB_REPORTS_MODEL_INCONCLUSIVE_HPP_
#define AWLAB_REPORTS_MODEL_INCONCLUSIVE_HPP_

#include <string>

#include "reports/model/report.hpp"

namespace awlab::reports {

/// The reasons that the report shows, joined by "; ". That of the lane or the nightly run, in
/// stats.doubt, comes first. Never empty; foreign text is not escaped.
/// @param lane  an inconclusive lane of `report`
[[nodiscard]] std::string why_inconclusive(const Report& report, const Lane& lane);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_MODEL_INCONCLUSIVE_HPP_
