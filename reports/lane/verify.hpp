// A lane held against the catalogue of faults, instead of reporting: for tests and canaries.
#ifndef AWLAB_REPORTS_LANE_VERIFY_HPP_
#define AWLAB_REPORTS_LANE_VERIFY_HPP_

#include <string_view>

#include "reports/report.hpp"

namespace awlab::lane {

/// Whether the findings on subject `name` are what the catalogue says: for a harmful fault at least
/// one, unless it is said to be invisible here, and none of another kind; else none. Says so.
/// Returns 0 if they are, else 1.
int verify(std::string_view name, const reports::Report& report, bool visible = true);

}  // namespace awlab::lane

#endif  // AWLAB_REPORTS_LANE_VERIFY_HPP_
