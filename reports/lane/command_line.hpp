// CLI11, kept from the optimiser: a program parses one command line, but each file that declares
// options compiles all of this header-only library.
#ifndef AWLAB_REPORTS_LANE_COMMAND_LINE_HPP_
#define AWLAB_REPORTS_LANE_COMMAND_LINE_HPP_

#pragma clang optimize off
#include <CLI/CLI.hpp>
#pragma clang optimize on

#endif  // AWLAB_REPORTS_LANE_COMMAND_LINE_HPP_
