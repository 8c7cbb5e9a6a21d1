#include "reports/lane/untried.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <vector>

#include "core/scenario/scenario_info.hpp"

namespace awlab::lane {

std::string untried(const Promises& promises) {
  std::map<Demand, std::vector<std::string_view>> scenarios;
  for (const ScenarioInfo& scenario : kScenarios) {
    if (!meets(promises, scenario.demand)) scenarios[scenario.demand].push_back(scenario.name);
  }
  if (scenarios.empty()) return "";
  std::vector<std::string> parts;
  for (const auto& [demand, names] : scenarios) {
    parts.push_back(fmt::format("{} ({})", to_string(demand), fmt::join(names, ", ")));
  }
  return fmt::format("not tried, since the cell does not promise it: {}", fmt::join(parts, "; "));
}

std::optional<std::string> refuse_scenario(const std::optional<std::string>& scenario,
                                           const SubjectModule& subject) {
  const ScenarioInfo* info = scenario ? find_scenario(*scenario) : nullptr;
  if (info == nullptr || meets(subject.cell->promises, info->demand)) return std::nullopt;
  return fmt::format(
      "scenario {} tries a {}, which {} does not promise (see core/promises.hpp); without "
      "--scenario, "
      "all that it promises are tried",
      info->name, to_string(info->demand), subject.info.name);
}

}  // namespace awlab::lane
