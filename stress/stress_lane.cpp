#include "stress/stress_lane.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "core/faults/catalogue.hpp"
#include "reports/lane/lane_run.hpp"
#include "reports/lane/live_line.hpp"
#include "reports/lane/programs.hpp"
#include "reports/lane/subject_options.hpp"
#include "reports/lane/untried.hpp"
#include "reports/model/environment.hpp"
#include "reports/model/report_file.hpp"
#include "stress/checkpoint.hpp"
#include "stress/crash.hpp"
#include "stress/memory.hpp"
#include "stress/sanitizer_report.hpp"
#include "stress/session.hpp"
#include "stress/stress_options.hpp"
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

std::string lane_name() { return std::string("stress-") + AWLAB_STRESS_BUILD; }

// The command, with this program's build added if the user named none.
std::string command(const StressOptions& options, int argc, char** argv) {
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

class StressRun final : public lane::LaneRun {
 public:
  StressRun(const SubjectModule& subject, const StressOptions& options, const Checkpoint& before,
            const std::string& command)
      : LaneRun(options,
                {.lane = lane_name(),
                 .subject = subject,
                 .command = command,
                 .seed = before.report ? before.report->run.seed : lane::chosen_seed(options.seed),
                 .limits = {kLimits.begin(), kLimits.end()},
                 .sanitizer = reports::kSanitizer,
                 .flags = AWLAB_STRESS_FLAGS}),
        options_(options),
        before_(before),
        seconds_(options.seconds.value_or(kDefaultSeconds) - before.seconds),
        findings_(subject.info, lane_name(), command_of_subject(subject)),
        session_(subject, options, report().report().run.seed, findings_, before.batch,
                 before.tally) {
    if (before.report) {
      report().resume(*before.report);
      findings_.add_known(before.report->findings);
    }
  }

 private:
  static std::string command_of_subject(const SubjectModule& subject) {
    return lane::command_on(subject, "stress", {"--build", AWLAB_STRESS_BUILD});
  }

  // The resumed run's state, if there is one: a checkpoint exists from the start.
  bool prepare() override {
    note_state();
    return true;
  }

  [[nodiscard]] bool wants_more() const {
    return !lane::stop_requested && lane::seconds_since(start_) < seconds_ &&
           !found_enough(findings_.findings(1));
  }

  bool work() override {
    start_ = Clock::now();
    double save_at = kFirstCheckpoint;
    lane::LiveLine line;
    const bool comes_back = session_.run([&] {
      if (line.is_due() && !compares()) {
        line.show(progress_line(session_.progress().tally,
                                before_.seconds + lane::seconds_since(start_),
                                before_.seconds + seconds_, findings_.size()));
      }
      if (lane::seconds_since(start_) > save_at && !compares()) {
        save_at = lane::seconds_since(start_) + kBetweenCheckpoints;
        note_state();
        make_directory();
        report().save();  // a failure does not end the run: a full disk may have room later
      }
      return wants_more();
    });
    line.clear();
    if (!comes_back) end_at_once();
    check_leaks();
    session_.take_reports();
    return true;
  }

  // The directory may have been deleted. If it cannot be made again, the next save reports that.
  void make_directory() const {
    if (compares()) return;
    const std::filesystem::path directory = std::filesystem::path(options_.json).parent_path();
    std::error_code failed;
    if (!directory.empty()) std::filesystem::create_directories(directory, failed);
  }

  // The thread in the endless call still runs, so nothing is destroyed.
  [[noreturn]] void end_at_once() {
    const int code = end(true);
    std::fflush(nullptr);
    std::_Exit(code);
  }

  void note_state() {
    const Rounds::Progress progress = session_.progress();
    const double seconds = before_.seconds + lane::seconds_since(start_);
    memory_.sample();
    reports::Lane& lane = report().lane();
    lane.executions = progress.tally.rounds;
    lane.coverage = coverage(progress.tally);
    lane.stats = statistics(progress.tally, seconds);
    lane.stats["batches"] = progress.batch;
    lane.stats["played_seconds"] = seconds;
    lane.stats["slow_rounds"] = session_.slow_rounds();
    lane.stats["lost_reports"] = lost_sanitizer_reports();
    lane.stats["memory_mib"] = memory_.to_json();
    report().set_findings(findings_.findings(progress.tally.rounds));
  }

  void conclude() override {
    note_state();
    make_directory();

    const Tally tally = session_.progress().tally;
    fmt::print("{}{}\n", findings_.text(),
               table(tally, before_.seconds + lane::seconds_since(start_)));
    // Without a meeting nothing was tested; a lost report is a finding that nobody sees.
    if (!tally.have_met()) {
      report().mark_incomplete();
      fmt::print("no two calls have met: nothing was tested\n");
    }
    if (lost_sanitizer_reports() > 0) report().mark_incomplete();
  }

  const StressOptions& options_;
  const Checkpoint& before_;
  const double seconds_;  // time left to play
  Clock::time_point start_ = Clock::now();
  StressFindings findings_;
  Session session_;
  Memory memory_;
};

int resume(const StressOptions& options, char** argv) {
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
  StressOptions again = before.value().options;
  again.out = options.resume;
  again.json = options.json;
  if (options.seconds) again.seconds = options.seconds;
  const double wanted = again.seconds.value_or(kDefaultSeconds);
  if (wanted <= before.value().seconds) {
    return lane::usage_error(
        "stress", fmt::format("the run in {} has had its {:.0f} s: give a longer --duration",
                              options.resume, wanted));
  }
  return StressRun(subject, again, before.value(), before.value().report->run.command).run();
}

}  // namespace

int run_lane(int argc, char** argv) {
  collect_sanitizer_reports();
  auto parsed = parse(argc, argv);
  if (!parsed) return parsed.error();
  StressOptions& options = *parsed;
  if (options.resume.empty() && !options.build.empty() && options.build != AWLAB_STRESS_BUILD) {
    return become(options.build, argv);
  }
  lane::end_on_signals();
  hold_crashes();
  if (!options.resume.empty()) return resume(options, argv);
  const auto loaded = lane::load_subject(options.subject, lane_name());
  if (!loaded) return lane::refuse("stress", loaded.error());
  const SubjectModule& subject = *loaded.value();
  if (const auto error = lane::refuse_scenario(options.scenario, subject)) {
    return lane::refuse("stress", *error);
  }
  if (options.canary) {
    const Fault* fault = find_fault(subject.info.name);
    options.seconds =
        fault != nullptr && fault->must_show(lane_name()) ? kCanarySeconds : kHarmlessSeconds;
  } else {
    std::error_code failed;
    std::filesystem::create_directories(options.out, failed);
    if (failed) {
      return lane::usage_error(
          "stress", fmt::format("cannot make the directory {}: {}", options.out, failed.message()));
    }
  }
  return StressRun(subject, options, {}, command(options, argc, argv)).run();
}

}  // namespace awlab::stress
