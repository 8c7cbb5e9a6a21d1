// The subcommands of `report`. Each prints what it did, and says on standard error in one line what
// is wrong with its input; then it returns 2, and nothing was written.
#ifndef AWLAB_REPORTS_COMMAND_SUBCOMMANDS_HPP_
#define AWLAB_REPORTS_COMMAND_SUBCOMMANDS_HPP_

#include <string>
#include <string_view>
#include <vector>

namespace awlab::reports {

struct Request {
  std::vector<std::string> files;  // at least one
  std::string out;                 // the file to write
  std::string json;                // of diff: a file that gets the same for machines, or empty
  std::string baseline;            // of sarif: an earlier report, or empty
};

inline constexpr int kBadInput = 2;

/// Prints "lab report: message" to standard error. Returns kBadInput.
int complain(std::string_view message);

/// Whether each file is a valid report; of several, whether no shard of a run is missing.
int validate_command(const Request& request);
/// The shards and lanes of one run as one report.
int merge_command(const Request& request);
/// What is different in the last file from those before it; 1 if that is_worse().
int diff_command(const Request& request);
/// A report as JUnit XML.
int junit_command(const Request& request);
/// A report as SARIF.
int sarif_command(const Request& request);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_COMMAND_SUBCOMMANDS_HPP_
