#include "reports/lane/lane_options.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdio>

#include "core/contract/contract.hpp"
#include "core/scenario/scenario_info.hpp"
#include "reports/lane/command_line.hpp"
#include "reports/model/report.hpp"

namespace awlab::lane {
namespace {

std::string scenario_names() {
  std::string names;
  for (const ScenarioInfo& scenario : kScenarios) {
    names += (names.empty() ? "" : ", ") + std::string(scenario.name);
  }
  return names;
}

}  // namespace

// CLI::PositiveNumber prints its upper bound with three hundred digits.
const CLI::Validator kPositive(
    [](const std::string& text) {
      double value = 0;
      return CLI::detail::lexical_cast(text, value) && value > 0 && value < 1e9
                 ? std::string()
                 : "'" + text + "' is not accepted; accepted: a number above 0";
    },
    "NUMBER > 0");

std::string scenario_complaint(const std::optional<std::string>& name,
                               const std::optional<int>& producers, int threads) {
  if (!name) {
    return "";
  }
  const ScenarioInfo* scenario = find_scenario(*name);
  if (scenario == nullptr) {
    return fmt::format("unknown scenario '{}'; accepted: {}", *name, scenario_names());
  }
  const int most = scenario->max_producers(threads);
  if (producers && (*producers < scenario->min_producers || *producers > most)) {
    return fmt::format("scenario {} takes {} to {} producers, not {}", scenario->name,
                       scenario->min_producers, most, *producers);
  }
  return "";
}

std::optional<double> parse_duration(std::string_view text) {
  constexpr std::string_view kUnits = "smh";
  constexpr std::array<double, 3> kSeconds = {1, 60, 3600};
  const std::size_t unit = text.empty() ? std::string_view::npos : kUnits.find(text.back());
  double number = 0;
  if (unit == std::string_view::npos ||
      !CLI::detail::lexical_cast(std::string(text.substr(0, text.size() - 1)), number) ||
      !(number > 0 && number < 1e6)) {
    return std::nullopt;
  }
  return number * kSeconds[unit];
}

void add_lane_options(CLI::App& app, std::string_view lane, LaneOptions& options) {
  app.name(fmt::format("lab {}", lane));
  app.footer(std::string(kExitCodes));
  add_subject_options(app, options.subject);
  app.add_option("--scenario", options.scenario, "run only this scenario (see lab list scenarios)");
  app.add_option("--producers", options.producers, "run only this number of producers, 0 to 7")
      ->check(CLI::Range(0, kMaxSimulatedThreads - 1));
  app.add_option("--seconds", options.seconds,
                 "time limit in seconds; an unfinished search is inconclusive")
      ->check(kPositive);
  app.add_option("--json", options.json, "write the report to this file");
  app.add_flag("--verify", options.verify, "compare with the fault catalogue, for tests")
      ->group("");
  app.add_flag("--canary", options.canary,
               "like --verify, with only the scenarios known to show the fault")
      ->group("");
  app.add_flag("--until-found", options.until_found, "stop at the first finding");
  app.add_flag("--bare", options.bare, "skip the canaries, for the kill matrix")->group("");
}

std::optional<int> parse_arguments(CLI::App& app, std::string_view command, int argc,
                                   const char* const* argv) {
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return error.get_exit_code() == 0 ? app.exit(error) : usage_error(command, error.what());
  }
  return std::nullopt;
}

std::optional<int> parse_lane(CLI::App& app, std::string_view lane, int argc, char** argv,
                              LaneOptions& options, const std::function<std::string()>& complaint) {
  if (const std::optional<int> leave = parse_arguments(app, lane, argc, argv)) return leave;
  std::string wrong = awlab::lane::complaint(options.subject);
  wrong = wrong.empty() ? scenario_complaint(options.scenario, options.producers) : wrong;
  wrong = wrong.empty() ? complaint() : wrong;
  if (!wrong.empty()) {
    return usage_error(lane, wrong);
  }
  return std::nullopt;
}

int refuse(std::string_view command, std::string_view message) {
  fmt::print(stderr, "lab {}: {}\n", command, message);
  return 2;
}

int no_verdict(std::string_view command, std::string_view reason) {
  refuse(command, reason);
  return reports::exit_code(reports::Verdict::kInconclusive);
}

int usage_error(std::string_view lane, std::string_view message) {
  fmt::print(stderr, "lab {}: {} (see lab {} --help)\n", lane, message, lane);
  return 2;
}

}  // namespace awlab::lane
