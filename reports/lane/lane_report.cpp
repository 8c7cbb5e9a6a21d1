#include "reports/lane/lane_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <cstdio>

#include "core/faults/catalogue.hpp"
#include "reports/lane/subject_options.hpp"
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

LaneReport::LaneReport(const Start& start)
    : json_(start.json),
      report_(reports::new_report(
          start.command, start.seed, start.shard,
          {std::string(start.subject.info.name), std::string(start.subject.info.source),
           std::string(start.subject.info.sha256)},
          start.sanitizer)) {
  if (!start.flags.empty()) report_.build.flags += " " + start.flags;
  lane_.lane = start.lane;
  lane_.limits = start.limits;
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

void LaneReport::settle() {
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start_;
  lane_.seconds = seconds_before_ + spent.count();
  lane_.verdict = reports::lane_verdict(!report_.findings.empty(), complete_ && !stop_requested,
                                        lane_.canaries);
  report_.lanes = {lane_};
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
  return written.ok();
}

int LaneReport::verify(bool visible) const {
  const std::string& name = report_.subject.name;
  if (!complete_ || stop_requested) {
    fmt::print("{}: not finished\n", name);
    return 3;
  }
  const Fault* fault = find_fault(name);
  const bool must_be_seen = fault != nullptr && !fault->survives() && visible;
  bool as_expected = !must_be_seen || !report_.findings.empty();
  for (const reports::Finding& finding : report_.findings) {
    as_expected =
        as_expected && fault != nullptr && std::ranges::count(fault->kinds, finding.kind) > 0;
  }
  fmt::print("{}: {}\n", name, as_expected ? "as the catalogue says" : "NOT as the catalogue says");
  return as_expected ? 0 : 1;
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
