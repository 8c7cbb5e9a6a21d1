#include "fuzz/explore/explore_lane.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <limits>
#include <map>
#include <string_view>
#include <vector>

#include "fuzz/explore/explore_options.hpp"
#include "fuzz/explore/explore_plan.hpp"
#include "fuzz/explore/finding.hpp"
#include "fuzz/machine/scenarios.hpp"
#include "fuzz/schedule/artifact.hpp"
#include "reports/lane/lane_run.hpp"
#include "reports/lane/live_line.hpp"
#include "reports/lane/subject_options.hpp"

namespace awlab::explore {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::array<const char*, 5> kLimits = {
    "only these scenarios with these numbers of producers: nothing is said of larger programs",
    "the memory model is RC11: no out-of-thin-air values; C++20 forbids a few more executions that "
    "mix seq_cst and other accesses",
    "one order of each execution graph is run: what the scenario's own books see may depend on it",
    "what the compiler makes of the code is not seen: the source runs on simulated atomics",
    "block_on: an execution that polls more often than its bound is counted as blocked, not "
    "complete"};

// A scenario with more states is not tried with more producers: each one multiplies them by 10 to
// 50. Our cell never comes to it.
constexpr std::uint64_t kMostStatesToGrow = 100'000;

// So many states of one search, a few seconds, unless the number of producers is given. Our cell
// never comes to it; one whose calls wait for each other does.
constexpr std::uint64_t kMostStates = 5'000'000;

std::string progress_line(const ExploreItem& item, const Counts& counts, double done,
                          Clock::time_point start) {
  return fmt::format(
      "{} N = {}: {} complete, about {:.0f} % (estimate: {:.3g} in all), {:.0f} states/s",
      item.scenario->name, item.producers, counts.complete, 100 * done,
      done > 0 ? static_cast<double>(counts.complete) / done : 0,
      static_cast<double>(counts.states) / lane::seconds_since(start));
}

class ExploreRun final : public lane::LaneRun {
 public:
  ExploreRun(const SubjectModule& subject, const ExploreOptions& options, std::string command)
      : LaneRun(options, {.lane = "explore",
                          .subject = subject,
                          .command = std::move(command),
                          .shard = options.shard,
                          .limits = {kLimits.begin(), kLimits.end()}}),
        subject_(subject),
        options_(options) {
    report().lane().coverage["searches"] = reports::Json::array();
    report().lane().coverage["rows"] = rows_to_json<reports::Json>(rows_);
  }

 private:
  bool work() override {
    if (!compares()) {
      fmt::print("{:<27} {:>2} {:>12} {:>8} {:>12} {:>8}  {}\n", "scenario", "N", "complete",
                 "blocked", "states", "s", "result");
    }
    for (const ExploreItem& item : plan(options_, subject_)) {
      if (!options_.producers && grows_too_large(item)) continue;
      if (!explore(item) || !report().save()) return false;
      if (found_enough(findings())) break;
    }
    return true;
  }

  // True if this scenario had so many states with fewer producers that it would not end; says so.
  bool grows_too_large(const ExploreItem& item) {
    const auto before = states_.find(item.scenario->name);
    if (before == states_.end() || before->second <= kMostStatesToGrow) return false;
    const std::string limit = fmt::format(
        "{} with N = {} is not tried: with fewer producers it has {} states already (--scenario {} "
        "--producers {} tries it)",
        item.scenario->name, item.producers, before->second, item.scenario->name, item.producers);
    report().lane().limits.push_back(limit);
    if (!compares()) fmt::print("{}\n", limit);
    return true;
  }

  ExploreOutcome search(const ExploreItem& item, machine::Machine& machine, bool symmetric) {
    lane::LiveLine line;
    const auto progress = [&, start = Clock::now()](const Counts& counts, double done) {
      if (line.is_due()) line.show(progress_line(item, counts, done, start));
    };
    return Explorer(machine,
                    {.alike_from = symmetric ? item.scenario->consumers : kMaxSimulatedThreads,
                     .shard = static_cast<unsigned>(options_.shard.index),
                     .shards = static_cast<unsigned>(options_.shard.total),
                     .most_states = options_.producers && options_.scenario
                                        ? std::numeric_limits<std::uint64_t>::max()
                                        : kMostStates,
                     .stop = &lane::stop_requested,
                     .deadline = deadline_,
                     .progress = progress})
        .run();
  }

