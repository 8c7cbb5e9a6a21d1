#include "relacy/lane.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <set>
#include <string>

#include "core/faults/catalogue.hpp"
#include "relacy/canaries.hpp"
#include "relacy/finding.hpp"
#include "relacy/options.hpp"
#include "reports/environment.hpp"
#include "reports/report_file.hpp"

namespace awlab::relacy {
namespace {

using Clock = std::chrono::steady_clock;

// What "exhaustive" does not mean here.
constexpr std::array<const char*, 6> kLimits = {
    "full and bounded search: a load sees at most one older store; random search: two",
    "a failing compare-exchange reads the newest store",
    "stores join the modification order in the order of execution",
    "a plain store continues the release sequence of an earlier store of its own thread, as before "
    "C++20",
    "a sequentially consistent fence is stronger than the standard's: no IRIW through fences",
    "an acquire failure order above a weaker success order is made of a relaxed read and a fence"};

std::atomic<bool> stop_requested{false};

void request_stop(int /*signal*/) { stop_requested.store(true, std::memory_order_relaxed); }

// Called inside a simulation: no allocation. A live line on a terminal, else one line a minute.
void show_progress(std::uint64_t executions) {
  static Clock::time_point last = Clock::now();
  const bool terminal = isatty(STDERR_FILENO) == 1;
  if (terminal || Clock::now() - last > std::chrono::minutes(1)) {
    last = Clock::now();
    std::fprintf(stderr, terminal ? "\r%llu executions ...  \r" : "%llu executions ...\n",
                 static_cast<unsigned long long>(executions));
  }
}

class LaneRun {
 public:
  LaneRun(const Subject& subject, const Options& options, std::string command)
      : subject_(subject),
        options_(options),
        report_(
            reports::new_report(std::move(command), options.seed, {},
                                {std::string(subject.info.name), std::string(subject.info.source),
                                 std::string(subject.info.sha256)})),
        start_(Clock::now()),
        deadline_(options.seconds ? start_ + std::chrono::duration_cast<Clock::duration>(
                                                 std::chrono::duration<double>(*options.seconds))
                                  : Clock::time_point::max()) {
    lane_.lane = "relacy";
    lane_.limits.assign(kLimits.begin(), kLimits.end());
    lane_.coverage["searches"] = reports::Json::array();
  }

  int run() {
    // Before the work: a report that cannot be written must not cost it.
    if (!save()) {
      return 2;
    }
    lane_.canaries = run_canaries();
    for (const reports::Canary& canary : lane_.canaries) {
      fmt::print("canary {:<22} {} ({:.1f} s)\n", canary.fault,
                 canary.killed ? "caught" : "NOT CAUGHT", canary.seconds);
    }
    fmt::print("{:<27} {:>2}  {:<8} {:>11} {:>9} {:>7}  {}\n", "scenario", "N", "search",
               "executions", "per s", "s", "result");
    for (const PlanItem& item : plan(options_, subject_.info.name)) {
      run_item(item, true);
      if (!save()) {
        return 2;
      }
    }
    if (options_.nightly) {
      fill_the_night();
    }
    if (!stop_requested) {
      finish(report_, reports::utc_time());
    }
    settle();
    if (!save()) {
      return 2;
    }
    fmt::print("relacy: {} on {} in {:.0f} s, {} findings{}\n", to_string(report_.verdict),
               subject_.info.name, lane_.seconds, report_.findings.size(),
               options_.json.empty() ? "" : ", report in " + options_.json);
    return reports::exit_code(report_.verdict);
  }

  /// Compares what is found with the catalogue. Returns 0 if they agree, else 1.
  int verify() {
    for (const PlanItem& item : plan(options_, subject_.info.name)) {
      run_item(item, false);
    }
    std::set<Kind> found;
    for (const reports::Finding& finding : report_.findings) {
      found.insert(finding.kind);
    }
    const Fault* fault = find_fault(subject_.info.name);
    const bool must_be_seen = fault != nullptr && !fault->survives() && fault->relacy_blind.empty();
    bool as_expected = !must_be_seen || !found.empty();
    for (const Kind kind : found) {
      as_expected = as_expected && fault != nullptr && std::ranges::count(fault->kinds, kind) > 0;
    }
    fmt::print("{}: {}\n", subject_.info.name,
               as_expected ? "as the catalogue says" : "NOT as the catalogue says");
    return as_expected ? 0 : 1;
  }

