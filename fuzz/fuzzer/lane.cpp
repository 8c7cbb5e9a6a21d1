#include "fuzz/fuzzer/lane.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <random>
#include <vector>

#include "fuzz/fuzzer/corpus.hpp"
#include "fuzz/fuzzer/options.hpp"
#include "fuzz/fuzzer/progress.hpp"
#include "fuzz/fuzzer/target.hpp"
#include "fuzz/fuzzer/worker.hpp"
#include "fuzz/schedule/artifact.hpp"
#include "reports/lane/canaries.hpp"
#include "reports/lane/lane_report.hpp"
#include "reports/report_file.hpp"

namespace awlab::fuzz {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::array<const char*, 4> kLimits = {
    "nothing is proven absent: it reaches far, and sees what it happens to reach",
    "the memory model is RC11: no out-of-thin-air values; what the compiler makes of the code is "
    "not seen",
    "programs of up to 4 threads with 12 instructions each, on 1 or 2 cells and 4 wakers",
    "a missed wake-up is judged where one thread registers; where several do, only safety is"};

// The same things that the other lanes must see. The target fuzz_canaries names the same ones.
const std::vector<std::string_view> kCanaries = {"wswap-relaxed", "wor-acquire",
                                                 "no-restore-on-throw"};
constexpr std::uint64_t kReplays = 3;
constexpr double kCanarySeconds = 60;
// A worker that crashes is started again, so many times.
constexpr int kMostCrashes = 5;

double since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::uint64_t some_seed() {
  std::random_device device;
  return device();
}

class LaneRun {
 public:
  LaneRun(const lane::Subject& subject, const Options& options, std::string command)
      : subject_(subject),
        options_(options),
        seed_(options.seed.value_or(some_seed())),
        report_({.lane = "fuzz",
                 .subject = subject,
                 .command = std::move(command),
                 .seed = seed_,
                 .json = options.canary ? "" : options.json,
                 .limits = {kLimits.begin(), kLimits.end()}}),
        harness_(subject) {}

  int run() {
    if (!prepare() || !report_.save()) {
      return 2;
    }
    report_.lane().canaries = lane::run_canaries("fuzz", kCanaries);
    const bool wrote = fuzz();
    finish_statistics();
    return wrote ? report_.finish() : 2;
  }

  /// Until the first finding; holds it against the catalogue.
  int canary() { return prepare() && fuzz() ? report_.verify() : 2; }

 private:
  // Makes the directories. False, with a message, if that fails.
  bool prepare() {
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
    return true;
  }

  // False, with a message, if what it found could not be written.
  bool fuzz() {
    const Clock::time_point start = Clock::now();
    for (int i = 0; i < options_.workers; ++i) {
      workers_.push_back(std::make_unique<Worker>(options_, i, seed_, options_.seconds));
    }
    Progress progress(options_.seconds);
    Clock::time_point saved = start;
    bool wrote = true;
    while (wrote && !lane::stop_requested && since(start) < options_.seconds && !all_ended() &&
           !(options_.until_found && !report_.report().findings.empty())) {
      wait();
      wrote = receive();
      replace_ended(options_.seconds - since(start));
      watch(since(start));
      if (!options_.canary) progress(totals_, report_.report().findings.size());
      if (since(saved) > 30) {
        saved = Clock::now();
        wrote = wrote && report_.save();
      }
    }
    stop();
    return receive() && wrote;
  }

  void wait() {
    std::vector<pollfd> descriptors;
    for (const auto& worker : workers_) descriptors.push_back({worker->descriptor(), POLLIN, 0});
    constexpr int kTickMs = 50;
    poll(descriptors.data(), descriptors.size(), kTickMs);
  }

  bool receive() {
    for (const auto& worker : workers_) {
      for (const std::string& bytes : worker->receive()) {
        if (!found(bytes)) return false;
      }
    }
    return true;
  }

