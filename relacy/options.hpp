// The command line of the lane.
#ifndef AWLAB_RELACY_OPTIONS_HPP_
#define AWLAB_RELACY_OPTIONS_HPP_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "relacy/plan.hpp"
#include "reports/lane/lane_options.hpp"
#include "reports/model/report.hpp"

namespace awlab::relacy {

struct Options : lane::LaneOptions {
  std::optional<Search> search;
  std::optional<unsigned> context_bound;
  std::optional<std::uint64_t> executions;
  std::uint64_t seed = 1;
  reports::Shard shard;
};

/// The options; or, once a message has been printed, the exit code to leave with.
struct Parsed {
  std::optional<Options> options;
  int exit_code = 0;
};
Parsed parse(int argc, char** argv);

/// The searches to run for these options on the subject `name`.
std::vector<PlanItem> plan(const Options& options, std::string_view name);

}  // namespace awlab::relacy

#endif  // AWLAB_RELACY_OPTIONS_HPP_
