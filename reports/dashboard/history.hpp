// What the dashboard knows: the latest report in full, and of every earlier run what a line in a
// chart or a row in a table needs. A year of nights is a few hundred kilobytes of this.
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
  Verdict verdict = Verdict::inconclusive;
  double seconds = 0;
  std::uint64_t executions = 0;
  std::vector<Canary> canaries;
};

/// A finding of a run, as far as its state in later runs depends on it.
struct SeenBug {
  std::string id;  // as of finding_id()
  Replay replay;
};

/// One run, without what only its own page would show.
struct RunSummary {
  std::string id;
  std::string started_at;
  std::optional<std::string> finished_at;
  std::string subject;
  std::string commit;
  Shard shard;
  Verdict verdict = Verdict::inconclusive;
  double seconds = 0;  // the sum over the lanes: time spent on testing
  std::vector<LaneSummary> lanes;
  std::vector<SeenBug> findings;
};

/// A bug as it was when it was last seen, in one row.
struct BugSummary {
  Kind kind = Kind::kCrash;
  std::string property;
  std::string lane;
  std::string scenario;
  std::string summary;    // at most kMostSummary bytes
  std::string last_seen;  // when that run started
};
inline constexpr std::size_t kMostSummary = 300;

struct History {
  std::vector<RunSummary> runs;            // in the order of their start; each once
  Report latest;                           // of the last run
  std::optional<Report> previous;          // of the run before it on the same subject and shard
  std::map<std::string, BugSummary> bugs;  // by finding_id()
  std::optional<KillMatrix> matrix;        // the one that started last
  std::vector<std::string> skipped;        // one line for each file that says nothing
};

/// Reads files, and all *.json in directories (not below them). Order does not matter: runs are
/// sorted by start. Of two reports of one run (id, start, subject) the finished one counts, else the
/// one read later.
///
/// In a directory a file that is neither report nor kill matrix is left out and named in
/// `skipped`; one that was named itself is an error. So is a history without any report, unless there
/// is a kill matrix: then `latest` tells of that run, and has no lanes.
/// Memory: the largest file, plus the summaries, plus two reports for each subject and shard.
[[nodiscard]] Result<History> read_history(std::span<const std::filesystem::path> paths);

/// The name of a finding across runs: what its signature and subject say, not what its file says.
[[nodiscard]] std::string bug_id(const Finding& finding);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_DASHBOARD_HISTORY_HPP_
