#include "fuzz/schedule/regress.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <string>

#include "fuzz/schedule/artifact.hpp"
#include "fuzz/schedule/load.hpp"
#include "reports/lane/lane_options.hpp"
#include "reports/lane/subject_choice.hpp"

namespace awlab {
namespace {

constexpr std::uint64_t kReplays = 3;

// The complaint about this replay; empty if all is as it must be.
std::string judge(const SubjectModule& subject, const Schedule& schedule) {
  Harness harness(subject);
  const Replayed seen = replay(harness, schedule, kReplays);
  const std::string signature = seen.violation ? signature_of(subject, seen) : "";
  if (schedule.subject != subject.info.name) {
    return signature.empty() ? "" : fmt::format("it shows {} and must show nothing", signature);
  }
  if (signature != schedule.signature || seen.failed != kReplays) {
    return fmt::format("it must show {}, and shows {} in {} of {} replays", schedule.signature,
                       signature.empty() ? "nothing" : signature, seen.failed, kReplays);
  }
  return seen.steps == schedule.steps ? "" : "the code does other steps than those in the file";
}

}  // namespace

int run_regress(int argc, char** argv) {
  int code = 0;
  const bool on_the_cell = argc > 1 && std::string_view(argv[1]) == "--on-the-cell";
  for (int i = on_the_cell ? 2 : 1; i < argc; ++i) {
    const reports::Result<Schedule> schedule = load_schedule(argv[i]);
    if (!schedule) return lane::refuse("regress", schedule.error());
    const auto subject =
        lane::load_simulated(lane::own_subject(on_the_cell ? "" : schedule.value().subject));
    if (!subject) return lane::refuse("regress", subject.error());
    const std::string wrong = judge(*subject.value(), schedule.value());
    fmt::print("{} on {}: {}\n", argv[i], subject.value()->info.name, wrong.empty() ? "ok" : wrong);
    code = wrong.empty() ? code : 1;
  }
  return code;
}

}  // namespace awlab
