#include "fuzz/fuzzer/progress.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace awlab::fuzz {

void add(Totals& totals, const WorkerCounts& counts) {
  totals.executions += counts.executions;
  totals.violations += counts.violations;
  totals.not_run += counts.not_run;
  totals.features = std::max(totals.features, counts.features.load());
  const double seconds = static_cast<double>(counts.first_violation_us) / 1e6;
  if (counts.first_violation_at > 0 &&
      (totals.first_violation_at == 0 || seconds < totals.first_violation_seconds)) {
    totals.first_violation_at = counts.first_violation_at;
    totals.first_violation_seconds = seconds;
  }
}

double saturation(std::span<const Totals> history) {
  if (history.empty() || history.back().features == 0) return 0;
  const std::uint64_t half = history.back().executions / 2;
  const auto middle = std::ranges::find_if(
      history, [&](const Totals& totals) { return totals.executions >= half; });
  return static_cast<double>(middle->features) / static_cast<double>(history.back().features);
}

double executions_per_second(const Totals& totals) {
  return totals.seconds > 0 ? static_cast<double>(totals.executions) / totals.seconds : 0;
}

std::string summary(const Totals& totals, int workers, double found_early, std::size_t corpus) {
  return fmt::format(
      "{} executions, {:.0f} per second by {} workers; {} features, {:.1f} % of them in the first "
      "half, the last new one {:.0f} s ago; {} inputs in the corpus; {} violations",
      totals.executions, executions_per_second(totals), workers, totals.features, 100 * found_early,
      totals.seconds - totals.last_new, corpus, totals.violations);
}

std::string progress_line(const Totals& totals, double seconds, std::size_t findings) {
  return fmt::format(
      "fuzz: {:.0f} of {:.0f} s, {} executions, {:.0f} per second, {} features, the last new one "
      "{:.0f} s ago, {} findings",
      totals.seconds, seconds, totals.executions, executions_per_second(totals), totals.features,
      totals.seconds - totals.last_new, findings);
}

}  // namespace awlab::fuzz
