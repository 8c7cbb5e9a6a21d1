#include "stress/stress_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "reports/lane/command_line.hpp"
#include "reports/lane/lane_options.hpp"
#include "reports/lane/programs.hpp"
#include "reports/model/environment.hpp"
#include "stress/stress_plan.hpp"

namespace awlab::stress {
namespace {

// Raw text from the command line, before it is checked.
struct Text {
  std::string duration;
  std::vector<std::string> noise;
  std::uint64_t seed = 0;
};

void declare(CLI::App& app, StressOptions& options, Text& text) {
  app.footer(std::string(lane::kExitCodes));
  lane::add_subject_options(app, options.subject);
  app.add_option("--build", options.build,
                 "build of the cell: plain (default), native, asan or tsan")
      ->check(CLI::IsMember({"plain", "native", "asan", "tsan"}));
  app.add_option("--duration", text.duration,
                 "length of the run, such as 90s, 15m or 8h (default: 60s)");
  app.add_option("--out", options.out, "directory of the report (default: out)");
  app.add_option("--json", options.json, "write the report to this file");
  app.add_option("--resume", options.resume,
                 "directory of an earlier run to continue, with its options");
  app.add_option(
      "--scenario", options.scenario,
      "run only this scenario (see lab list scenarios; also handover, production, program)");
  app.add_option("--producers", options.producers, "run only this number of producers, 0 to 8")
      ->check(CLI::Range(0, kMaxThreads - 1));
  app.add_option("--seed", text.seed,
                 "seed of all random choices (default: a new one for each run)")
      ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{0xffffffff}));
  app.add_option("--threads", options.threads,
                 "number of worker threads (default: one for each core; an eighth of the time one "
                 "for each role)")
      ->check(CLI::Range(2, 64));
  app.add_option("--noise", text.noise,
                 "disturbances: any of yields, priorities, affinity, separated by commas")
      ->delimiter(',')
      ->check(CLI::IsMember({"yields", "priorities", "affinity"}));

  app.add_flag("--until-found", options.until_found, "stop at the first finding");
  app.add_flag("--bare", options.bare, "skip the canaries, for benchmarks")->group("");
  app.add_flag("--canary", options.canary,
               "stop at the first finding and compare with the fault catalogue")
      ->group("");
  app.add_option("--endless-seconds", options.endless_seconds,
                 "processor time, or sleep, after which a call is taken for endless; for tests")
      ->check(CLI::PositiveNumber)
      ->group("");
}

std::string scenario_complaint(const StressOptions& options) {
  if (!options.scenario) return "";
  const ScenarioInfo* info = find_stress_scenario(*options.scenario);
  if (info == nullptr || find_scenario(*options.scenario) != nullptr) {
    std::string wrong = lane::scenario_complaint(options.scenario, options.producers, kMaxThreads);
    for (const StressScenario& own : kStressScenarios) {
      if (info == nullptr) wrong += fmt::format(", {}", own.info.name);
    }
    return wrong;
  }
  const int most = info->max_producers(kMaxThreads);
  return options.producers &&
                 (*options.producers < info->min_producers || *options.producers > most)
             ? fmt::format("scenario {} takes {} to {} producers, not {}", info->name,
                           info->min_producers, most, *options.producers)
             : "";
}

// Converts the text into options. Returns an error message, or an empty text.
std::string finish(StressOptions& options, const Text& text, const CLI::App& app) {
  if (app.get_option("--duration")->count() > 0) {
    options.seconds = lane::parse_duration(text.duration);
    if (!options.seconds) {
      return fmt::format(
          "--duration: '{}' is not a duration; accepted: a number with s, m or h, such as 90s",
          text.duration);
    }
  }
  const auto has = [&](const char* kind) { return std::ranges::count(text.noise, kind) > 0; };
  options.noise = {has("yields"), has("priorities"), has("affinity"), 0};
  if (app.get_option("--seed")->count() > 0) options.seed = text.seed;
  if (app.get_option("--resume")->count() > 0 && options.resume.empty()) {
    return "--resume needs the directory of an earlier run";
  }
  if (!options.resume.empty()) {
    for (const CLI::Option* option : app.get_options()) {
      if (option->count() > 0 && !option->check_lname("resume") &&
          !option->check_lname("duration") && !option->check_lname("build")) {
        return fmt::format(
            "{} is not accepted with --resume, which keeps the options of the earlier run; "
            "accepted: --duration, --build",
            option->get_name());
      }
    }
    options.out = options.resume;
  }
  if (options.json.empty()) options.json = lane::report_in(options.out);
  std::string wrong = lane::complaint(options.subject);
  if (wrong.empty()) wrong = scenario_complaint(options);
  return !wrong.empty() ? wrong : complaint(options.noise);
}

}  // namespace

lane::Parsed<StressOptions> parse(int argc, const char* const* argv) {
  StressOptions options;
  Text text;
  CLI::App app("Runs the scenarios on real threads for a given time.", "lab stress");
  declare(app, options, text);
  if (const auto leave = lane::parse_arguments(app, "stress", argc, argv)) {
    return tl::unexpected(*leave);
  }
  if (const std::string wrong = finish(options, text, app); !wrong.empty()) {
    return tl::unexpected(lane::usage_error("stress", wrong));
  }
  return options;
}

std::optional<StressOptions> parse_command(const std::string& command) {
  StressOptions options;
  Text text;
  CLI::App app;
  declare(app, options, text);
  std::vector<std::vector<std::string>> commands = reports::commands_of(command);
  if (commands.size() != 1) return std::nullopt;
  std::vector<std::string>& words = commands.front();
  if (words.size() < 2 || words[0] != "./lab" || words[1] != "stress") return std::nullopt;
  words.erase(words.begin(), words.begin() + 2);
  std::ranges::reverse(words);  // as CLI11 wants them
  try {
    app.parse(words);
  } catch (const CLI::ParseError&) {  // swallowed: the caller names the file
    return std::nullopt;
  }
  return finish(options, text, app).empty() ? std::optional(options) : std::nullopt;
}

}  // namespace awlab::stress
