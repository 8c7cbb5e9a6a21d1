// The part of the command line that all lanes share.
#ifndef AWLAB_REPORTS_LANE_LANE_OPTIONS_HPP_
#define AWLAB_REPORTS_LANE_LANE_OPTIONS_HPP_

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "core/contract/contract.hpp"
#include "reports/lane/subject_choice.hpp"

namespace CLI {
class App;
class Validator;
}  // namespace CLI

namespace awlab::lane {

/// The options of every lane.
struct RunOptions {
  SubjectChoice subject;
  std::string json;          // report file; empty: none
  bool verify = false;       // compare all findings with the catalogue, without a report
  bool canary = false;       // the same until caught, only where the fault is known to show
  bool until_found = false;  // stop at the first finding
  bool bare = false;         // without canaries: only its findings count, not its silence
};

/// The options of a lane with a plan of scenarios.
struct LaneOptions : RunOptions {
  std::optional<std::string> scenario;
  std::optional<int> producers;
  std::optional<double> seconds;  // time budget; none: until the plan is done
};

/// The options of a command line; or, once a message has been printed, the exit code to leave with.
template <class Options>
using Parsed = tl::expected<Options, int>;

/// Parses the command line of `command` into the options that `app` declares. Returns the exit code
/// to leave with, once a message has been printed; none to go on.
[[nodiscard]] std::optional<int> parse_arguments(CLI::App& app, std::string_view command, int argc,
                                                 const char* const* argv);

/// Declares the options on `app`, which is renamed to "lab LANE".
void add_lane_options(CLI::App& app, std::string_view lane, LaneOptions& options);

/// The same for add_lane_options(). Then `complaint` checks how the values fit together, beyond the
/// needs of the shared options; it returns an empty text if they do.
std::optional<int> parse_lane(CLI::App& app, std::string_view lane, int argc, char** argv,
                              LaneOptions& options, const std::function<std::string()>& complaint);

/// The error in these options for an engine with `threads` threads; empty if there is none.
std::string scenario_complaint(const std::optional<std::string>& scenario,
                               const std::optional<int>& producers,
                               int threads = kMaxSimulatedThreads);

/// The seconds of "90s", "15m" or "8h"; none if `text` is no such duration above 0.
std::optional<double> parse_duration(std::string_view text);

/// The last line of a lane's --help.
inline constexpr std::string_view kExitCodes =
    "Exit codes: 0 pass, 1 a finding, 2 usage or environment, 3 inconclusive.";

/// For options that take a number above 0.
extern const CLI::Validator kPositive;

/// Prints "lab COMMAND: message" and returns 2.
int refuse(std::string_view command, std::string_view message);

/// Prints "lab COMMAND: reason" and returns 3.
int no_verdict(std::string_view command, std::string_view reason);

/// Prints "lab LANE: message (see lab LANE --help)" and returns 2.
int usage_error(std::string_view lane, std::string_view message);

}  // namespace awlab::lane

#endif  // AWLAB_REPORTS_LANE_LANE_OPTIONS_HPP_
