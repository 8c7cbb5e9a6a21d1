// The choice of what to play: half of the time goes evenly to everything, the other half to the
// item that hits the rarest rows.
//
// The distance between the starts of a round's roles is chosen likewise: they start as they leave
// the gate, or with delays up to a spread from a geometric list. The spread that hit most lately is
// used most. The seed fixes the choice of programs, the roles' places and their delays within the
// spread; timing alone decides the rest.
#ifndef AWLAB_STRESS_STRESS_PLAN_HPP_
#define AWLAB_STRESS_STRESS_PLAN_HPP_

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

/// The maker of a scenario: the list of all lanes, or this lane in its own way.
enum class Maker : std::uint8_t { kShared, kProduction, kHandover, kProgram };

struct StressScenario {
  Maker maker;
  ScenarioInfo info;
};

/// The scenarios that only this lane has.
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

/// The scenario `name` from kScenarios or kStressScenarios, or null.
const ScenarioInfo* find_stress_scenario(std::string_view name);

/// One scenario with a number of producers, and the record of its hits.
struct PlayItem {
  static constexpr std::size_t kSpreads = 13;
  struct Spread {
    double worth = 1;  // lately, see Plan::learn(); while untried, more than any real value
    std::uint64_t ticks = 0;
  };

  const ScenarioInfo* scenario;
  int producers;
  Maker maker = Maker::kShared;
  std::array<Spread, kSpreads> spreads{};
  std::uint64_t ticks = 0;  // time spent on it, divided by its weight

  /// Its weight in the time that goes evenly to everything.
  [[nodiscard]] std::uint64_t time_weight() const;
  /// True if role `role` waits for another one.
  [[nodiscard]] bool waits(int role) const;
};

/// Must be used by one thread at a time.
class Plan {
 public:
  /// Plays the named scenario and number of producers, or all of them, as far as a cell with these
  /// promises is to be tried so.
  Plan(const Promises& promises, const std::optional<std::string>& scenario,
       const std::optional<int>& producers, std::uint64_t seed);

  /// The next batch.
  struct Choice {
    PlayItem* item;
    std::size_t spread;  // index of the spread
    std::uint64_t seed;
  };
  Choice next(std::uint64_t batch);

  /// Learns that the batch `choice` took `ticks` ticks and hit `rows`.
  void learn(const Choice& choice, std::uint64_t ticks, const RowCounts& rows);

  /// The largest delay, in ticks. Spread 0 also skips the common start.
  static std::uint64_t most_delay(std::size_t spread);

 private:
  std::vector<PlayItem> items_;
  const std::uint64_t seed_;
  RowCounts total_{};
};

/// Assigns the roles of round number `index` of the batch `choice` to `workers`. A role that waits
/// comes last on its worker, so that no role it waits for is behind it.
std::array<Cue, kMaxThreads> cast(const Plan::Choice& choice, std::size_t index, int roles,
                                  int workers);

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_STRESS_PLAN_HPP_
