#include "fuzz/schedule/regress.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <string>

#include "fuzz/schedule/artifact.hpp"
#include "fuzz/schedule/load.hpp"

namespace awlab {
namespace {

constexpr std::uint64_t kReplays = 3;

// What is not as it must be; empty if all is.
std::string judge(const lane::Subject& subject, Harness& harness, const Schedule& schedule) {
  const Replayed seen = replay(harness, schedule, kReplays);
  const std::string signature =
      seen.violation ? describe(subject, "", schedule, seen, "").finding.signature : "";
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

int run_regress(const lane::Subject& subject, int argc, char** argv) {
  int code = 0;
  Harness harness(subject);
  for (int i = 1; i < argc; ++i) {
    const reports::Result<Schedule> schedule = load_schedule(argv[i]);
    if (!schedule) {
      fmt::print(stderr, "lab regress: {}\n", schedule.error());
      return 2;
    }
    const std::string wrong = judge(subject, harness, schedule.value());
    fmt::print("{} on {}: {}\n", argv[i], subject.info.name, wrong.empty() ? "ok" : wrong);
    code = wrong.empty() ? code : 1;
  }
  return code;
}

}  // namespace awlab
