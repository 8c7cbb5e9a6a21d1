#include "fuzz/fuzzer/fuzz_lane.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "core/faults/catalogue.hpp"
#include "fuzz/fuzzer/corpus.hpp"
#include "fuzz/fuzzer/fuzz_findings.hpp"
#include "fuzz/fuzzer/fuzz_options.hpp"
#include "fuzz/fuzzer/lane_subject.hpp"
#include "fuzz/fuzzer/progress.hpp"
#include "fuzz/fuzzer/seeds.hpp"
#include "fuzz/fuzzer/target.hpp"
#include "fuzz/fuzzer/worker.hpp"
#include "reports/lane/lane_run.hpp"
#include "reports/lane/live_line.hpp"
#include "reports/model/report_file.hpp"

namespace awlab::fuzz {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::array<const char*, 5> kLimits = {
    "nothing is proven absent: it reaches far, and sees what it happens to reach",
    "the memory model is RC11: no out-of-thin-air values; what the compiler makes of the code is "
    "not seen",
    "programs of up to 4 threads with 12 instructions each, on 1 or 2 cells and 4 wakers",
    "a missed wake-up is judged where one thread registers; where several do, only safety is",
    "of several bugs that violate one property in one way, the smallest stands for all"};

constexpr double kCanarySeconds = 60;
constexpr double kHarmlessSeconds = 2;  // in place of that
// The number of times that a worker that crashes is started again.
constexpr int kMostCrashes = 5;

// A canary writes to a directory of its own, and nothing of it is left to chance.
FuzzOptions for_subject(FuzzOptions options, const SubjectModule& subject) {
  if (!options.canary) return options;
  const std::filesystem::path scratch =
      std::filesystem::temp_directory_path() / fmt::format("awlab-canary-{}", getpid());
  options.out = scratch;
  options.corpus = scratch / "corpus";
  options.seed = 1;
  options.workers = 1;
  const Fault* fault = find_fault(subject.info.name);
  options.seconds =
      fault != nullptr && fault->must_show("fuzz") ? kCanarySeconds : kHarmlessSeconds;
  return options;
}

class FuzzRun final : public lane::LaneRun {
 public:
  FuzzRun(const SubjectModule& subject, const FuzzOptions& options, std::string command)
      : LaneRun(options, {.lane = "fuzz",
                          .subject = subject,
                          .command = std::move(command),
                          .seed = lane::chosen_seed(options.seed),
                          .limits = {kLimits.begin(), kLimits.end()}}),
        options_(options),
        seed_(report().report().run.seed),
        findings_(subject, options.canary ? "" : options.out) {}
  FuzzRun(const FuzzRun&) = delete;
  FuzzRun& operator=(const FuzzRun&) = delete;
  ~FuzzRun() override {
    std::error_code failed;
    if (options_.canary) std::filesystem::remove_all(options_.out, failed);
  }

 private:
  // Makes the directories. Returns false, after a message, if that fails.
  bool prepare() override {
    std::error_code failed;
    std::filesystem::create_directories(crash_prefix(options_), failed);
    const reports::Status added =
        failed ? reports::Error{fmt::format("cannot make the directory {}: {}",
                                            crash_prefix(options_), failed.message())}
               : add_to_corpus(options_.corpus, options_.seeds ? seeds() : std::vector<Input>{});
    if (!added) {
      fmt::print(stderr, "lab fuzz: {}\n", added.error());
      return false;
    }
    corpus_before_ = minimize_corpus(options_.corpus);
    for (const auto& old : std::filesystem::directory_iterator(crash_prefix(options_), failed)) {
      crash_files_.emplace(old.path(), old.file_size(failed));
    }
    return true;
  }

  // Fuzzes until the time is up or enough is found.
  bool work() override {
    start_ = Clock::now();
    for (int i = 0; i < options_.workers; ++i) {
      workers_.push_back(std::make_unique<Worker>(options_, i, seed_, options_.seconds, start_));
    }
    lane::LiveLine line;
    Clock::time_point saved = start_;
    bool wrote = true;
    while (wrote && wants_more() && !all_ended()) {
      wait();
      wrote = receive() && receive_crashes();
      replace_ended(options_.seconds - lane::seconds_since(start_));
      watch();
      if (!options_.canary && line.is_due()) {
        line.show(progress_line(totals_, options_.seconds, findings().size()));
      }
      if (lane::seconds_since(saved) > 30) {
        saved = Clock::now();
        wrote = wrote && report().save();
      }
    }
    stop();
    watch();
    return receive() && receive_crashes() && wrote;
  }

  void wait() {
    std::vector<pollfd> descriptors;
    for (const auto& worker : workers_) descriptors.push_back({worker->descriptor(), POLLIN, 0});
    constexpr int kTickMs = 50;
    poll(descriptors.data(), descriptors.size(), kTickMs);
  }

  [[nodiscard]] bool wants_more() const {
    return !lane::stop_requested && lane::seconds_since(start_) < options_.seconds &&
           !found_enough(findings());
  }

  void take_messages(Worker& worker) {
    for (std::string& input : worker.receive()) messages_.push_back(std::move(input));
  }

  // Adds the findings that workers report. Returns false, after a message, if one could not be
  // written.
  bool receive() {
    for (const auto& worker : workers_) take_messages(*worker);
    for (const std::string& input : std::exchange(messages_, {})) {
      // All of them, for each may be another bug; but once the time is up only the first is
      // minimized.
      const bool minimize = findings_.size() == 0 || wants_more();
      if (!note(findings_.add(input, minimize))) return false;
    }
    return true;
  }