  // An input with a violation.
  bool found(const std::string& bytes) {
    Input input;
    input.decode({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
    Schedule schedule{.subject = std::string(subject_.info.name),
                      .scenario = std::string(kProgramScenario),
                      .program = input.program,
                      .signature = {},
                      .decisions = input.decisions,
                      .steps = {}};
    const Replayed replayed = replay(harness_, schedule, kReplays);
    if (!replayed.violation) {
      return true;  // not reproducible: the count of violations tells
    }
    lane::Found found = describe(subject_, "fuzz", schedule, replayed, "");
    const std::filesystem::path base = options_.out;
    found.finding.artifact = artifact_of(found.finding);
    const std::string file = base / *found.finding.artifact;
    found.finding.reproduce = fmt::format("./lab replay {}", file);
    schedule.signature = found.finding.signature;
    schedule.steps = replayed.steps;
    if (!report_.add(std::move(found.finding)) || options_.canary) {
      return true;
    }
    const reports::Status written = write_artifact(file, encode(schedule));
    if (!written) {
      fmt::print(stderr, "lab fuzz: {}\n", written.error());
      return false;
    }
    fmt::print("{}  schedule   {}, for ./lab replay and ./lab minimize\n\n", found.text, file);
    std::fflush(stdout);
    return report_.save();
  }

  [[nodiscard]] bool all_ended() const { return workers_.empty(); }

  void replace_ended(double seconds_left) {
    for (auto& worker : workers_) {
      const std::optional<Worker::End> end = worker->ended();
      if (!end) continue;
      keep_counts(*worker);
      crashes_ += *end == Worker::End::kCrashed ? 1 : 0;
      const bool again = seconds_left > 1 && crashes_ < kMostCrashes;
      const int index = static_cast<int>(&worker - workers_.data());
      worker = again ? std::make_unique<Worker>(options_, index, seed_ + 1000U * ++restarts_,
                                                seconds_left)
                     : nullptr;
    }
    std::erase(workers_, nullptr);
  }

  void keep_counts(const Worker& worker) {
    ended_executions_ += worker.counts().executions;
    ended_violations_ += worker.counts().violations;
    ended_features_ = std::max(ended_features_, worker.counts().features.load());
  }

  // What all workers did so far; `seconds` since the start.
  void watch(double seconds) {
    Totals now{.seconds = seconds,
               .executions = ended_executions_,
               .violations = ended_violations_,
               .features = ended_features_};
    for (const auto& worker : workers_) {
      const WorkerCounts& counts = worker->counts();
      now.executions += counts.executions;
      now.violations += counts.violations;
      now.features = std::max(now.features, counts.features.load());
    }
    now.last_new = now.features > totals_.features ? seconds : totals_.last_new;
    totals_ = now;
    history_.push_back(now);
  }

  void stop() {
    for (const auto& worker : workers_) worker->stop();
    const Clock::time_point asked = Clock::now();
    while (!all_ended() && since(asked) < 3) {
      wait();
      replace_ended(0);
    }
  }

  void finish_statistics() {
    reports::Lane& lane = report_.lane();
    lane.executions = totals_.executions;
    lane.coverage = {{"features", totals_.features},
                     {"corpus", minimize_corpus(options_.corpus)},
                     {"corpus_before", corpus_before_},
                     {"saturation", saturation(history_)},
                     {"seconds_since_new", totals_.seconds - totals_.last_new}};
    lane.stats = {
        {"violations", totals_.violations},
        {"workers", options_.workers},
        {"seconds_fuzzed", totals_.seconds},
        {"executions_per_second",
         totals_.seconds > 0 ? static_cast<double>(totals_.executions) / totals_.seconds : 0.0},
        {"crashes", crashes_}};
    fmt::print("{}\n", summary(totals_, lane));
    if (crashes_ > 0) report_.left_something_out();
  }

  const lane::Subject& subject_;
  const Options& options_;
  const std::uint64_t seed_;
  lane::LaneReport report_;
  Harness harness_;
  std::vector<std::unique_ptr<Worker>> workers_;
  Totals totals_;
  std::vector<Totals> history_;
  std::size_t corpus_before_ = 0;
  int crashes_ = 0;
  std::uint64_t restarts_ = 0;
  std::uint64_t ended_executions_ = 0;
  std::uint64_t ended_violations_ = 0;
  std::uint64_t ended_features_ = 0;
};

}  // namespace

int run_lane(const lane::Subject& subject, int argc, char** argv) {
  Parsed parsed = parse(argc, argv);
  if (!parsed.options) {
    return parsed.exit_code;
  }
  Options& options = *parsed.options;
  lane::end_on_signals();
  if (!options.canary) {
    return LaneRun(subject, options, lane::command_of("fuzz", subject, argc, argv)).run();
  }
  // Always the same, in a directory that is gone afterwards.
  const std::filesystem::path scratch =
      std::filesystem::temp_directory_path() / fmt::format("awlab-canary-{}", getpid());
  options.out = scratch;
  options.corpus = scratch / "corpus";
  options.seed = 1;
  options.workers = 1;
  options.until_found = true;
  options.seconds = kCanarySeconds;
  const int code = LaneRun(subject, options, "").canary();
  std::error_code failed;
  std::filesystem::remove_all(scratch, failed);
  return code;
}

}  // namespace awlab::fuzz
