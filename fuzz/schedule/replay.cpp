#include "fuzz/schedule/replay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <utility>
#include <vector>

#include "fuzz/schedule/artifact.hpp"
#include "fuzz/schedule/harness.hpp"
#include "fuzz/schedule/load.hpp"
#include "fuzz/schedule/schedule.hpp"
#include "fuzz/schedule/schedule_subject.hpp"
#include "reports/lane/command_line.hpp"
#include "reports/lane/evidence.hpp"
#include "reports/lane/lane_options.hpp"
#include "reports/lane/subject_options.hpp"
#include "reports/model/environment.hpp"
#include "reports/model/report_file.hpp"
#include "reports/model/report_json.hpp"
#include "reports/page/interleaving_page.hpp"

namespace awlab {
namespace {

using Clock = std::chrono::steady_clock;

// A lane's name begins with one of the four that the schema of reports knows.
constexpr std::string_view kLane = "explore-replay";

// --- the text about it

// The first step that differs, in words; empty if all are the same.
std::string difference(const Schedule& schedule, const Replayed& replayed) {
  const std::optional<StepChange> change =
      schedule.steps.empty() ? std::nullopt : first_change(schedule.steps, replayed.steps);
  return change ? "the code no longer makes the recorded steps: " +
                      describe(*change, replayed.names.threads)
                : "";
}

std::string times(std::uint64_t replays) {
  return fmt::format("{} replay{}", replays, replays == 1 ? "" : "s");
}

// The start of a command that replays on `subject` a file that names another subject, or none.
std::vector<std::string> command_on(const SubjectModule& subject, const std::string& in_file) {
  std::vector<std::string> words = {"./lab", "replay"};
  if (!subject.info.own) {
    const std::vector<std::string> options = lane::subject_options(subject);
    words.insert(words.end(), options.begin(), options.end());
  } else if (in_file.empty() ? subject.info.is_fault() : in_file != subject.info.name) {
    words.insert(words.end(), {"--subject", std::string(subject.info.name)});
  }
  return words;
}

// The replay of one file on one subject.
class Session {
 public:
  Session(const SubjectModule& subject, const ReplayRequest& request, const Schedule& schedule)
      : subject_(subject), request_(request), schedule_(schedule), harness_(subject) {}

  ReplayAnswer run() {
    replayed_ = replay(harness_, schedule_, request_.replays);
    if (replayed_.change || (replayed_.failed > 0 && replayed_.failed < replayed_.replays)) {
      return no_verdict();
    }
    difference_ = difference(schedule_, replayed_);
    if (!difference_.empty() && !request_.lenient) {
      return refuse(difference_ + " (--lenient replays it anyway)");
    }
    ReplayAnswer answer;
    answer.text = replayed_.violation ? violation() : no_violation();
    const reports::Status written = write();
    answer.code = !written ? 2 : finding_ ? 1 : 0;
    answer.error = written ? "" : written.error();
    return answer;
  }

 private:
  [[nodiscard]] ReplayAnswer refuse(std::string_view message) const {
    return {2, "", fmt::format("{}: {}", reports::one_line(request_.file), message)};
  }

  // The subject depends on something else than the schedule.
  [[nodiscard]] ReplayAnswer no_verdict() const {
    ReplayAnswer answer = refuse(fmt::format(
        "{} is not deterministic: {} of {} have a violation{}", subject_.info.name,
        replayed_.failed, times(replayed_.replays),
        replayed_.change ? ", and " + describe(*replayed_.change, replayed_.names.threads) : ""));
    answer.code = reports::exit_code(reports::Verdict::kInconclusive);
    return answer;
  }

  // The command that shows the same again.
  [[nodiscard]] std::string reproduce() const {
    std::vector<std::string> words = command_on(subject_, schedule_.subject);
    words.push_back(request_.file);
    if (!difference_.empty()) words.emplace_back("--lenient");
    return reports::command_line(words);
  }

  // The command that was given.
  [[nodiscard]] std::string command() const {
    std::vector<std::string> words = command_on(subject_, schedule_.subject);
    words.insert(words.end(), {request_.file, "--replays", std::to_string(request_.replays)});
    if (request_.lenient) words.emplace_back("--lenient");
    if (request_.json) words.insert(words.end(), {"--json", *request_.json});
    if (request_.html) words.insert(words.end(), {"--html", *request_.html});
    return reports::command_line(words);
  }

  std::string violation() {
    lane::Found found = describe(subject_, kLane, schedule_, replayed_, reproduce());
    finding_ = std::move(found.finding);
    steps_ = finding_->trace;
    return notes() + found.text;
  }

  std::string no_violation() {
    lane::ShownTrace shown = lane::describe_trace(subject_.info, replayed_.trace, replayed_.names);
    steps_ = std::move(shown.steps);
    return fmt::format("{}{}\n{}: no violation in {}\n", notes(), shown.table, title(),
                       times(replayed_.replays));
  }

  // The statements of the file that turned out wrong, one line each.
  [[nodiscard]] std::string notes() const {
    std::string notes;
    if (schedule_.subject.empty()) {
      notes += fmt::format("note: the file names no subject; ran on {}\n", subject_.info.name);
    } else if (schedule_.subject != subject_.info.name) {
      notes += fmt::format("note: the file is for {}; ran on {}\n", schedule_.subject,
                           subject_.info.name);
    }
    if (!difference_.empty()) {
      notes += fmt::format("note: {}\n", difference_);
    }
    const std::string seen = finding_ ? finding_->signature : "no violation";
    if (!schedule_.signature.empty() && schedule_.signature != seen) {
      notes += fmt::format("note: the file shows {}; now there is {}\n", schedule_.signature, seen);
    }
    return notes;
  }

