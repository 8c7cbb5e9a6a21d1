// The command line of the lane.
#ifndef AWLAB_RELACY_OPTIONS_HPP_
#define AWLAB_RELACY_OPTIONS_HPP_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "relacy/plan.hpp"

namespace awlab::relacy {

struct Options {
  std::optional<std::string> scenario;
  std::optional<int> producers;
  std::optional<Search> search;
  std::optional<unsigned> context_bound;
  std::optional<std::uint64_t> executions;
  std::uint64_t seed = 1;
  std::optional<double> seconds;  // time budget; none: until the plan is done
  std::string json;               // report file; empty: none
  bool nightly = false;           // fill the time budget with random searches
  bool verify = false;            // compare all findings with the catalogue, and report nothing
  bool canary = false;            // the same, only where the catalogue says that the fault shows
};

/// The options, or the exit code to leave with, when the message is already printed.
struct Parsed {
  std::optional<Options> options;
  int exit_code = 0;
};
Parsed parse(int argc, char** argv);

/// What to run for these options on subject `name`.
std::vector<PlanItem> plan(const Options& options, std::string_view name);

}  // namespace awlab::relacy

#endif  // AWLAB_RELACY_OPTIONS_HPP_
