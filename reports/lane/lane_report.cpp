#include "reports/lane/lane_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <utility>

#include "core/faults/catalogue.hpp"
#include "reports/lane/subject_choice.hpp"
#include "reports/lane/untried.hpp"
#include "reports/model/environment.hpp"
#include "reports/model/report_file.hpp"

namespace awlab::lane {

std::atomic<bool> stop_requested{false};

void end_on_signals() {
  const auto request = [](int /*signal*/) {
    stop_requested.store(true, std::memory_order_relaxed);
  };
  std::signal(SIGINT, request);
  std::signal(SIGTERM, request);
  // The parent may have ignored the signal; then the system forgets how children end.
  std::signal(SIGCHLD, SIG_DFL);
}

std::string command_of(int argc, char** argv) {
  std::vector<std::string> words = {"./lab"};
  words.insert(words.end(), argv, argv + argc);
  return reports::command_line(words);
}

LaneReport::LaneReport(const Start& start, std::string json)
    : json_(std::move(json)),
      subject_(start.subject),
      report_(reports::new_report(
          start.command, start.seed, start.shard,
          {std::string(start.subject.info.name), std::string(start.subject.info.source),
           std::string(start.subject.info.sha256)},
          start.sanitizer)) {
  if (!start.flags.empty()) report_.build.flags += " " + start.flags;
  lane_.lane = start.lane;
  lane_.limits = start.limits;
  if (start.subject.cell != nullptr) {
    if (std::string limit = untried(start.subject.cell->promises); !limit.empty()) {
      lane_.limits.push_back(std::move(limit));
    }
  }
}

void LaneReport::resume(const reports::Report& checkpoint) {
  report_.run = checkpoint.run;
  report_.run.finished_at.reset();
  report_.findings = checkpoint.findings;
  for (const reports::Lane& lane : checkpoint.lanes) seconds_before_ += lane.seconds;
}

void LaneReport::set_findings(std::vector<reports::Finding> findings) {
  report_.findings.clear();
  for (reports::Finding& finding : findings) add(std::move(finding));
}

void LaneReport::doubt(const std::string& reason) {
  complete_ = false;
  if (std::ranges::count(lane_.limits, reason) > 0) return;
  lane_.limits.push_back(reason);
  doubt_ += (doubt_.empty() ? "" : "; ") + reason;
  fmt::print("no verdict: {}\n", reason);
}

bool LaneReport::has_unseen() {
  const std::vector<Unseen>& unseen = unseen_of(subject_);
  if (unseen.empty()) return false;
  constexpr std::size_t kMost = 20;  // in the report: one is enough for the verdict
  for (std::size_t i = 0; i < std::min(kMost, unseen.size()); ++i) {
    lane_.limits.push_back(fmt::format("not seen: {}, {}", unseen[i].position, unseen[i].thing));
  }
  doubt(why_no_verdict(unseen));
  return true;
}

void LaneReport::settle() {
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start_;
  lane_.seconds = seconds_before_ + spent.count();
  // A lane that dies leaves its last report, which must not say that it has passed.
  const bool ended = report_.run.finished_at && is_complete();
  lane_.verdict = reports::lane_verdict(!report_.findings.empty(), ended, lane_.canaries);
  report_.lanes = {lane_};
  if (!doubt_.empty()) report_.lanes.front().stats["doubt"] = doubt_;
  report_.verdict = reports::overall_verdict(report_);
}

bool LaneReport::save() {
  if (json_.empty()) {
    return true;
  }
  settle();
  const reports::Status written = reports::write_report(json_, report_);
  if (!written) {
    const std::string_view name = lane_.lane;  // stress-tsan belongs to lab stress
    fmt::print(stderr, "lab {}: {}\n", name.substr(0, name.find('-')), written.error());
  }
  return written.has_value();
}

bool LaneReport::caught(const std::vector<reports::Finding>& findings) const {
  const Fault* fault = find_fault(report_.subject.name);
  return fault != nullptr && fault->must_show(lane_.lane) &&
         std::ranges::any_of(findings, [&](const reports::Finding& finding) {
           return fault->shown_by(finding.kind, lane_.lane);
         });
}

int LaneReport::compare(bool every) const {
  const std::string& name = report_.subject.name;
  if (every && !is_complete()) {
    fmt::print("{}: not finished\n", name);
    return 3;
  }
  const Fault* fault = find_fault(name);
  const bool no_other = std::ranges::all_of(report_.findings, [&](const reports::Finding& finding) {
    return fault != nullptr && fault->shown_by(finding.kind, lane_.lane);
  });
  const bool must_show = fault != nullptr && fault->must_show(lane_.lane);
  const bool agrees =
      must_show ? caught(report_.findings) && (no_other || !every) : is_complete() && no_other;
  fmt::print("{}: {}\n", name, agrees ? "as the catalogue says" : "NOT as the catalogue says");
  return agrees ? 0 : 1;
}

int LaneReport::finish() {
  if (!stop_requested) {
    reports::finish(report_, reports::utc_time());
  }
  settle();
  if (!save()) {
    return 2;
  }
  fmt::print("{}: {} on {} in {:.0f} s, {} findings{}\n", lane_.lane, to_string(report_.verdict),
             report_.subject.name, lane_.seconds, report_.findings.size(),
             json_.empty() ? "" : ", report in " + json_);
  return reports::exit_code(report_.verdict);
}

}  // namespace awlab::lane
