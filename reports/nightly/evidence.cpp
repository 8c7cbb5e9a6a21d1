#include "reports/nightly/evidence.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "reports/environment.hpp"
#include "reports/interleaving_page.hpp"
#include "reports/lane/child.hpp"
#include "reports/lane/lane_report.hpp"
#include "reports/report_file.hpp"

namespace awlab::nightly {
namespace {

constexpr double kMinimizeSeconds = 60;
constexpr double kReplaySeconds = 20;

void complain(std::string_view what) { fmt::print(stderr, "lab nightly: {}\n", what); }

// One finding and its directory.
class Keeper {
 public:
  Keeper(const Options& options, Heartbeat& heartbeat, reports::Finding& finding)
      : options_(options),
        heartbeat_(heartbeat),
        finding_(finding),
        name_(std::filesystem::path("findings") / finding.signature),
        directory_(options.out / name_) {}

  void keep() {
    std::error_code failed;
    std::filesystem::create_directories(directory_, failed);
    if (failed) {
      return complain(
          fmt::format("cannot make the directory {}: {}", directory_.string(), failed.message()));
    }
    if (finding_.artifact) keep_artifact();
    write("page.html", reports::interleaving_page({.title = finding_.summary,
                                                   .command = finding_.reproduce,
                                                   .steps = finding_.trace,
                                                   .finding = &finding_}));
    write("finding.txt", text());
  }

 private:
  void keep_artifact() {
    const std::filesystem::path from = options_.out / "lanes" / finding_.lane / *finding_.artifact;
    const std::filesystem::path kept = from.filename();
    std::error_code failed;
    std::filesystem::copy_file(from, directory_ / kept,
                               std::filesystem::copy_options::overwrite_existing, failed);
    if (failed) {
      return complain(fmt::format("cannot copy {}: {}", from.string(), failed.message()));
    }
    finding_.artifact = (name_ / kept).string();
    if (kept != "schedule") return;
    finding_.reproduce = command("replay");
    if (lane::stop_requested) return;  // who stops a container waits for ten seconds
    if (!finding_.schedule || !finding_.schedule->minimized) minimize();
    replay();
  }

  // Of a command on the schedule. A file knows a fault by its name, but not where a user's header is.
  [[nodiscard]] std::string command(const std::string& what) const {
    const std::vector<std::string> words = {"./lab", what, directory_ / "schedule"};
    const bool is_header = options_.subject_options.starts_with("--subject");
    return reports::command_line(words) + (is_header ? " " + options_.subject_options : "");
  }

  // Whether the subject's program did `words` in time, with one of the exit codes that say so.
  [[nodiscard]] bool run(std::vector<std::string> words, double seconds, int code) const {
    words.insert(words.begin(),
                 lane::programs_directory() / fmt::format("explore_{}", options_.subject));
    const auto end = lane::run_child(
        {.words = std::move(words), .log = directory_ / "tools.log", .seconds = seconds},
        [this] { heartbeat_.beat(); });
    return end && end.value().exited_with(code);
  }

  void minimize() {
    const std::filesystem::path small = directory_ / "schedule.min";
    std::error_code failed;
    if (run({"minimize", directory_ / "schedule", "--out", small}, kMinimizeSeconds, 0)) {
      std::filesystem::rename(directory_ / "schedule", directory_ / "schedule.found", failed);
      std::filesystem::rename(small, directory_ / "schedule", failed);
      minimized_ = !failed;
    }
  }

  // What the schedule shows, now and here, takes the place of what its lane has told.
  void replay() {
    const std::filesystem::path file = directory_ / "replay.json";
    if (!run({"replay", directory_ / "schedule", "--json", file}, kReplaySeconds, 1)) return;
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
    if (finding_.artifact && finding_.artifact->ends_with("schedule")) {
      text += fmt::format("minimize  {}\n", command("minimize"));
    }
    return text;
  }

  void write(const char* name, const std::string& bytes) const {
    const reports::Status written = reports::replace_file(directory_ / name, bytes);
    if (!written) complain(written.error());
  }

  const Options& options_;
  Heartbeat& heartbeat_;
  reports::Finding& finding_;
  const std::filesystem::path name_;       // relative to the night's report
  const std::filesystem::path directory_;  // from where the night was started
  bool minimized_ = false;
};

}  // namespace

void gather_evidence(const Options& options, Heartbeat& heartbeat, reports::Report& report) {
  for (reports::Finding& finding : report.findings) Keeper(options, heartbeat, finding).keep();
}

}  // namespace awlab::nightly
