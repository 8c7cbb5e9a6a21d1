// The subcommands of `report`. Each prints its result. If its input is wrong, it prints one line to
// standard error, returns 2, and writes nothing.
#ifndef AWLAB_REPORTS_COMMAND_SUBCOMMANDS_HPP_
#define AWLAB_REPORTS_COMMAND_SUBCOMMANDS_HPP_

#include <string>
#include <string_view>
#include <vector>

namespace awlab::reports {

struct Request {
  std::vector<std::string> files;  // at least one
  std::string out;                 // the file to write
  std::string json;                // of diff: a file for the same result as JSON, or empty
  std::string baseline;            // of sarif: an earlier report, or empty
};

inline constexpr int kBadInput = 2;

/// Prints "lab report: message" to standard error. Returns kBadInput.
int complain(std::string_view message);

/// Checks that each file is a valid report; of several, also that no shard of a run is missing.
int validate_command(const Request& request);
/// Merges the shards and lanes of one run into one report.
int merge_command(const Request& request);
/// Prints the differences between the last file and those before it; returns 1 if it is_worse().
int diff_command(const Request& request);
/// Writes a report as JUnit XML.
int junit_command(const Request& request);
/// Writes a report as SARIF.
int sarif_command(const Request& request);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_COMMAND_SUBCOMMANDS_HPP_
