// The command line of the lane.
#ifndef AWLAB_RELACY_RELACY_OPTIONS_HPP_
#define AWLAB_RELACY_RELACY_OPTIONS_HPP_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "relacy/relacy_plan.hpp"
#include "reports/lane/lane_options.hpp"
#include "reports/model/report.hpp"

namespace awlab::relacy {

struct RelacyOptions : lane::LaneOptions {
  std::optional<Search> search;
  std::optional<unsigned> context_bound;
  std::optional<std::uint64_t> executions;
  std::uint64_t seed = 1;
  reports::Shard shard;
};

lane::Parsed<RelacyOptions> parse(int argc, char** argv);

/// The searches to run for these options on the subject `name`.
std::vector<RelacyItem> plan(const RelacyOptions& options, const SubjectModule& subject);

}  // namespace awlab::relacy

#endif  // AWLAB_RELACY_RELACY_OPTIONS_HPP_
