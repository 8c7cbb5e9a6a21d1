#include "fuzz/fuzzer/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace awlab::fuzz {

using Clock = std::chrono::steady_clock;

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

Progress::Progress(double seconds)
    : seconds_(seconds), terminal_(isatty(STDERR_FILENO) != 0), last_(Clock::now()) {}

Progress::~Progress() {
  if (terminal_ && shown_) std::fputs("\r\033[K", stderr);
}

void Progress::operator()(const Totals& totals, std::size_t findings) {
  const Clock::time_point now = Clock::now();
  if (now - last_ < (terminal_ ? std::chrono::milliseconds(200) : std::chrono::minutes(1))) {
    return;
  }
  last_ = now;
  shown_ = true;
  const std::string line = fmt::format(
      "fuzz: {:.0f} of {:.0f} s, {} executions, {:.0f} a second, {} features, the last new one "
      "{:.0f} s ago, {} findings",
      totals.seconds, seconds_, totals.executions,
      static_cast<double>(totals.executions) / std::max(totals.seconds, 0.001), totals.features,
      totals.seconds - totals.last_new, findings);
  fmt::print(stderr, "{}{}{}", terminal_ ? "\r\033[K" : "", line, terminal_ ? "" : "\n");
}

}  // namespace awlab::fuzz
