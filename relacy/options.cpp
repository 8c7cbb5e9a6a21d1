#include "relacy/options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>

#include "core/faults/catalogue.hpp"

namespace awlab::relacy {
namespace {

std::string scenario_names() {
  std::string names;
  for (const ScenarioInfo& scenario : kScenarios) {
    names += (names.empty() ? "" : ", ") + std::string(scenario.name);
  }
  return names;
}

// What CLI11 cannot know: how the values fit together. Empty if they do.
std::string complaint(const Options& options) {
  if (options.scenario) {
    const ScenarioInfo* scenario = find_scenario(*options.scenario);
    if (scenario == nullptr) {
      return fmt::format("unknown scenario '{}'; there are: {}", *options.scenario,
                         scenario_names());
    }
    if (options.producers && (*options.producers < scenario->min_producers ||
                              *options.producers > scenario->max_producers)) {
      return fmt::format("scenario {} takes {} to {} producers, not {}", scenario->name,
                         scenario->min_producers, scenario->max_producers, *options.producers);
    }
  }
  if (options.executions && options.search != Search::kRandom) {
    return "--executions goes with --search random; the other searches end by themselves";
  }
  if (options.context_bound && options.search != Search::kBound) {
    return "--context-bound goes with --search bound";
  }
  return "";
}

int usage_error(const std::string& message) {
  fmt::print(stderr, "lab relacy: {} (see lab relacy --help)\n", message);
  return 2;
}

}  // namespace

Parsed parse(int argc, char** argv) {
  Options options;
  std::string search;
  double minutes = 0;
  std::string out;
  CLI::App app("Runs the scenarios on the Relacy Race Detector.");
  app.name("lab relacy");
  app.footer(
      "lab itself takes --fault F, to run a fault instead of the cell.\n"
      "Exit codes: 0 pass, 1 a finding, 2 usage or environment, 3 inconclusive.");
  app.add_option("--scenario", options.scenario, "only this scenario (see lab list scenarios)");
  app.add_option("--producers", options.producers, "only this number of producers, 0 to 7")
      ->check(CLI::Range(0, kMaxThreads - 1));
  app.add_option("--search", search, "full, bound or random; default: what suits the scenario")
      ->check(CLI::IsMember({"full", "bound", "random"}));
  app.add_option("--context-bound", options.context_bound,
                 "preemptions of a bounded search, default 3")
      ->check(CLI::Range(0U, 100U));
  app.add_option("--executions", options.executions, "executions of a random search")
      ->check(CLI::PositiveNumber);
  app.add_option("--seed", options.seed, "number of the first random execution, from 1")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1} << 52U));
  app.add_option("--seconds", options.seconds, "time budget; what it cuts is inconclusive")
      ->check(CLI::PositiveNumber);
  app.add_option("--json", options.json, "write the report to this file");
  app.add_flag("--verify", options.verify, "compare with the fault catalogue, for tests")
      ->group("");
  app.add_flag("--canary", options.canary, "the same where the fault is known to show")->group("");
  CLI::Option* nightly =
      app.add_flag("--nightly", options.nightly, "fill the time budget")->group("");
  app.add_option("--minutes", minutes, "time budget of --nightly")
      ->check(CLI::PositiveNumber)
      ->needs(nightly)
      ->group("");
  app.add_option("--out", out, "directory for report.json")->needs(nightly)->group("");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return {std::nullopt, error.get_exit_code() == 0 ? app.exit(error) : usage_error(error.what())};
  }
  if (!search.empty()) {
    options.search = search_from_string(search);
  }
  if (const std::string wrong = complaint(options); !wrong.empty()) {
    return {std::nullopt, usage_error(wrong)};
  }
  if (options.nightly) {
    options.seconds = minutes * 60;
    std::error_code failed;
    std::filesystem::create_directories(out, failed);
    if (failed) {
      return {std::nullopt, usage_error(fmt::format("cannot make the output directory {}: {}", out,
                                                    failed.message()))};
    }
    options.json = std::filesystem::path(out) / "report.json";
  }
  return {options, 0};
}

std::vector<PlanItem> plan(const Options& options, std::string_view name) {
  std::vector<PlanItem> items;
  if (const Fault* fault = find_fault(name); options.canary && fault != nullptr) {
    for (const std::string& scenario : fault->scenarios) {
      items.push_back(suited(*find_scenario(scenario), fault->producers));
    }
  } else if (options.scenario && options.producers) {
    items.push_back(suited(*find_scenario(*options.scenario), *options.producers));
  } else {
    constexpr double kStandardSeconds = 300;
    const bool quick =
        options.verify || options.seconds.value_or(kStandardSeconds) < kStandardSeconds;
    items = plan(quick ? Size::kQuick : Size::kStandard);
    std::erase_if(items, [&](const PlanItem& item) {
      return (options.scenario && item.scenario->name != *options.scenario) ||
             (options.producers && item.producers != *options.producers);
    });
  }
  const Fault* verified = options.verify ? find_fault(name) : nullptr;
  for (PlanItem& item : items) {
    // A harmful fault shows with few preemptions, and some have far more steps than the cell. That a
    // harmless one has no finding is worth the full search.
    if (verified != nullptr && !verified->survives() && item.producers > 1) {
      item.search = Search::kBound;
    }
    item.search = options.search.value_or(item.search);
    item.context_bound = options.context_bound.value_or(item.context_bound);
    item.executions = options.executions.value_or(item.executions);
    if (item.search == Search::kRandom && item.executions == 0) {
      item.executions = kRandomExecutions;
    }
  }
  return items;
}

}  // namespace awlab::relacy
