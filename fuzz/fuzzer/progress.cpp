#include "fuzz/fuzzer/progress.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace awlab::fuzz {

double saturation(std::span<const Totals> history) {
  if (history.empty() || history.back().features == 0) {
    return 0;
  }
  const std::uint64_t half = history.back().executions / 2;
  const auto middle = std::ranges::find_if(
      history, [&](const Totals& totals) { return totals.executions >= half; });
  return static_cast<double>(middle->features) / static_cast<double>(history.back().features);
}

std::string summary(const Totals& totals, const reports::Lane& lane) {
  return fmt::format(
      "{} executions, {:.0f} a second by {} workers; {} features, {:.1f} % of them in the first "
      "half, the last new one {:.0f} s ago; {} inputs in the corpus; {} violations",
      totals.executions, lane.stats["executions_per_second"].get<double>(),
      lane.stats["workers"].get<int>(), totals.features,
      100 * lane.coverage["saturation"].get<double>(), totals.seconds - totals.last_new,
      lane.coverage["corpus"].get<std::uint64_t>(), totals.violations);
}

std::string progress_line(const Totals& totals, double seconds, std::size_t findings) {
  return fmt::format(
      "fuzz: {:.0f} of {:.0f} s, {} executions, {:.0f} a second, {} features, the last new one "
      "{:.0f} s ago, {} findings",
      totals.seconds, seconds, totals.executions,
      static_cast<double>(totals.executions) / std::max(totals.seconds, 0.001), totals.features,
      totals.seconds - totals.last_new, findings);
}

}  // namespace awlab::fuzz
