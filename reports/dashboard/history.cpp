#include "reports/dashboard/history.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <system_error>
#include <tuple>
#include <utility>

#include "reports/model/report_file.hpp"
#include "reports/model/report_json.hpp"

namespace awlab::reports {
namespace {

namespace fs = std::filesystem;

// One fixed-width form of time: text order is time order. The id makes the order total.
auto age(const auto& run) { return std::tie(run.started_at, run.id); }

RunSummary summary_of(const Report& report) {
  RunSummary run{.id = report.run.id,
                 .started_at = report.run.started_at,
                 .finished_at = report.run.finished_at,
                 .subject = report.subject.name,
                 .commit = report.tool.commit,
                 .shard = report.run.shard,
                 .verdict = report.verdict,
                 .seconds = 0,
                 .lanes = {},
                 .findings = {}};
  for (const Lane& lane : report.lanes) {
    run.seconds += lane.seconds;
    run.lanes.push_back({lane.lane, lane.verdict, lane.seconds, lane.executions, lane.canaries});
  }
  for (const Finding& finding : report.findings) {
    run.findings.push_back({bug_id(finding), finding.replay});
  }
  return run;
}

class Collector {
 public:
  void add(Report report) {
    RunSummary run = summary_of(report);
    const Key key{run.started_at, run.id, run.subject};
    const auto known = runs_.find(key);
    if (known != runs_.end() && known->second.finished_at && !run.finished_at) return;
    for (const Finding& finding : report.findings) add_bug(finding, run.started_at);
    keep_if_recent(std::move(report), part_of(run));
    runs_[key] = std::move(run);
  }

  void add(KillMatrix matrix) {
    if (!matrix_ || age(matrix_->run) < age(matrix.run)) matrix_ = std::move(matrix);
  }

  void skip(std::string line) { skipped_.push_back(std::move(line)); }

  Result<History> finish() {
    if (runs_.empty() && matrix_) return only_matrix();
    if (runs_.empty()) {
      return Error{skipped_.empty()
                       ? std::string("no report: name a report, or a directory with one")
                       : fmt::format("no report: {}", skipped_.front())};
    }
    History history;
    for (auto& [key, run] : runs_) history.runs.push_back(std::move(run));
    std::vector<Report>& recent = recent_[part_of(history.runs.back())];
    history.latest = std::move(recent.back());
    if (recent.size() > 1) history.previous = std::move(recent.front());
    history.bugs = std::move(bugs_);
    history.matrix = std::move(matrix_);
    history.skipped = std::move(skipped_);
    return history;
  }

 private:
  // A history for a page about the lab itself, without a cell and without a run.
  History only_matrix() {
    History history;
    history.latest.tool = matrix_->tool;
    history.latest.host = matrix_->host;
    history.latest.build = matrix_->build;
    history.latest.run = matrix_->run;
    history.latest.subject = {"the faults of the catalogue", "core/faults", std::string(64, '0')};
    history.latest.verdict = matrix_->verdict;
    history.matrix = std::move(matrix_);
    history.skipped = std::move(skipped_);
    return history;
  }

  void add_bug(const Finding& finding, const std::string& started_at) {
    BugSummary& bug = bugs_[bug_id(finding)];
    if (started_at < bug.last_seen) return;
    bug = {finding.kind,
           finding.property,
           finding.lane,
           finding.scenario,
           one_line(finding.summary, kMostSummary),
           started_at};
  }

  // The part of the work. One run follows another only if both have the same subject and shard.
  using Part = std::tuple<std::string, std::uint64_t, std::uint64_t>;
  static Part part_of(const RunSummary& run) {
    return {run.subject, run.shard.index, run.shard.total};
  }

  // Keeps the last two reports of each part: only the last file tells the latest run's part.
  void keep_if_recent(Report report, const Part& part) {
    std::vector<Report>& recent = recent_[part];
    std::erase_if(recent, [&](const Report& other) { return age(other.run) == age(report.run); });
    const auto place = std::ranges::upper_bound(recent, age(report.run), {},
                                                [](const Report& other) { return age(other.run); });
    recent.insert(place, std::move(report));
    if (recent.size() > 2) recent.erase(recent.begin());
  }

  // The key has all three fields, because an id belongs to one start and one subject. So a file
  // with a false id cannot displace another run.
  using Key = std::tuple<std::string, std::string, std::string>;

  std::map<Key, RunSummary> runs_;
  std::map<Part, std::vector<Report>> recent_;
  std::map<std::string, BugSummary> bugs_;
  std::optional<KillMatrix> matrix_;
  std::vector<std::string> skipped_;
};

// Adds the report or matrix of the file. An error names the path.
Status add_file(Collector& collector, const fs::path& path) {
  const auto add = [&](auto document) { collector.add(std::move(document)); };
  return read_file(path, JsonLimits{}.bytes).and_then([&](const std::string& text) {
    return parse_json(text)
        .and_then([&](const Json& json) {
          return is_kill_matrix(json) ? kill_matrix_from_json(json).map(add)
                                      : parse_report(text).map(add);
        })
        .map_error(ErrorIn{path});
  });
}

// The *.json files in the directory, sorted by name, so that skipped files are always listed in the
// same order.
Result<std::vector<fs::path>> json_files(const fs::path& directory) {
  std::vector<fs::path> files;
  std::error_code error;
  for (auto entry = fs::directory_iterator(directory, error);
       !error && entry != fs::directory_iterator(); entry.increment(error)) {
    std::error_code ignored;
    if (entry->path().extension() == ".json" && !entry->is_directory(ignored)) {
      files.push_back(entry->path());
    }
  }
  if (error) {
    return Error{
        fmt::format("cannot read '{}': {}", one_line(directory.string()), error.message())};
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace

std::string bug_id(const Finding& finding) {
  return finding_id(finding.signature, finding.subject);
}

Result<History> read_history(std::span<const fs::path> paths) {
  Collector collector;
  for (const fs::path& path : paths) {
    std::error_code ignored;
    if (!fs::is_directory(path, ignored)) {
      if (Status status = add_file(collector, path); !status) return Error{status.error()};
      continue;
    }
    const Result<std::vector<fs::path>> files = json_files(path);
    if (!files) return Error{files.error()};
    for (const fs::path& file : files.value()) {
      if (Status status = add_file(collector, file); !status) collector.skip(status.error());
    }
  }
  return collector.finish();
}

}  // namespace awlab::reports
