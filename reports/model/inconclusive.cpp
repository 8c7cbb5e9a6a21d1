#include "reports/model/inconclusive.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

namespace awlab::reports {

std::string why_inconclusive(const Report& report, const Lane& lane) {
  std::vector<std::string> reasons;
  const auto doubt = lane.stats.find("doubt");
  if (doubt != lane.stats.end() && doubt->is_string()) reasons.push_back(doubt->get<std::string>());
  for (const Canary& canary : lane.canaries) {
    if (!canary.killed) reasons.push_back(fmt::format("canary {} survived", canary.fault));
  }
  if (lane.canaries.empty()) reasons.emplace_back("it ran no canary");
  if (!report.run.finished_at) reasons.emplace_back("the run did not finish");
  if (reasons.empty()) reasons.emplace_back("it did not finish what it set out to do");
  return fmt::format("{}", fmt::join(reasons, "; "));
}

}  // namespace awlab::reports