 private:
  void run_item(const PlanItem& item, bool counts) {
    SearchOptions search;
    search.search = item.search;
    search.context_bound = item.context_bound;
    search.executions = item.executions;
    search.seed = next_seed_;
    search.deadline = deadline_;
    search.stop = &stop_requested;
    search.progress = &show_progress;
    const Outcome outcome = relacy::run({.make = subject_.find(item.scenario->name),
                                         .producers = item.producers,
                                         .threads = item.scenario->consumers + item.producers},
                                        search);
    if (item.search == Search::kRandom) {
      next_seed_ += outcome.executions;
    }
    lane_.executions += outcome.executions;
    if (counts) {
      complete_ = complete_ && (outcome.complete || outcome.violation);
    }
    print_row(item, outcome);
    reports::Json row = {{"scenario", item.scenario->name},  {"producers", item.producers},
                         {"search", to_string(item.search)}, {"executions", outcome.executions},
                         {"cut_by_poll_bound", outcome.cut}, {"complete", outcome.complete},
                         {"seconds", outcome.seconds}};
    if (item.search == Search::kBound) {
      row["context_bound"] = item.context_bound;
    }
    lane_.coverage["searches"].push_back(std::move(row));
    if (outcome.violation) {
      Found found = describe_finding(subject_.info, item, outcome);
      if (add_finding(report_, std::move(found.finding))) {
        fmt::print("{}", found.text);
      }
    }
    std::fflush(stdout);
  }

  static void print_row(const PlanItem& item, const Outcome& outcome) {
    std::string result = outcome.violation  ? std::string(awlab::to_string(outcome.violation->kind))
                         : outcome.complete ? "ok"
                                            : "not finished";
    if (outcome.cut > 0) {
      result += fmt::format(" ({} executions cut by the bound on polls)", outcome.cut);
    }
    const std::string search = item.search == Search::kBound
                                   ? fmt::format("bound {}", item.context_bound)
                                   : std::string(to_string(item.search));
    fmt::print("{:<27} {:>2}  {:<8} {:>11} {:>9.0f} {:>7.2f}  {}\n", item.scenario->name,
               item.producers, search, outcome.executions,
               static_cast<double>(outcome.executions) / std::max(outcome.seconds, 1e-3),
               outcome.seconds, result);
  }

  // Random executions of larger programs, each for a while, until the time is up.
  void fill_the_night() {
    for (int producers = 3; Clock::now() < deadline_ && !stop_requested;
         producers = producers == 5 ? 3 : producers + 1) {
      for (const ScenarioInfo& scenario : kScenarios) {
        if (producers <= scenario.max_producers && Clock::now() < deadline_) {
          run_item({.scenario = &scenario,
                    .producers = producers,
                    .search = Search::kRandom,
                    .executions = kRandomExecutions},
                   false);
        }
      }
    }
  }

  void settle() {
    lane_.seconds = std::chrono::duration<double>(Clock::now() - start_).count();
    lane_.verdict = reports::lane_verdict(!report_.findings.empty(), complete_ && !stop_requested,
                                          lane_.canaries);
    report_.lanes = {lane_};
    report_.verdict = reports::overall_verdict(report_);
  }

  // Writes what there is so far. False, with a message, if that fails.
  bool save() {
    if (options_.json.empty()) {
      return true;
    }
    settle();
    const reports::Status written = reports::write_report(options_.json, report_);
    if (!written) {
      fmt::print(stderr, "lab relacy: {}\n", written.error());
    }
    return written.ok();
  }

  const Subject& subject_;
  const Options& options_;
  reports::Report report_;
  reports::Lane lane_;
  Clock::time_point start_;
  Clock::time_point deadline_;
  std::uint64_t next_seed_ = options_.seed;
  bool complete_ = true;
};

}  // namespace

int run_lane(const Subject& subject, int argc, char** argv) {
  const Parsed parsed = parse(argc, argv);
  if (!parsed.options) {
    return parsed.exit_code;
  }
  std::signal(SIGINT, &request_stop);
  std::signal(SIGTERM, &request_stop);
  std::vector<std::string> words = {"./lab", "relacy"};
  if (subject.info.source.starts_with("core/faults/")) {
    words.insert(words.end(), {"--fault", std::string(subject.info.name)});
  }
  words.insert(words.end(), argv + 1, argv + argc);
  LaneRun run(subject, *parsed.options, reports::command_line(words));
  return parsed.options->verify || parsed.options->canary ? run.verify() : run.run();
}

}  // namespace awlab::relacy
