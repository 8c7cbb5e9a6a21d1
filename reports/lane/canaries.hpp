// Canaries: faults that a lane must catch in every run, or its green verdict is worth nothing.
#ifndef AWLAB_REPORTS_LANE_CANARIES_HPP_
#define AWLAB_REPORTS_LANE_CANARIES_HPP_

#include <string_view>
#include <vector>

#include "reports/model/report.hpp"

namespace awlab::lane {

/// Runs the program of `lane`, such as "explore" or "stress-tsan", with --canary on each of the
/// lane's canaries. The program exits with 0 if it found what the catalogue says. A fault that has
/// no module, or on which the program crashes, is not caught. Prints a line for each canary.
std::vector<reports::Canary> run_canaries(std::string_view lane);

}  // namespace awlab::lane

#endif  // AWLAB_REPORTS_LANE_CANARIES_HPP_