  // Searches one item of the plan. Returns false, after a message, if a finding could not be
  // written.
  bool explore(const ExploreItem& item) {
    machine::Machine machine(
        machine::scenario_program(*subject_.cell, item.scenario->name, item.producers));
    const bool symmetric = options_.symmetry && item.scenario->interchangeable;
    const Clock::time_point start = Clock::now();
    const ExploreOutcome outcome = search(item, machine, symmetric);
    const double seconds = lane::seconds_since(start);
    states_[item.scenario->name] = outcome.counts.states;
    add_row(item, outcome, symmetric, seconds);
    if (outcome.contradiction) {
      report().doubt(describe(*outcome.contradiction, machine.scenario().names()));
    } else if (outcome.bounded && !outcome.violation) {
      report().lane().limits.push_back(
          fmt::format("{} with N = {}: only the first {} states are searched (with --scenario and "
                      "--producers all are)",
                      item.scenario->name, item.producers, kMostStates));
    } else if (!outcome.finished && !outcome.violation) {
      report().mark_incomplete();
    }
    const bool written = !outcome.violation || add_finding(item, machine, outcome);
    std::fflush(stdout);
    return written;
  }

  void add_row(const ExploreItem& item, const ExploreOutcome& outcome, bool symmetric,
               double seconds) {
    const Counts& counts = outcome.counts;
    report().lane().executions += counts.complete + counts.cut;
    // Another cell's values mean something else, so it has no rows.
    if (subject_.info.own) add_counts(rows_, counts.rows);
    report().lane().coverage["rows"] = rows_to_json<reports::Json>(rows_);
    report().lane().coverage["searches"].push_back({{"scenario", item.scenario->name},
                                                    {"producers", item.producers},
                                                    {"symmetry", symmetric},
                                                    {"complete", counts.complete},
                                                    {"blocked", counts.cut},
                                                    {"states", counts.states},
                                                    {"edges", counts.edges},
                                                    {"executions", counts.executions},
                                                    {"finished", outcome.finished},
                                                    {"seconds", seconds}});
    if (counts.overlong > 0) {
      report().lane().limits.push_back(fmt::format(
          "{} with N = {}: {} executions are longer than the machine holds ({} steps), and "
          "not judged",
          item.scenario->name, item.producers, counts.overlong, machine::kMaxEvents));
    }
    const std::string_view result = outcome.violation  ? to_string(outcome.violation->kind)
                                    : outcome.finished ? "ok"
                                    : outcome.bounded  ? "bounded"
                                                       : "not finished";
    fmt::print("{:<27} {:>2} {:>12} {:>8} {:>12} {:>8.3f}  {}\n", item.scenario->name,
               item.producers, counts.complete, counts.cut, counts.states, seconds, result);
  }

  bool add_finding(const ExploreItem& item, machine::Machine& machine,
                   const ExploreOutcome& outcome) {
    auto described = describe_finding(subject_, item, machine, outcome);
    if (!described) return report().doubt(described.error()), true;
    ExploredFinding& explored = described.value();
    reports::Finding& finding = explored.found.finding;
    if (compares()) {
      report().add(std::move(finding));
      return true;
    }
    const std::string artifact = artifact_of(finding);
    finding.artifact = artifact;
    if (!report().add(std::move(finding))) {
      return true;
    }
    fmt::print("{}", explored.found.text);
    return write(artifact, encode(explored.schedule));
  }

  // Writes beside the report, or in out/ if there is none.
  bool write(const std::string& artifact, const std::string& bytes) {
    const std::filesystem::path base =
        options_.json.empty() ? "out" : std::filesystem::path(options_.json).parent_path();
    const std::string file = base / artifact;
    const reports::Status written = write_artifact(file, bytes);
    if (!written) {
      fmt::print(stderr, "lab explore: {}\n", written.error());
      return false;
    }
    fmt::print("  schedule   {}, for {}\n\n", file, lane::replay_command(subject_, file));
    return true;
  }

  const SubjectModule& subject_;
  const ExploreOptions& options_;
  std::map<std::string_view, std::uint64_t> states_;  // of each scenario's last search
  RowCounts rows_{};  // of all searches; one graph of each class, if symmetry is used
  const Clock::time_point deadline_ = lane::deadline_of(options_.seconds);
};

}  // namespace

int run_lane(int argc, char** argv) {
  return lane::run_simulated<ExploreRun>("explore", parse(argc, argv), argc, argv);
}

}  // namespace awlab::explore
