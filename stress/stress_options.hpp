// The command line of the lane.
#ifndef AWLAB_STRESS_STRESS_OPTIONS_HPP_
#define AWLAB_STRESS_STRESS_OPTIONS_HPP_

#include <cstdint>
#include <optional>
#include <string>

#include "reports/lane/lane_options.hpp"
#include "stress/monitor.hpp"
#include "stress/noise.hpp"

namespace awlab::stress {

struct StressOptions : lane::RunOptions {
  std::string build;              // build of the lane; empty: that of the running program
  std::optional<double> seconds;  // of the whole run, including the time before a resume
  std::string out = "out";        // directory of all output
  std::string resume;             // directory of the run to continue; empty: a new run
  std::optional<std::string> scenario;
  std::optional<int> producers;
  std::optional<std::uint64_t> seed;
  int threads = 0;  // workers; 0: one per core, and now and then one per role
  Noise noise;
  double endless_seconds = Monitor::kEndless;  // a role that takes more in one round never ends
};

lane::Parsed<StressOptions> parse(int argc, const char* const* argv);

/// The options of a command as a report stores it: "./lab stress --duration 8h".
std::optional<StressOptions> parse_command(const std::string& command);

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_STRESS_OPTIONS_HPP_
