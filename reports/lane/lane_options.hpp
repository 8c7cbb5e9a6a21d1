// The part of the command line that all lanes share.
#ifndef AWLAB_REPORTS_LANE_LANE_OPTIONS_HPP_
#define AWLAB_REPORTS_LANE_LANE_OPTIONS_HPP_

#include <CLI/CLI.hpp>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/contract/contract.hpp"
#include "reports/lane/subject_choice.hpp"

namespace awlab::lane {

struct LaneOptions {
  SubjectChoice subject;
  std::optional<std::string> scenario;
  std::optional<int> producers;
  std::optional<double> seconds;  // time budget; none: until the plan is done
  std::string json;               // report file; empty: none
  bool verify = false;            // compare all findings with the catalogue, and report nothing
  bool canary = false;            // the same, only where the catalogue says that the fault shows
  bool until_found = false;       // only until the first finding
  bool bare = false;              // without canaries, which makes it worth nothing but its findings
};

/// Declares them on `app`, which is renamed to "lab LANE".
void add_lane_options(CLI::App& app, std::string_view lane, LaneOptions& options);

/// Parses the command line into whatever was declared. `complaint` then judges how the values fit
/// together, beyond what the shared options need; empty if they do. Returns the exit code to leave
/// with, when the message is already printed; none to go on.
std::optional<int> parse_lane(CLI::App& app, std::string_view lane, int argc, char** argv,
                              LaneOptions& options, const std::function<std::string()>& complaint);

/// What is wrong with these, on an engine with so many threads; empty if nothing is.
std::string scenario_complaint(const std::optional<std::string>& scenario,
                               const std::optional<int>& producers,
                               int threads = kMaxSimulatedThreads);

/// Seconds of "90s", "15m" or "8h"; none if `text` is no such duration above 0.
std::optional<double> parse_duration(std::string_view text);

/// The last line of a lane's --help.
inline constexpr std::string_view kExitCodes =
    "Exit codes: 0 pass, 1 a finding, 2 usage or environment, 3 inconclusive.";

/// For options that take a number above 0.
extern const CLI::Validator kPositive;

/// Prints "lab COMMAND: message" and returns 2.
int refuse(std::string_view command, std::string_view message);

/// Prints "lab LANE: message (see lab LANE --help)" and returns 2.
int usage_error(std::string_view lane, std::string_view message);

}  // namespace awlab::lane

#endif  // AWLAB_REPORTS_LANE_LANE_OPTIONS_HPP_
