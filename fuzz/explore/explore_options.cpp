#include "fuzz/explore/explore_options.hpp"

#include "reports/lane/command_line.hpp"
#include "reports/lane/shard.hpp"

namespace awlab::explore {

lane::Parsed<ExploreOptions> parse(int argc, char** argv) {
  ExploreOptions options;
  std::string shard;
  bool no_symmetry = false;
  CLI::App app("Enumerates every execution of the scenarios under RC11.");
  lane::add_lane_options(app, "explore", options);
  app.add_flag(
      "--no-symmetry", no_symmetry,
      "count executions separately that differ only by a permutation of identical producers");
  app.add_option("--shard", shard,
                 "run only part I of N of each search, counted from 0, such as 0/4");
  const std::optional<int> leave = lane::parse_lane(app, "explore", argc, argv, options, [&] {
    options.symmetry = !no_symmetry;
    const reports::Result<reports::Shard> part = lane::find_shard(shard);
    if (!part) return part.error();
    // A result that is compared with the catalogue is needed in every shard of the real run.
    options.shard = options.verify || options.canary ? reports::Shard{} : part.value();
    return std::string();
  });
  if (leave) {
    return tl::unexpected(*leave);
  }
  return options;
}

}  // namespace awlab::explore
