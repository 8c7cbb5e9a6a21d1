// CLI11, which the optimiser leaves as it is written: a program parses one command line, but each file that
// declares options has all of this header-only library compiled, in 3 seconds more.
#ifndef AWLAB_REPORTS_LANE_COMMAND_LINE_HPP_
#define AWLAB_REPORTS_LANE_COMMAND_LINE_HPP_

#pragma clang optimize off
#include <CLI/CLI.hpp>
#pragma clang optimize on

#endif  // AWLAB_REPORTS_LANE_COMMAND_LINE_HPP_
