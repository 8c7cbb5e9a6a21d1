// Canaries: faults that a lane must catch in every run, or its green verdict is worth nothing.
#ifndef AWLAB_REPORTS_LANE_CANARIES_HPP_
#define AWLAB_REPORTS_LANE_CANARIES_HPP_

#include <string_view>
#include <vector>

#include "reports/model/report.hpp"

namespace awlab::lane {

/// Runs the lane's programs for these faults, which stand beside the running one as
/// "<lane>_<fault>", with --canary: they leave with 0 if they found what the catalogue says. A
/// program that is missing or crashes has not caught its fault. Prints a line for each.
std::vector<reports::Canary> run_canaries(std::string_view lane,
                                          const std::vector<std::string_view>& faults);

}  // namespace awlab::lane

#endif  // AWLAB_REPORTS_LANE_CANARIES_HPP_
