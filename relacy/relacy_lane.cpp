#include "relacy/relacy_lane.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <string>

#include "relacy/relacy_options.hpp"
#include "relacy/scenarios.hpp"
#include "reports/lane/evidence.hpp"
#include "reports/lane/lane_run.hpp"
#include "reports/lane/subject_options.hpp"

namespace awlab::relacy {
namespace {

using Clock = std::chrono::steady_clock;

// The limits of "exhaustive" in this lane.
constexpr std::array<const char*, 6> kLimits = {
    "full and bounded search: a load sees at most one older store; random search: two",
    "a failing compare-exchange reads the newest store",
    "stores join the modification order in the order of execution",
    "a plain store continues the release sequence of an earlier store of its own thread, as before "
    "C++20",
    "a sequentially consistent fence is stronger than the standard's: no IRIW through fences",
    "an acquire failure order above a weaker success order is made of a relaxed read and a fence"};

// Called inside a simulation: must not allocate. A live line on a terminal, else a line a minute.
void show_progress(std::uint64_t executions) {
  static Clock::time_point last = Clock::now();
  const bool terminal = isatty(STDERR_FILENO) == 1;
  if (terminal || Clock::now() - last > std::chrono::minutes(1)) {
    last = Clock::now();
    std::fprintf(stderr, terminal ? "\r%llu executions ...  \r" : "%llu executions ...\n",
                 static_cast<unsigned long long>(executions));
  }
}

class RelacyRun final : public lane::LaneRun {
 public:
  RelacyRun(const SubjectModule& subject, const RelacyOptions& options, std::string command)
      : LaneRun(options, {.lane = "relacy",
                          .subject = subject,
                          .command = std::move(command),
                          .seed = options.seed,
                          .shard = options.shard,
                          .limits = {kLimits.begin(), kLimits.end()}}),
        subject_(subject),
        options_(options) {
    report().lane().coverage["searches"] = reports::Json::array();
  }

 private:
  bool work() override {
    if (!compares()) {
      fmt::print("{:<27} {:>2}  {:<8} {:>11} {:>9} {:>7}  {}\n", "scenario", "N", "search",
                 "executions", "per s", "s", "result");
    }
    for (const RelacyItem& item : plan(options_, subject_)) {
      if (!run_item(item)) report().mark_incomplete();
      if (!report().save()) return false;
      if (found_enough(findings())) break;
    }
    return true;
  }

  // Returns whether the search ended by itself.
  bool run_item(const RelacyItem& item) {
    SearchOptions search;
    search.search = item.search;
    search.context_bound = item.context_bound;
    search.executions = item.executions;
    search.seed = next_seed_;
    search.deadline = deadline_;
    search.stop = &lane::stop_requested;
    search.progress = &show_progress;
    const SearchOutcome outcome =
        relacy::run({.make = find_maker(item.scenario->name),
                     .setup = {*subject_.cell, item.producers},
                     .threads = item.scenario->consumers + item.producers},
                    search);
    if (item.search == Search::kRandom) {
      next_seed_ += outcome.executions;
    }
    report().lane().executions += outcome.executions;
    print_row(item, outcome);
    reports::Json row = {{"scenario", item.scenario->name},  {"producers", item.producers},
                         {"search", to_string(item.search)}, {"executions", outcome.executions},
                         {"cut_by_poll_bound", outcome.cut}, {"complete", outcome.complete},
                         {"seconds", outcome.seconds}};
    if (item.search == Search::kBound) {
      row["context_bound"] = item.context_bound;
    }
    report().lane().coverage["searches"].push_back(std::move(row));
    if (outcome.violation) {
      add_finding(item, outcome);
    }
    std::fflush(stdout);
    return outcome.complete || outcome.violation;
  }

  void add_finding(const RelacyItem& item, const SearchOutcome& outcome) {
    lane::Found found = lane::describe_finding(
        subject_.info,
        {.lane = "relacy",
         .scenario = std::string(item.scenario->name),
         .producers = item.producers,
         .where = fmt::format("execution {}", outcome.violating_execution),
         .violation = *outcome.violation,
         .trace = outcome.trace,
         .names = outcome.names,
         .reproduce = reproduce_command(item, outcome.violating_execution),
         // Relacy ran the execution a second time, to record its history, and it failed again.
         .replay = {1, 1}});
    if (report().add(std::move(found.finding))) {
      fmt::print("{}", found.text);
    }
  }

  // `seed` is the seed of a random search.
  std::string reproduce_command(const RelacyItem& item, std::uint64_t seed) const {
    std::vector<std::string> words = {"--scenario",  std::string(item.scenario->name),
                                      "--producers", std::to_string(item.producers),
                                      "--search",    std::string(to_string(item.search))};
    if (item.search == Search::kBound) {
      words.insert(words.end(), {"--context-bound", std::to_string(item.context_bound)});
    } else if (item.search == Search::kRandom) {
      words.insert(words.end(), {"--seed", std::to_string(seed), "--executions", "1"});
    }
    return lane::command_on(subject_, "relacy", words);
  }

  static void print_row(const RelacyItem& item, const SearchOutcome& outcome) {
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

  const SubjectModule& subject_;
  const RelacyOptions& options_;
  const Clock::time_point deadline_ = lane::deadline_of(options_.seconds);
  std::uint64_t next_seed_ = options_.seed;
};

}  // namespace

int run_lane(int argc, char** argv) {
  return lane::run_simulated<RelacyRun>("relacy", parse(argc, argv), argc, argv);
}

}  // namespace awlab::relacy
