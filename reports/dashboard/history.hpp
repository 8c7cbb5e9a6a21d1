// The data behind the dashboard: the latest report in full, and for each earlier run only enough
// for a point in a chart or a row in a table. A year of nights takes a few hundred kilobytes.
#ifndef AWLAB_REPORTS_DASHBOARD_HISTORY_HPP_
#define AWLAB_REPORTS_DASHBOARD_HISTORY_HPP_

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/support/result.hpp"
#include "reports/model/kill_matrix.hpp"
#include "reports/model/report.hpp"

namespace awlab::reports {

/// One lane of one run.
struct LaneSummary {
  std::string lane;
  Verdict verdict = Verdict::kInconclusive;
  double seconds = 0;
  std::uint64_t executions = 0;
  std::vector<Canary> canaries;
};

/// A finding in a run, as far as its state in later runs depends on it.
struct SeenBug {
  std::string id;  // as of finding_id()
  Replay replay;
};

/// One run, without the parts that only its own page would show.
struct RunSummary {
  std::string id;
  std::string started_at;
  std::optional<std::string> finished_at;
  std::string subject;
  std::string commit;
  Shard shard;
  Verdict verdict = Verdict::kInconclusive;
  double seconds = 0;  // the sum over the lanes: time spent on testing
  std::vector<LaneSummary> lanes;
  std::vector<SeenBug> findings;
};

/// One row about a bug, as it was last seen.
struct BugSummary {
  Kind kind = Kind::kCrash;
  std::string property;
  std::string lane;
  std::string scenario;
  std::string summary;    // at most kMostSummary bytes
  std::string last_seen;  // start of that run
};
inline constexpr std::size_t kMostSummary = 300;

struct History {
  std::vector<RunSummary> runs;            // in the order of their start; each once
  Report latest;                           // of the last run
  std::optional<Report> previous;          // of the run before it on the same subject and shard
  std::map<std::string, BugSummary> bugs;  // by finding_id()
  std::optional<KillMatrix> matrix;        // the one that started last
  std::vector<std::string> skipped;        // one line for each unusable file
};

/// Reads files, and all *.json files in directories (not below them). Their order does not matter:
/// runs are sorted by start. Of two reports of one run (id, start, subject) the finished one
/// counts, else the one read later.
///
/// A file that is neither a report nor a kill matrix is skipped and named in `skipped` if it was
/// found in a directory; it is an error if it was named itself. A history without any report is an
/// error, unless there is a kill matrix: then `latest` describes the matrix's run and has no lanes.
/// Memory: the largest file, plus the summaries, plus two reports for each subject and shard.
[[nodiscard]] Result<History> read_history(std::span<const std::filesystem::path> paths);

/// The name of a finding across runs, from its signature and subject, not from the id in its file.
[[nodiscard]] std::string bug_id(const Finding& finding);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_DASHBOARD_HISTORY_HPP_
