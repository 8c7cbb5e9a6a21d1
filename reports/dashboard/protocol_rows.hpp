// The rows of the protocol as the dashboard counts them: the denominator of its coverage.
#ifndef AWLAB_REPORTS_DASHBOARD_PROTOCOL_ROWS_HPP_
#define AWLAB_REPORTS_DASHBOARD_PROTOCOL_ROWS_HPP_

#include "core/rows.hpp"

namespace awlab::reports {

inline constexpr const auto& kProtocolRows = awlab::kRows;

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_DASHBOARD_PROTOCOL_ROWS_HPP_
