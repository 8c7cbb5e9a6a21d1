// What there is to play, and how it is chosen: half of the time goes evenly to everything, the other
// half to what hits the rarest rows.
//
// How far apart the roles of a round start is chosen likewise: as they leave the gate, or with delays
// up to a spread from a geometric list. The one that hit most of late is used most. The seed fixes the choice of programs, the roles' places and their
// delays within the spread; timing alone decides the rest.
#ifndef AWLAB_STRESS_PLAN_HPP_
#define AWLAB_STRESS_PLAN_HPP_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/contract/rows.hpp"
#include "core/scenario/program.hpp"
#include "core/scenario/scenario_info.hpp"
#include "core/support/random.hpp"
#include "stress/round.hpp"

namespace awlab::stress {

/// Who makes a scenario: the list of all lanes, or this lane in its own way.
enum class Maker : std::uint8_t { kShared, kProduction, kHandover, kProgram };

struct StressScenario {
  Maker maker;
  ScenarioInfo info;
};

/// The scenarios of this lane beyond those of all lanes.
inline constexpr std::array<StressScenario, 3> kStressScenarios = {{
    {Maker::kProduction,
     {"production", 1, 1, kAnyNumber,
      "the cell of production code, with no books: register(w1); check; register(w2); check",
      "flag = 1; wake()"}},
    {Maker::kHandover,
     {"handover", 2, 1, kAnyNumber,
      "register(w1); check; the task moves to another thread; register(w2); check",
      kPublishAndWake}},
    {Maker::kProgram,
     {"program", 1, 0, 0, "programs at random, another one for each batch", "as it comes"}},
}};

/// One of kScenarios or kStressScenarios, or null.
const ScenarioInfo* find_stress_scenario(std::string_view name);

/// One scenario with a number of producers, and what is known of its hits.
struct Item {
  static constexpr std::size_t kSpreads = 13;
  struct Spread {
    double worth = 1;  // of late, see Plan::learn(); before it is tried, more than it can be
    std::uint64_t ticks = 0;
  };

  const ScenarioInfo* scenario;
  int producers;
  Maker maker = Maker::kShared;
  std::array<Spread, kSpreads> spreads{};
  std::uint64_t ticks = 0;  // spent on it, divided by its share

  /// Of the time that goes evenly to everything.
  [[nodiscard]] std::uint64_t share() const;
  /// Whether role `role` waits for another one.
  [[nodiscard]] bool waits(int role) const;
};

/// Used by one thread at a time.
class Plan {
 public:
  /// What is named, or everything.
  Plan(const std::optional<std::string>& scenario, const std::optional<int>& producers,
       std::uint64_t seed);

  /// What the next batch is.
  struct Choice {
    Item* item;
    std::size_t spread;  // number
    std::uint64_t seed;
  };
  Choice next(std::uint64_t batch);

  /// The batch `choice` took so many ticks and hit `rows`.
  void learn(const Choice& choice, std::uint64_t ticks, const RowCounts& rows);

  /// The largest delay, in ticks. Spread 0: none waits for the common start, either.
  static std::uint64_t most_delay(std::size_t spread);

 private:
  std::vector<Item> items_;
  const std::uint64_t seed_;
  RowCounts total_{};
};

/// Gives the roles of round number `index` of the batch `choice` to `workers`. Who waits comes last
/// on its worker, so that nobody it waits for is behind it.
std::array<Cue, kMaxThreads> cast(const Plan::Choice& choice, std::size_t index, int roles,
                                  int workers);

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_PLAN_HPP_
