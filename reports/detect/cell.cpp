#include "reports/detect/cell.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "reports/model/report_file.hpp"

namespace awlab::detect {
namespace {

using reports::CellOutcome;

constexpr double kHangSeconds = 30;  // beyond the lane's time

// The reason why silence proves nothing: nothing was run, no two calls met, or a count has no
// finding. Empty if silence counts.
std::string doubt_of(const reports::Lane& lane) {
  const auto count = [&](const char* name) { return lane.stats.value(name, reports::Json()); };
  if (lane.executions == 0) return "nothing was run";
  if (count("contended_rounds") == 0) return "no two calls met";
  for (const char* name : {"violations", "crashes", "lost_reports"}) {
    if (count(name).is_number_unsigned() && count(name) != 0) {
      return fmt::format("{} were counted, and none is a finding", name);
    }
  }
  return "";
}

std::string names_of(const std::vector<reports::Finding>& findings) {
  std::string names;
  for (const reports::Finding& finding : findings) {
    const std::string_view name = to_string(finding.kind);
    if (names.find(name) == std::string::npos) {
      names += (names.empty() ? "" : ", ") + std::string(name);
    }
  }
  return names;
}

}  // namespace

CellJob cell_job(const Fault& fault, const std::string& lane, double seconds,
                 const std::filesystem::path& directory) {
  CellJob job{.fault = &fault, .lane = lane, .seconds = seconds, .directory = directory};
  std::vector<std::string>& words = job.task.words;
  words = lane::program_words(lane);
  words.insert(words.end(), {"--fault", fault.id, "--bare", "--until-found"});
  const std::vector<std::string> run = lane::run_words(lane, seconds, directory);
  words.insert(words.end(), run.begin(), run.end());
  if (lane == "fuzz") words.insert(words.end(), {"--workers", "1"});
  job.task.log = directory / "log";
  job.task.seconds = seconds + kHangSeconds;
  return job;
}

reports::MatrixCell judge_cell(const CellJob& job, const reports::Result<lane::ChildEnd>& end) {
  reports::MatrixCell cell{.lane = job.lane,
                           .seconds = job.seconds_before + (end ? end.value().seconds : 0)};
  const bool harmful = !job.fault->survives();
  const auto accused = [&](bool named) {
    if (!harmful) return CellOutcome::kFlagged;
    return named || job.fault->shows_as_any_kind(job.lane) ? CellOutcome::kKilled
                                                           : CellOutcome::kInconclusive;
  };
  const reports::Result<reports::Report> report = reports::read_report(job.report_file());
  if (report && !report.value().findings.empty()) {
    const std::vector<reports::Finding>& findings = report.value().findings;
    const bool named = std::ranges::any_of(
        findings, [&](const reports::Finding& finding) { return job.fault->names(finding.kind); });
    cell.outcome = accused(named);
    if (!named) cell.why = "found as " + names_of(findings);
  } else if (!end) {
    cell.why = end.error();
  } else if (report && end.value().crashed() && !end.value().hung) {  // a finding of every night
    cell.outcome = accused(false);
    cell.why = "its program ended with " + to_string(end.value());
  } else if (!report) {
    cell.why =
        fmt::format("{} and no report: {}", to_string(end.value()), lane::last_line(job.task.log));
  } else if (end.value().hung || !(end.value().exited_with(0) || end.value().exited_with(3))) {
    cell.why = fmt::format("{} after {} executions: {}", to_string(end.value()),
                           report.value().lanes.front().executions, lane::last_line(job.task.log));
  } else if (const std::string doubt = doubt_of(report.value().lanes.front()); !doubt.empty()) {
    cell.why = doubt;
  } else if (!harmful) {
    cell.outcome = CellOutcome::kSurvived;
  } else {
    cell.why = job.fault->blind(job.lane);
    if (const std::string chance = job.fault->by_chance(job.lane); !chance.empty()) {
      cell.why = "not seen on this host: " + chance;
    }
    cell.outcome = cell.why.empty() ? CellOutcome::kMissed : CellOutcome::kNotVisible;
  }
  return cell;
}

}  // namespace awlab::detect
