#include "stress/lane.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <system_error>
#include <vector>

#include "core/faults/catalogue.hpp"
#include "reports/lane/canaries.hpp"
#include "reports/lane/lane_options.hpp"
#include "reports/lane/lane_report.hpp"
#include "reports/lane/live_line.hpp"
#include "reports/lane/programs.hpp"
#include "reports/lane/subject_options.hpp"
#include "reports/model/environment.hpp"
#include "reports/model/report_file.hpp"
#include "stress/checkpoint.hpp"
#include "stress/crash.hpp"
#include "stress/memory.hpp"
#include "stress/options.hpp"
#include "stress/sanitizer_report.hpp"
#include "stress/session.hpp"
#include "stress/summary.hpp"

namespace awlab::stress {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::array<const char*, 4> kLimits = {
    "nothing is proven absent: it sees what real timing happens to reach",
    "an order that this processor strengthens does not show; on x86-64 no atomic operation is "
    "reordered with an earlier read-modify-write",
    "what a race would do is seen in the build tsan alone; the others see its consequences",
    "of several bugs that violate one property in one way, the simplest story stands for all"};

constexpr double kDefaultSeconds = 60;
constexpr double kCanarySeconds = 60;
constexpr double kHarmlessSeconds = 3;  // instead, for a fault that must not be found
constexpr double kFirstCheckpoint = 1;
constexpr double kBetweenCheckpoints = 30;

double since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::uint64_t some_seed() {
  std::random_device device;
  return device();
}

std::string lane_name() { return std::string("stress-") + AWLAB_STRESS_BUILD; }

// The command, with this program's build added if the user named none.
std::string command(const Options& options, int argc, char** argv) {
  return lane::command_of(argc, argv) +
         (options.build.empty() ? " --build " AWLAB_STRESS_BUILD : "");
}

// Replaces this process by the program of the build `build`, with the same arguments.
int become(const std::string& build, char** argv) {
  const std::string program = lane::program_words("stress-" + build).front();
  std::vector<std::string> words = {program};
  for (char** word = argv; *word != nullptr; ++word) words.emplace_back(*word);
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  execv(program.c_str(), arguments.data());
  return lane::refuse("stress", fmt::format("the build {} of this lane is not here: {}", build,
                                            std::generic_category().message(errno)));
}

// True if this build must detect `fault`.
bool is_visible(const Fault* fault) {
  return fault != nullptr && !fault->survives() && fault->blind(lane_name()).empty();
}

class LaneRun {
 public:
  LaneRun(const SubjectModule& subject, const Options& options, const Checkpoint& before,
          const std::string& command)
      : options_(options),
        before_(before),
        seconds_(options.seconds.value_or(kDefaultSeconds) - before.seconds),
        report_(
            {.lane = lane_name(),
             .subject = subject,
             .command = command,
             .seed = before.report ? before.report->run.seed : options.seed.value_or(some_seed()),
             .json = options.canary ? "" : options.json,
             .limits = {kLimits.begin(), kLimits.end()},
             .sanitizer = reports::kSanitizer,
             .flags = AWLAB_STRESS_FLAGS}),
        findings_(subject.info, lane_name(), command_of_subject(subject)),
        session_(subject, options, seed(), findings_, before.batch, before.tally) {
    if (before.report) {
      report_.resume(*before.report);
      findings_.add_known(before.report->findings);
    }
  }

  int run() {
    note_state();  // the resumed run's, if there is one: a checkpoint exists from the start
    if (!report_.save()) return 2;
    if (!options_.bare) report_.lane().canaries = lane::run_canaries(lane_name());
    play();
    check_leaks();
    session_.take_reports();
    return finish();
  }

  /// Runs until the fault is found as the catalogue says, or for a while if it must not be found.
  int canary() {
    play();
    note_state();
    // Finding nothing proves something only if calls have met.
    const bool met = session_.progress().tally.have_met();
    const bool right = caught() || (!shows() && findings_.size() == 0 && met);
    fmt::print("{}{}: {}\n", findings_.text(), report_.report().subject.name,
               right ? "as the catalogue says" : "NOT as the catalogue says");
    return right ? 0 : 1;
  }

 private:
  static std::string command_of_subject(const SubjectModule& subject) {
    return lane::command_on(subject, "stress", {"--build", AWLAB_STRESS_BUILD});
  }
  [[nodiscard]] std::uint64_t seed() const { return report_.report().run.seed; }

  [[nodiscard]] const Fault* fault() const { return find_fault(report_.report().subject.name); }
  [[nodiscard]] bool shows() const { return is_visible(fault()); }

  // True if a finding is one that the catalogue allows. A data race is undefined behaviour: in a
  // build that does not watch for races, it may show as anything.
  [[nodiscard]] bool caught() const {
    if (!shows()) return false;
    const auto all = findings_.findings(1);
    const std::vector<Kind>& kinds = fault()->kinds;
    const bool racy = std::ranges::count(kinds, Kind::kDataRace) > 0;
    return racy && sanitizer_name() != "thread"
               ? !all.empty()
               : std::ranges::any_of(all, [&](const reports::Finding& finding) {
                   return std::ranges::count(kinds, finding.kind) > 0;
                 });
  }

  [[nodiscard]] bool wants_more() const {
    return !lane::stop_requested && since(start_) < seconds_ && !(options_.canary && caught()) &&
           !(options_.until_found && findings_.size() > 0);
  }