  [[nodiscard]] std::string title() const {
    return schedule_.program ? fmt::format("{}, a program", subject_.info.name)
                             : fmt::format("{} in {}, N = {}", subject_.info.name,
                                           schedule_.scenario, schedule_.producers);
  }

  [[nodiscard]] reports::Status write() const {
    if (request_.json) {
      if (reports::Status written = reports::write_report(*request_.json, report()); !written) {
        return written;
      }
    }
    if (request_.html) {
      return reports::replace_file(
          *request_.html, reports::interleaving_page({.title = title(),
                                                      .command = reproduce(),
                                                      .steps = steps_,
                                                      .finding = finding_ ? &*finding_ : nullptr}));
    }
    return {};
  }

  [[nodiscard]] reports::Report report() const {
    reports::Report report =
        reports::new_report(command(), 0, {},
                            {std::string(subject_.info.name), std::string(subject_.info.source),
                             std::string(subject_.info.sha256)});
    // No canaries: one execution that passes says nothing about the subject, and a report that has
    // a lane without canaries does not pass.
    report.lanes.push_back(
        {.lane = std::string(kLane),
         .verdict = reports::lane_verdict(finding_.has_value(), true, {}),
         .seconds = std::chrono::duration<double>(Clock::now() - start_).count(),
         .executions = replayed_.replays,
         .limits =
             {"only one schedule was run; other executions are not covered",
              "the effects of compilation are not covered: the source runs on simulated atomics"},
         .canaries = {},
         .coverage = {{"schedules", 1}},
         .stats = {{"violations", replayed_.failed}, {"as_recorded", difference_.empty()}}});
    if (finding_) reports::add_finding(report, *finding_);
    reports::finish(report, reports::utc_time());
    return report;
  }

  const SubjectModule& subject_;
  const ReplayRequest& request_;
  const Schedule& schedule_;
  const Clock::time_point start_ = Clock::now();
  Harness harness_;
  Replayed replayed_;
  std::string difference_;
  std::optional<reports::Finding> finding_;
  std::vector<reports::TraceStep> steps_;
};

// --- the command line

// The complaint about the names of the files; empty if they are all right.
std::string complaint(const ReplayRequest& request) {
  const auto place = [](const std::string& file) {
    std::error_code failed;
    return std::filesystem::weakly_canonical(std::filesystem::absolute(file, failed), failed);
  };
  std::vector<std::filesystem::path> places = {place(request.file)};
  for (const auto& [name, file] : {std::pair("--json", &request.json), {"--html", &request.html}}) {
    if (!*file) continue;
    if ((*file)->empty()) return fmt::format("{} needs a file name", name);
    if (std::ranges::count(places, place(**file)) > 0) {
      return fmt::format("{} would overwrite '{}'", name, reports::one_line(**file));
    }
    places.push_back(place(**file));
  }
  return "";
}

// Fills `request`, or returns the exit code to leave with after the message was printed.
std::optional<int> parse(int argc, char** argv, ReplayRequest& request,
                         lane::SubjectChoice& subject) {
  CLI::App app("Runs one schedule, and shows the execution and the cause of a violation.",
               "lab replay");
  app.footer(
      "Exit codes: 0 no violation, 1 a violation, 2 usage, environment or unusable schedule, 3 the "
      "machine does not see everything that the subject does.");
  lane::add_subject_options(app, subject);
  app.add_option("FILE", request.file, "schedule file, or input of the fuzz lane")->required();
  app.add_flag("--lenient", request.lenient,
               "continue even if the code no longer makes the recorded steps");
  app.add_option("--replays", request.replays, "number of runs")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  app.add_option("--json", request.json, "write a report to this file");
  app.add_option("--html", request.html, "write the execution as a page to this file");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return error.get_exit_code() == 0
               ? app.exit(error)
               : lane::usage_error("replay", reports::one_line(error.what()));
  }
  const std::string wrong = complaint(request);
  return wrong.empty() ? std::nullopt : std::optional(lane::usage_error("replay", wrong));
}

ReplayAnswer replay_schedule(const SubjectModule& subject, const ReplayRequest& request,
                             const Schedule& schedule) {
  try {
    return Session(subject, request, schedule).run();
  } catch (const std::exception& error) {  // the scenario makes more objects than there may be
    return {2, "", reports::one_line(fmt::format("{}: {}", request.file, error.what()))};
  }
}

}  // namespace

int run_replay(int argc, char** argv) {
  ReplayRequest request;
  lane::SubjectChoice choice;
  if (const std::optional<int> leave = parse(argc, argv, request, choice)) return *leave;
  const reports::Result<Schedule> schedule = load_schedule(request.file);
  if (!schedule) return lane::refuse("replay", schedule.error());
  const auto subject = load_subject_of(choice, schedule.value().subject, request.file);
  if (!subject) return lane::refuse("replay", subject.error());
  const std::vector<lane::Unseen>& unseen = lane::unseen_of(*subject.value());
  if (!unseen.empty()) return lane::no_verdict("replay", lane::why_no_verdict(unseen));
  const ReplayAnswer answer = replay_schedule(*subject.value(), request, schedule.value());
  fmt::print("{}", answer.text);
  if (!answer.error.empty()) {
    fmt::print(stderr, "lab replay: {}\n", answer.error);
  }
  return answer.code;
}

ReplayAnswer replay_file(const SubjectModule& subject, const ReplayRequest& request) {
  const reports::Result<Schedule> schedule = load_schedule(request.file);
  return schedule ? replay_schedule(subject, request, schedule.value())
                  : ReplayAnswer{2, "", schedule.error()};
}

}  // namespace awlab
