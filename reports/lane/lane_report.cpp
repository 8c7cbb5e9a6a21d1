#include "reports/lane/lane_report.hpp"

#include <fmt/format.h>

#include <csignal>
#include <cstdio>

#include "reports/environment.hpp"
#include "reports/report_file.hpp"

namespace awlab::lane {

std::atomic<bool> stop_requested{false};

void end_on_signals() {
  const auto request = [](int /*signal*/) {
    stop_requested.store(true, std::memory_order_relaxed);
  };
  std::signal(SIGINT, request);
  std::signal(SIGTERM, request);
}

std::string command_of(std::string_view lane, const Subject& subject, int argc, char** argv) {
  std::vector<std::string> words = {"./lab", std::string(lane)};
  if (subject.is_fault()) {
    words.insert(words.end(), {"--fault", std::string(subject.info.name)});
  }
  words.insert(words.end(), argv + 1, argv + argc);
  return reports::command_line(words);
}

LaneReport::LaneReport(const Start& start)
    : json_(start.json),
      report_(reports::new_report(
          start.command, start.seed, start.shard,
          {std::string(start.subject.info.name), std::string(start.subject.info.source),
           std::string(start.subject.info.sha256)})) {
  lane_.lane = start.lane;
  lane_.limits = start.limits;
}

void LaneReport::settle() {
  lane_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
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
    fmt::print(stderr, "lab {}: {}\n", lane_.lane, written.error());
  }
  return written.ok();
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
