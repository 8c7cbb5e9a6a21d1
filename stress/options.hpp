// The command line of the lane.
#ifndef AWLAB_STRESS_OPTIONS_HPP_
#define AWLAB_STRESS_OPTIONS_HPP_

#include <cstdint>
#include <optional>
#include <string>

#include "reports/lane/subject_choice.hpp"
#include "stress/noise.hpp"

namespace awlab::stress {

struct Options {
  lane::SubjectChoice subject;
  std::string build;              // of this lane; empty: that of the program that is asked
  std::optional<double> seconds;  // of the whole run, with what came before a resume
  std::string out = "out";        // directory of all that is written
  std::string json;               // report file; by default in `out`
  std::string resume;             // directory of a run to go on with; empty: a new one
  std::optional<std::string> scenario;
  std::optional<int> producers;
  std::optional<std::uint64_t> seed;
  int threads = 0;  // workers; 0: as many as cores, and now and then one for each role
  Noise noise;

  bool canary = false;       // only until found, and held against the catalogue
  bool until_found = false;  // only until the first finding
  bool bare = false;         // without canaries
};

/// The options, or the exit code to leave with, when the message is already printed.
struct Parsed {
  std::optional<Options> options;
  int exit_code = 0;
};
Parsed parse(int argc, const char* const* argv);

/// The options of a command as a report has it: "./lab stress --duration 8h".
std::optional<Options> parse_command(const std::string& command);

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_OPTIONS_HPP_
