#include "reports/list/list_command.hpp"

#include <fmt/core.h>

#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>

#include "core/contract/contract.hpp"
#include "core/faults/catalogue.hpp"
#include "core/scenario/scenario_info.hpp"
#include "reports/lane/command_line.hpp"

namespace awlab {
namespace {

using Json = nlohmann::ordered_json;

Json scenarios() {
  Json all = Json::array();
  for (const ScenarioInfo& scenario : kScenarios) {
    all.push_back({{"name", scenario.name},
                   {"min_producers", scenario.min_producers},
                   {"max_producers", scenario.max_producers()},
                   {"consumer", scenario.consumer},
                   {"producer", scenario.producer}});
  }
  return all;
}

std::string verdict(const Fault& fault) {
  std::string names;
  for (const Kind kind : fault.kinds) {
    names += (names.empty() ? "" : " / ") + std::string(to_string(kind));
  }
  return fault.survives() ? "survives" : names;
}

Json faults() {
  Json all = Json::array();
  for (const Fault& fault : catalogue()) {
    Json kinds = Json::array();
    for (const Kind kind : fault.kinds) {
      kinds.push_back(to_string(kind));
    }
    all.push_back({{"id", fault.id},
                   {"change", fault.change},
                   {"survives", fault.survives()},
                   {"kinds", kinds},
                   {"producers", fault.producers},
                   {"scenarios", fault.scenarios},
                   {"relacy_blind", fault.relacy_blind},
                   {"stress_blind", fault.stress_blind},
                   {"stress_by_chance", fault.stress_by_chance},
                   {"stress_seen_on", fault.stress_seen_on},
                   {"tsan_blind", fault.tsan_blind},
                   {"needs_tsan", fault.needs_tsan}});
  }
  return all;
}

Json properties() {
  Json all = Json::array();
  for (const PropertyInfo& property : kProperties) {
    all.push_back({{"id", property.id}, {"name", property.name}, {"law", property.law}});
  }
  return all;
}

void print_scenarios() {
  for (const ScenarioInfo& scenario : kScenarios) {
    fmt::print("{:<27} N = {} to {}\n    consumer: {}\n    producer: {}\n", scenario.name,
               scenario.min_producers, scenario.max_producers(), scenario.consumer,
               scenario.producer);
  }
}

void print_faults() {
  fmt::print("{:<22} {:<28} {:>6}  {}\n", "fault", "verdict", "from N", "change");
  for (const Fault& fault : catalogue()) {
    fmt::print("{:<22} {:<28} {:>6}  {}\n", fault.id, verdict(fault),
               fault.survives() ? "-" : std::to_string(fault.producers), fault.change);
    if (!fault.relacy_blind.empty()) {
      fmt::print("{:<22} Relacy cannot see it: {}\n", "", fault.relacy_blind);
    }
    if (fault.needs_tsan) {
      fmt::print("{:<22} on real threads, only ThreadSanitizer sees it\n", "");
    }
    if (!fault.stress_blind.empty()) {
      fmt::print("{:<22} real threads do not show it: {}\n", "", fault.stress_blind);
    }
    if (!fault.stress_by_chance.empty()) {
      fmt::print("{:<22} real threads may show it: {}; seen on {}\n", "", fault.stress_by_chance,
                 fault.stress_seen_on);
    }
    if (!fault.tsan_blind.empty()) {
      fmt::print("{:<22} under ThreadSanitizer it does not show: {}\n", "", fault.tsan_blind);
    }
  }
}

void print_properties() {
  for (const PropertyInfo& property : kProperties) {
    fmt::print("{}  {}: {}\n", property.id, property.name, property.law);
  }
}

}  // namespace

int run_list(int argc, char** argv) {
  CLI::App app("Lists the scenarios, the faults with their required verdicts, or the properties.");
  app.name("lab list");
  std::string topic;
  bool json = false;
  app.add_option("TOPIC", topic, "scenarios, faults or properties")
      ->required()
      ->check(CLI::IsMember({"scenarios", "faults", "properties"}));
  app.add_flag("--json", json, "print as JSON");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    fmt::print(stderr, "lab list: {} (see lab list --help)\n", error.what());
    return 2;
  }
  if (json) {
    const Json all = topic == "scenarios" ? scenarios()
                     : topic == "faults"  ? faults()
                                          : properties();
    fmt::print("{}\n", all.dump(2));
  } else if (topic == "scenarios") {
    print_scenarios();
  } else if (topic == "faults") {
    print_faults();
  } else {
    print_properties();
  }
  return 0;
}

}  // namespace awlab
