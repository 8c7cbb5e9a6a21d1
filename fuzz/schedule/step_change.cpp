#include "fuzz/schedule/step_change.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/support/as_size.hpp"

namespace awlab {
namespace {

std::string text_of(const std::optional<ScheduledStep>& step,
                    const std::vector<std::string>& threads) {
  if (!step) return "the end";
  const auto thread = as_size(step->thread);
  return fmt::format("{} of {} on object {}", info(step->op).word,
                     thread < threads.size() ? threads[thread] : "an unknown thread",
                     step->location);
}

}  // namespace

std::optional<StepChange> first_change(const std::vector<ScheduledStep>& before,
                                       const std::vector<ScheduledStep>& now) {
  if (before == now) return std::nullopt;
  const auto [a, b] = std::ranges::mismatch(before, now);
  StepChange change{.step = as_size(a - before.begin()), .before = {}, .now = {}};
  if (a != before.end()) change.before = *a;
  if (b != now.end()) change.now = *b;
  return change;
}

std::string describe(const StepChange& change, const std::vector<std::string>& threads) {
  return fmt::format("step {} was {}, and is now {}", change.step, text_of(change.before, threads),
                     text_of(change.now, threads));
}

}  // namespace awlab
