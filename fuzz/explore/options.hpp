// The command line of the lane.
#ifndef AWLAB_FUZZ_EXPLORE_OPTIONS_HPP_
#define AWLAB_FUZZ_EXPLORE_OPTIONS_HPP_

#include <optional>

#include "reports/lane/lane_options.hpp"
#include "reports/model/report.hpp"

namespace awlab::explore {

struct Options : lane::LaneOptions {
  bool symmetry = true;
  reports::Shard shard;
};

/// The options, or the exit code to leave with after the message was printed.
struct Parsed {
  std::optional<Options> options;
  int exit_code = 0;
};
Parsed parse(int argc, char** argv);

}  // namespace awlab::explore

#endif  // AWLAB_FUZZ_EXPLORE_OPTIONS_HPP_