  void play() {
    start_ = Clock::now();
    double save_at = kFirstCheckpoint;
    lane::LiveLine line;
    const bool comes_back = session_.run([&] {
      if (line.is_due() && !options_.canary) {
        line.show(progress_line(session_.progress().tally, before_.seconds + since(start_),
                                before_.seconds + seconds_, findings_.size()));
      }
      if (since(start_) > save_at && !options_.canary) {
        save_at = since(start_) + kBetweenCheckpoints;
        save();
      }
      return wants_more();
    });
    line.clear();
    if (!comes_back) end_at_once();
  }

  // A failure does not end the run: a disk that is full now may have room later.
  void save() {
    note_state();
    make_directory();
    report_.save();
  }

  // Somebody may have deleted it. If it cannot be made again, the next save reports that.
  void make_directory() const {
    const std::filesystem::path directory = std::filesystem::path(options_.json).parent_path();
    std::error_code failed;
    if (!directory.empty()) std::filesystem::create_directories(directory, failed);
  }

  // The thread in the endless call still runs, so nothing is destroyed.
  [[noreturn]] void end_at_once() {
    const int code = options_.canary ? canary_of_endless() : finish();
    std::fflush(nullptr);
    std::_Exit(code);
  }
  int canary_of_endless() {
    fmt::print("{}{}: a call does not come back\n", findings_.text(),
               report_.report().subject.name);
    return caught() ? 0 : 1;
  }

  void note_state() {
    const Rounds::Progress progress = session_.progress();
    const double seconds = before_.seconds + since(start_);
    memory_.sample();
    reports::Lane& lane = report_.lane();
    lane.executions = progress.tally.rounds;
    lane.coverage = coverage(progress.tally);
    lane.stats = statistics(progress.tally, seconds);
    lane.stats["batches"] = progress.batch;
    lane.stats["played_seconds"] = seconds;
    lane.stats["slow_rounds"] = session_.slow_rounds();
    lane.stats["lost_reports"] = lost_sanitizer_reports();
    lane.stats["memory_mib"] = memory_.to_json();
    report_.set_findings(findings_.findings(progress.tally.rounds));
  }

  int finish() {
    note_state();
    make_directory();

    const Tally tally = session_.progress().tally;
    fmt::print("{}{}\n", findings_.text(), table(tally, before_.seconds + since(start_)));
    // Without a meeting nothing was tested; a lost report is a finding that nobody sees.
    if (!tally.have_met()) {
      report_.left_something_out();
      fmt::print("no two calls have met: nothing was tested\n");
    }
    if (lost_sanitizer_reports() > 0) report_.left_something_out();
    return report_.finish();
  }

  const Options& options_;
  const Checkpoint& before_;
  const double seconds_;  // time left to play
  Clock::time_point start_ = Clock::now();
  lane::LaneReport report_;
  Findings findings_;
  Session session_;
  Memory memory_;
};

int stress(const SubjectModule& subject, const Options& options, const Checkpoint& before,
           const std::string& command) {
  LaneRun run(subject, options, before, command);
  return options.canary ? run.canary() : run.run();
}

int resume(const Options& options, char** argv) {
  const auto before = read_checkpoint(options.resume);
  if (!before) return lane::usage_error("stress", before.error());
  const std::string build = before.value().build();
  if (!options.build.empty() && options.build != build) {
    return lane::usage_error("stress", fmt::format("the run in {} is of the build {}, not {}",
                                                   options.resume, build, options.build));
  }
  if (build != AWLAB_STRESS_BUILD) return become(build, argv);
  const auto loaded = lane::load_subject(before.value().options.subject, lane_name());
  if (!loaded) return lane::refuse("stress", loaded.error());
  const SubjectModule& subject = *loaded.value();
  if (before.value().report->subject.sha256 != subject.info.sha256) {
    return lane::usage_error(
        "stress",
        fmt::format("cannot resume from {}: the subject has changed since: begin a new run",
                    options.resume));
  }
  Options again = before.value().options;
  again.out = options.resume;
  again.json = options.json;
  if (options.seconds) again.seconds = options.seconds;
  const double wanted = again.seconds.value_or(kDefaultSeconds);
  if (wanted <= before.value().seconds) {
    return lane::usage_error(
        "stress", fmt::format("the run in {} has had its {:.0f} s: give a longer --duration",
                              options.resume, wanted));
  }
  return stress(subject, again, before.value(), before.value().report->run.command);
}

}  // namespace

int run_lane(int argc, char** argv) {
  collect_sanitizer_reports();
  Parsed parsed = parse(argc, argv);
  if (!parsed.options) {
    return parsed.exit_code;
  }
  Options& options = *parsed.options;
  if (options.resume.empty() && !options.build.empty() && options.build != AWLAB_STRESS_BUILD) {
    return become(options.build, argv);
  }
  lane::end_on_signals();
  hold_crashes();
  if (!options.resume.empty()) return resume(options, argv);
  const auto loaded = lane::load_subject(options.subject, lane_name());
  if (!loaded) return lane::refuse("stress", loaded.error());
  const SubjectModule& subject = *loaded.value();
  if (options.canary) {
    const Fault* fault = find_fault(subject.info.name);
    options.seconds = is_visible(fault) ? kCanarySeconds : kHarmlessSeconds;
  } else {
    std::error_code failed;
    std::filesystem::create_directories(options.out, failed);
    if (failed) {
      return lane::usage_error(
          "stress", fmt::format("cannot make the directory {}: {}", options.out, failed.message()));
    }
  }
  return stress(subject, options, {}, command(options, argc, argv));
}

}  // namespace awlab::stress
