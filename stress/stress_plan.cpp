#include "stress/stress_plan.hpp"

#include <algorithm>
#include <utility>

#include "core/support/as_size.hpp"

namespace awlab::stress {
namespace {

// One batch in this many tries a spread at random again.
constexpr std::size_t kExploreOnceIn = 8;
// The share of a spread's old worth that survives each batch.
constexpr double kMemory = 0.9;
// The smallest spread above zero, in ticks; each further one is twice as large.
constexpr std::uint64_t kLeastSpread = 32;

double worth_of(const PlayItem& item) {
  double most = 0;
  for (const PlayItem::Spread& spread : item.spreads) most = std::max(most, spread.worth);
  return most;
}

}  // namespace

const ScenarioInfo* find_stress_scenario(std::string_view name) {
  for (const StressScenario& scenario : kStressScenarios) {
    if (scenario.info.name == name) return &scenario.info;
  }
  return find_scenario(name);
}

// The hits of production are not counted, so its share alone gives it time.
std::uint64_t PlayItem::time_weight() const { return maker == Maker::kProduction ? 4 : 1; }

bool PlayItem::waits(int role) const {
  return maker == Maker::kHandover ? role == 1 : scenario->name == "block_on" && role == 0;
}

Plan::Plan(const Promises& promises, const std::optional<std::string>& scenario,
           const std::optional<int>& producers, std::uint64_t seed)
    : seed_(seed) {
  const auto add = [&](const ScenarioInfo& info, Maker maker) {
    if ((scenario && *scenario != info.name) || !meets(promises, info.demand)) return;
    for (int n = info.min_producers; n <= info.max_producers(kMaxThreads); ++n) {
      if (!producers || *producers == n) {
        items_.push_back({.scenario = &info, .producers = n, .maker = maker});
      }
    }
  };
  for (const ScenarioInfo& info : kScenarios) add(info, Maker::kShared);
  for (const StressScenario& own : kStressScenarios) add(own.info, own.maker);
}

std::uint64_t Plan::most_delay(std::size_t spread) {
  return spread <= 1 ? 0 : kLeastSpread << (spread - 2);
}

Plan::Choice Plan::next(std::uint64_t batch) {
  Random random(Random(seed_).next() + batch);
  PlayItem* item = &*std::ranges::min_element(items_, {}, &PlayItem::ticks);
  if (random.one_in(2)) item = &*std::ranges::max_element(items_, {}, &worth_of);
  const auto best = std::ranges::max_element(item->spreads, {}, &PlayItem::Spread::worth);
  const std::size_t spread = random.one_in(kExploreOnceIn) ? random.below(PlayItem::kSpreads)
                                                           : as_size(best - item->spreads.begin());
  return {item, spread, random.next()};
}

// The rarer a row so far, the more a hit of it is worth.
void Plan::learn(const Choice& choice, std::uint64_t ticks, const RowCounts& rows) {
  double worth = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (kRows[i].contended) {
      worth += static_cast<double>(rows[i]) / static_cast<double>(1 + total_[i]);
    }
    total_[i] += rows[i];
  }
  PlayItem::Spread& spread = choice.item->spreads[choice.spread];
  const double now = worth / static_cast<double>(std::max<std::uint64_t>(ticks, 1));
  spread.worth = spread.ticks == 0 ? now : kMemory * spread.worth + (1 - kMemory) * now;
  spread.ticks += ticks;
  choice.item->ticks += ticks / choice.item->time_weight();
}

std::array<Cue, kMaxThreads> cast(const Plan::Choice& choice, std::size_t index, int roles,
                                  int workers) {
  std::array<Cue, kMaxThreads> cues{};
  Random random(choice.seed + index);
  const auto count = as_size(roles);
  const std::size_t first = random.below(as_size(workers));
  for (std::size_t i = 0; i < count; ++i) cues[i].role = static_cast<std::int8_t>(i);
  for (std::size_t i = count; i > 1; --i) std::swap(cues[i - 1], cues[random.below(i)]);
  for (std::size_t i = 0; i < count; ++i) {
    cues[i].worker = static_cast<std::int8_t>((first + i) % as_size(workers));
    const bool follows_closely = i >= as_size(workers) && random.one_in(2);
    const std::uint64_t most = Plan::most_delay(choice.spread);
    cues[i].at_once = choice.spread == 0;
    cues[i].delay = follows_closely ? 0U : static_cast<std::uint32_t>(random.below(most + 1));
  }
  std::ranges::partition(cues.begin(), cues.begin() + roles,
                         [&](const Cue& cue) { return !choice.item->waits(cue.role); });
  return cues;
}

}  // namespace awlab::stress
