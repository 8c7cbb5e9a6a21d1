#include "reports/nightly/nightly_evidence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "reports/lane/child.hpp"
#include "reports/lane/lane_report.hpp"
#include "reports/lane/programs.hpp"
#include "reports/model/report_file.hpp"
#include "reports/nightly/kept_findings.hpp"
#include "reports/page/interleaving_page.hpp"

namespace awlab::nightly {
namespace {

constexpr double kMinimizeSeconds = 60;
constexpr double kReplaySeconds = 20;

void complain(std::string_view what) { fmt::print(stderr, "lab nightly: {}\n", what); }

// The time limit that all findings share.
class Deadline {
 public:
  explicit Deadline(double seconds) : seconds_(seconds) {}
  [[nodiscard]] double left() const {
    return seconds_ - std::chrono::duration<double>(Clock::now() - start_).count();
  }

 private:
  using Clock = std::chrono::steady_clock;

  double seconds_;
  Clock::time_point start_ = Clock::now();
};

// One finding and its directory.
class Keeper {
 public:
  Keeper(const NightlyOptions& options, Heartbeat& heartbeat, const Deadline& deadline,
         reports::Finding& finding)
      : options_(options),
        heartbeat_(heartbeat),
        deadline_(deadline),
        finding_(finding),
        name_(directory_of(options.out, finding)),
        directory_(options.out / name_) {}

  void keep() {
    std::error_code failed;
    std::filesystem::create_directories(directory_, failed);
    if (failed) {
      return complain(
          fmt::format("cannot make the directory {}: {}", directory_.string(), failed.message()));
    }
    // Skipped once asked to stop: a container is killed after ten seconds.
    if (has_schedule() && !lane::stop_requested) {
      if (!finding_.schedule || !finding_.schedule->minimized) minimize();
      replay();
    }
    write("page.html", reports::interleaving_page({.title = finding_.summary,
                                                   .command = finding_.reproduce,
                                                   .steps = finding_.trace,
                                                   .finding = &finding_}));
    write("finding.txt", text());
  }

 private:
  [[nodiscard]] bool has_schedule() const {
    return finding_.artifact && is_kept_schedule(*finding_.artifact);
  }

  // Runs `command` with these words on the subject. Returns whether it exits with `code` in time.
  [[nodiscard]] bool run(std::string_view command, const std::vector<std::string>& more,
                         double seconds, int code) const {
    const double most = std::min(seconds, deadline_.left());
    if (most <= 0) return false;
    std::vector<std::string> words = lane::program_words(command);
    const std::vector<std::string> subject = options_.subject.words();
    words.insert(words.end(), more.begin(), more.end());
    words.insert(words.end(), subject.begin(), subject.end());
    const auto end = lane::run_child(
        {.words = std::move(words), .log = directory_ / "tools.log", .seconds = most},
        [this] { heartbeat_.beat(); });
    return end && end.value().exited_with(code);
  }

  // The original schedule stays beside the minimized one.
  void minimize() {
    const std::filesystem::path small = directory_ / "schedule.min";
    if (!run("minimize", {options_.out / *finding_.artifact, "--out", small}, kMinimizeSeconds,
             0)) {
      return;
    }
    std::error_code failed;
    std::filesystem::rename(small, directory_ / "schedule", failed);
    if (failed) {
      return complain(fmt::format("cannot rename {}: {}", small.string(), failed.message()));
    }
    finding_.artifact = (name_ / "schedule").string();
    finding_.reproduce = schedule_command(options_, "replay", *finding_.artifact);
    minimized_ = true;
  }

  // Replaces the lane's account of the finding by that of a replay on this machine.
  void replay() {
    const std::filesystem::path file = directory_ / "replay.json";
    if (!run("replay", {options_.out / *finding_.artifact, "--json", file}, kReplaySeconds, 1)) {
      return;
    }
    const reports::Result<reports::Report> report = reports::read_report(file);
    if (!report || report.value().findings.empty()) return;
    const reports::Finding& shown = report.value().findings.front();
    if (shown.signature != finding_.signature) return;
    finding_.scenario = shown.scenario;
    finding_.summary = shown.summary;
    finding_.explanation = shown.explanation;
    finding_.replay = shown.replay;
    finding_.trace = shown.trace;
    if (shown.schedule) {
      const bool before = finding_.schedule && finding_.schedule->minimized;
      finding_.schedule = shown.schedule;
      finding_.schedule->minimized = before || minimized_;
    }
  }

  [[nodiscard]] std::string text() const {
    std::string text = fmt::format("{}\n{}\n\n{}\n\nkind      {}\nproperty  {}\nscenario  {}\n",
                                   finding_.signature, finding_.summary, finding_.explanation,
                                   to_string(finding_.kind), finding_.property, finding_.scenario);
    text += fmt::format("found by  {}\nseen      {} of {} replays\nreproduce {}\n", finding_.lane,
                        finding_.replay.k, finding_.replay.n, finding_.reproduce);
    if (has_schedule()) {
      text +=
          fmt::format("minimize  {}\n", schedule_command(options_, "minimize", *finding_.artifact));
    }
    return text;
  }

  void write(const char* name, const std::string& bytes) const {
    const reports::Status written = reports::replace_file(directory_ / name, bytes);
    if (!written) complain(written.error());
  }

  const NightlyOptions& options_;
  Heartbeat& heartbeat_;
  const Deadline& deadline_;
  reports::Finding& finding_;
  const std::filesystem::path name_;       // relative to the night's report
  const std::filesystem::path directory_;  // relative to where the night was started
  bool minimized_ = false;
};

}  // namespace

void gather_evidence(const NightlyOptions& options, Heartbeat& heartbeat, double seconds,
                     reports::Report& report) {
  const Deadline deadline(seconds);
  for (reports::Finding& finding : report.findings) {
    Keeper(options, heartbeat, deadline, finding).keep();
  }
}

}  // namespace awlab::nightly
