// The command line of the lane.
#ifndef AWLAB_FUZZ_EXPLORE_EXPLORE_OPTIONS_HPP_
#define AWLAB_FUZZ_EXPLORE_EXPLORE_OPTIONS_HPP_

#include <optional>

#include "reports/lane/lane_options.hpp"
#include "reports/model/report.hpp"

namespace awlab::explore {

struct ExploreOptions : lane::LaneOptions {
  bool symmetry = true;
  reports::Shard shard;
};

lane::Parsed<ExploreOptions> parse(int argc, char** argv);

}  // namespace awlab::explore

#endif  // AWLAB_FUZZ_EXPLORE_EXPLORE_OPTIONS_HPP_
