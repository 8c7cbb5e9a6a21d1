#include "fuzz/minimize/minimize_command.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <string>

#include "fuzz/minimize/minimize.hpp"
#include "fuzz/schedule/artifact.hpp"
#include "fuzz/schedule/load.hpp"
#include "fuzz/schedule/schedule_subject.hpp"
#include "reports/lane/command_line.hpp"
#include "reports/lane/lane_options.hpp"
#include "reports/lane/subject_options.hpp"
#include "reports/model/report_json.hpp"

namespace awlab {
namespace {

constexpr std::uint64_t kReplays = 3;

int refuse(std::string_view message) { return lane::refuse("minimize", message); }

std::string count(int n, std::string_view what) {
  return fmt::format("{} {}{}", n, what, n == 1 ? "" : what.ends_with("ch") ? "es" : "s");
}

std::string text_of(const Size& size, const Schedule& schedule) {
  const std::string what =
      schedule.program
          ? count(size.threads, "thread") + ", " + count(size.instructions, "instruction")
          : fmt::format("{}, {}, N = {}", count(size.threads, "thread"), schedule.scenario,
                        schedule.producers);
  return fmt::format("{}, {}, {}", what, count(size.switches, "context switch"),
                     count(size.stale, "stale read"));
}

struct Request {
  std::string file;
  std::string out;
  std::string tests;  // directory of regression tests
  lane::SubjectChoice subject;
};

int minimize(const SubjectModule& subject, const Request& request, const Schedule& before) {
  Harness harness(subject);
  const Replayed seen = replay(harness, before, kReplays);
  if (!seen.violation) {
    return refuse(fmt::format(
        "{}: no violation on {}, so there is nothing to minimize (choose another subject with "
        "--subject)",
        reports::one_line(request.file), subject.info.name));
  }
  const std::string signature = signature_of(subject, seen);
  Minimizer minimizer(subject, {seen.violation->kind, seen.violation->property, signature});
  Schedule after = minimizer.minimize(before);
  after.subject = subject.info.name;
  after.signature = signature;

  std::string out = request.out.empty() ? request.file + ".min" : request.out;
  if (!request.tests.empty()) {
    out = std::filesystem::path(request.tests) /
          fmt::format("{}.{}.schedule", subject.info.name, signature);
  }
  if (const reports::Status written = write_artifact(out, encode(after)); !written) {
    return refuse(written.error());
  }
  const Replayed again = replay(harness, after, kReplays);
  if (!again.violation) {
    return lane::no_verdict("minimize",
                            fmt::format("{}: {} is not deterministic, so nothing can be kept",
                                        reports::one_line(request.file), subject.info.name));
  }
  fmt::print("{}\n  before     {}\n  after      {}\n  written    {}\n",
             describe(subject, "fuzz", after, again, lane::replay_command(subject, out)).text,
             text_of(minimizer.size_of(before), before), text_of(minimizer.size_of(after), after),
             out);
  return 0;
}

}  // namespace

int run_minimize(int argc, char** argv) {
  Request request;
  CLI::App app("Makes a schedule as small as possible without losing its finding.", "lab minimize");
  app.add_option("FILE", request.file, "schedule file, or input of the fuzz lane")->required();
  lane::add_subject_options(app, request.subject);
  auto* out = app.add_option("--out", request.out, "file to write (default: FILE.min)");
  app.add_option("--tests", request.tests, "write a regression test into this directory")
      ->excludes(out);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return error.get_exit_code() == 0 ? app.exit(error)
                                      : lane::usage_error("minimize", error.what());
  }
  if (!request.tests.empty() && request.subject.is_users() && !request.subject.type.empty()) {
    return refuse("--as-test accepts only the lab's own cell and its faults");
  }
  const reports::Result<Schedule> loaded = load_schedule(request.file);
  if (!loaded) return refuse(loaded.error());
  const auto subject = load_subject_of(request.subject, loaded.value().subject, request.file);
  if (!subject) return refuse(subject.error());
  const std::vector<lane::Unseen>& unseen = lane::unseen_of(*subject.value());
  if (!unseen.empty()) return lane::no_verdict("minimize", lane::why_no_verdict(unseen));
  return minimize(*subject.value(), request, loaded.value());
}

}  // namespace awlab