  bool receive_crashes() {
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator(crash_prefix(options_), failed)) {
      const auto input = reports::read_file(entry.path(), kMaxInputBytes);
      if (!input || !crash_files_.emplace(entry.path(), input.value().size()).second) continue;
      if (!note(findings_.add_crash(input.value(), entry.path()))) return false;
    }
    return true;
  }

  bool note(const reports::Result<bool>& changed) {
    if (!changed) {
      fmt::print(stderr, "lab fuzz: {}\n", changed.error());
      return false;
    }
    if (!changed.value()) {
      return true;
    }
    if (findings_.size() > findings().size() && !options_.canary) {
      fmt::print("after {:.1f} s, finding number {}:\n{}", lane::seconds_since(start_),
                 findings_.size(), findings_.news());
      std::fflush(stdout);
    }
    report().set_findings(findings_.findings());
    return report().save();
  }

  [[nodiscard]] bool all_ended() const { return workers_.empty(); }

  void replace_ended(double seconds_left) {
    for (auto& worker : workers_) {
      const std::optional<Worker::End> end = worker->ended();
      if (!end) continue;
      add(ended_, worker->counts());
      add_counts(rows_of_ended_, worker->counts().rows);
      take_messages(*worker);
      crashes_ += *end == Worker::End::kCrashed ? 1 : 0;
      const bool again = seconds_left > 1 && crashes_ < kMostCrashes;
      const int index = static_cast<int>(&worker - workers_.data());
      worker = again ? std::make_unique<Worker>(options_, index, seed_ + 1000U * ++restarts_,
                                                seconds_left, start_)
                     : nullptr;
    }
    std::erase(workers_, nullptr);
  }

  // Sums up the counts of all workers so far.
  void watch() {
    Totals now = ended_;
    now.seconds = lane::seconds_since(start_);
    for (const auto& worker : workers_) add(now, worker->counts());
    now.last_new = now.features > totals_.features ? now.seconds : totals_.last_new;
    totals_ = now;
    history_.push_back(now);
  }

  void stop() {
    for (const auto& worker : workers_) worker->stop();
    const Clock::time_point asked = Clock::now();
    while (!all_ended() && lane::seconds_since(asked) < 3) {
      wait();
      replace_ended(0);
    }
  }

  void conclude() override {
    reports::Lane& lane = report().lane();
    lane.executions = totals_.executions;
    RowCounts rows = rows_of_ended_;
    for (const auto& worker : workers_) add_counts(rows, worker->counts().rows);
    const std::size_t corpus = minimize_corpus(options_.corpus);
    const double found_early = saturation(history_);
    lane.coverage = {{"features", totals_.features},
                     {"corpus", corpus},
                     {"corpus_before", corpus_before_},
                     {"saturation", found_early},
                     {"seconds_since_new", totals_.seconds - totals_.last_new},
                     {"rows", rows_to_json<reports::Json>(rows)}};
    lane.stats = {{"violations", totals_.violations},
                  {"not_run", totals_.not_run},
                  {"workers", options_.workers},
                  {"seconds_fuzzed", totals_.seconds},
                  {"executions_per_second", executions_per_second(totals_)},
                  {"crashes", crashes_}};
    if (totals_.first_violation_at > 0) {
      lane.stats["first_violation"] = {{"executions", totals_.first_violation_at},
                                       {"seconds", totals_.first_violation_seconds}};
    }
    fmt::print("{}{}\n", findings_.news() + findings_.unexplained_text(),
               summary(totals_, options_.workers, found_early, corpus));
    if (totals_.not_run > 0) {
      lane.limits.push_back(fmt::format(
          "{} inputs were not run: in them the subject makes more steps or more objects than the "
          "machine can number",
          totals_.not_run));
      fmt::print("{}\n", lane.limits.back());
    }
    for (const std::string& doubt : findings_.doubts()) report().doubt(doubt);
    if (findings_.unexplained() > 0) {
      report().doubt(
          fmt::format("{} inputs that ended a worker, or took too long, did nothing when they were "
                      "replayed, so they are no findings",
                      findings_.unexplained()));
    }
    // A crash whose input is missing or did not crash again, a violation that did not show again,
    // or workers that did nothing: none of these is a pass.
    if (crashes_ > 0 || findings_.unexplained() > 0 || totals_.violations > 0 ||
        totals_.executions == 0) {
      report().mark_incomplete();
    }
  }

  const FuzzOptions& options_;
  const std::uint64_t seed_;
  FuzzFindings findings_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::vector<std::string> messages_;  // of workers, not yet handled
  Clock::time_point start_;
  // The files already handled, each with its size: a worker may still be writing.
  std::set<std::pair<std::string, std::uintmax_t>> crash_files_;
  Totals totals_;
  std::vector<Totals> history_;
  std::size_t corpus_before_ = 0;
  int crashes_ = 0;
  std::uint64_t restarts_ = 0;
  Totals ended_;  // of workers that have ended
  RowCounts rows_of_ended_{};
};

}  // namespace

int run_lane(int argc, char** argv) {
  const auto parsed = parse(argc, argv);
  if (!parsed) return parsed.error();
  const auto loaded = lane::load_simulated(parsed->subject);
  if (!loaded) return lane::refuse("fuzz", loaded.error());
  const SubjectModule& subject = *loaded.value();
  put_under_test(subject);
  lane::end_on_signals();
  const FuzzOptions options = for_subject(*parsed, subject);
  return FuzzRun(subject, options, lane::command_of(argc, argv)).run();
}

}  // namespace awlab::fuzz
