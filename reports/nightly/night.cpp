#include "reports/nightly/night.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <random>
#include <system_error>
#include <thread>
#include <utility>

#include "core/support/random.hpp"
#include "reports/compare/united_findings.hpp"
#include "reports/lane/lane_report.hpp"
#include "reports/lane/live_line.hpp"
#include "reports/model/environment.hpp"
#include "reports/model/inconclusive.hpp"

namespace awlab::nightly {
namespace {

constexpr std::uint64_t kMostSeed = 0xffffffff;  // the largest that libFuzzer takes
constexpr auto kBetweenLooks = std::chrono::milliseconds(5);

// The default seed: the day's for a shard, because the parts of one run must share it; else random.
std::uint64_t some_seed(const reports::Shard& shard) {
  if (shard.total > 1) {
    const auto day = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    return static_cast<std::uint64_t>(day.time_since_epoch().count());
  }
  std::random_device device;
  return device();
}

// The subject's name alone, until its lanes report the rest.
reports::Subject unknown_subject(const std::string& name) {
  return {name, "unknown", std::string(64, '0')};
}

// A running child, or the reason why it does not run.
struct Running {
  LaneJob job;
  std::unique_ptr<lane::Child> child;
  std::optional<reports::Result<lane::ChildEnd>> end;
};

Running start(LaneJob job) {
  std::error_code failed;
  std::filesystem::remove_all(job.directory, failed);  // leftovers of the night before
  std::filesystem::create_directories(job.directory, failed);
  reports::Result<lane::Child> child = lane::Child::start(job.task);
  Running running{.job = std::move(job), .child = nullptr, .end = std::nullopt};
  if (child) {
    running.child = std::make_unique<lane::Child>(std::move(child.value()));
  } else {
    running.end = reports::Error{child.error()};
  }
  return running;
}

}  // namespace

Night::Night(const NightlyOptions& options, Heartbeat& heartbeat, Save save)
    : options_(options),
      heartbeat_(heartbeat),
      save_(std::move(save)),
      seed_(options.seed.value_or(some_seed(options.shard))),
      budget_(options.minutes * 60),
      report_(reports::new_report(options.command, seed_, options.shard,
                                  unknown_subject(options.subject.name()))),
      kept_(options) {}

double Night::gone() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

// Gives each lane of each shard a seed of its own. Seeds are mixed, because seeds of nights are
// neighbours, and lanes count up from theirs: relacy by the random execution, the fuzzer by the
// worker.
LaneJob Night::prepare(std::size_t lane) const {
  const std::uint64_t of_lane = Random(Random(seed_).next() + lane).next();
  const std::uint64_t own = Random(of_lane + options_.shard.index).next();
  return lane_job(options_, std::string(kShares.at(lane).lane), budget_.seconds_for(lane, gone()),
                  own % kMostSeed);
}

reports::Report Night::run() {
  fmt::print("{} minutes on {} cores, seed {}, into {}\n\n{}\n", options_.minutes,
             report_.host.cores, seed_, options_.out.string(), budget_.text());
  std::fflush(stdout);
  const bool side_by_side = report_.host.cores > 1;
  std::vector<std::size_t> once;
  for (std::size_t lane = 0; lane < kShares.size(); ++lane) {
    if (kShares.at(lane).once && side_by_side) once.push_back(lane);
  }
  run_together(once);
  for (std::size_t lane = once.size(); lane < kShares.size(); ++lane) run_together({lane});
  if (!lane::stop_requested) reports::finish(report_, reports::utc_time());
  return report_;
}

void Night::run_together(const std::vector<std::size_t>& lanes) {
  if (lane::stop_requested) return;
  std::vector<Running> running;
  std::string names;
  for (const std::size_t lane : lanes) {
    running.push_back(start(prepare(lane)));
    names += (names.empty() ? "" : ", ") + running.back().job.lane;
  }
  lane::LiveLine line;
  const auto ended = [](const Running& one) { return one.end.has_value(); };
  while (!std::ranges::all_of(running, ended)) {
    for (Running& one : running) {
      if (one.end) continue;
      if (const auto end = one.child->poll()) one.end = *end;
    }
    heartbeat_.beat();
    if (line.is_due()) {
      line.show(
          fmt::format("{}: {:.0f} of {:.0f} s of the night", names, gone(), options_.minutes * 60));
    }
    std::this_thread::sleep_for(kBetweenLooks);
  }
  line.clear();
  for (const Running& one : running) add(one.job, *one.end);
}

void Night::add(const LaneJob& job, const reports::Result<lane::ChildEnd>& end) {
  reports::Report blank = report_;
  blank.lanes.clear();
  blank.findings.clear();
  reports::Report lane = report_of(job, end, blank);
  for (reports::Finding& finding : lane.findings) {
    if (finding.artifact) {
      finding.artifact = (std::filesystem::path("lanes") / job.lane / *finding.artifact).string();
    }
  }
  // A lane that did not run knows nothing of the subject.
  if (lane.subject.source != blank.subject.source || lanes_.empty()) report_.subject = lane.subject;
  report_.lanes.push_back(lane.lanes.front());
  lanes_.push_back(lane);
  std::vector<const reports::Report*> all;
  for (const reports::Report& one : lanes_) all.push_back(&one);
  report_.findings = reports::unite_findings(all);
  for (reports::Finding& finding : report_.findings) kept_.keep(finding);
  report_.verdict = reports::overall_verdict(report_);
  const reports::Lane& said = lane.lanes.front();
  fmt::print("{:<14} {:<13} {:>6.0f} s {:>14} executions, {} findings{}\n", job.lane,
             to_string(said.verdict), said.seconds, said.executions, lane.findings.size(),
             said.verdict == reports::Verdict::kInconclusive
                 ? ": " + reports::why_inconclusive(lane, said)
                 : "");
  std::fflush(stdout);
  save_(report_);
}

}  // namespace awlab::nightly
