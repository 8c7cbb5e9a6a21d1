// The outcome of a round, graded as in jcstress: acceptable, interesting, forbidden.
#ifndef AWLAB_STRESS_OUTCOME_HPP_
#define AWLAB_STRESS_OUTCOME_HPP_

#include <array>
#include <cstdint>
#include <string_view>

#include "stress/round.hpp"

namespace awlab::stress {

enum class RoundOutcome : std::uint8_t {
  kSaw,
  kSawAndWoken,
  kWoken,
  kWokenByItself,
  kNotDue,
  kViolated
};

struct RoundOutcomeInfo {
  std::string_view name;
  std::string_view meaning;
  std::string_view grade;
};

/// In the order of RoundOutcome.
inline constexpr std::array<RoundOutcomeInfo, 6> kOutcomes = {{
    {"saw", "the consumer saw all at its last look, and nobody was woken", "acceptable"},
    {"saw_and_woken", "it saw all, and was woken for it as well", "acceptable"},
    {"woken", "it did not see all, and another thread woke it", "acceptable"},
    {"woken_by_itself", "it did not see all, and its own register woke it", "interesting"},
    {"not_due", "there was nothing to look for, or nobody to wake", "acceptable"},
    {"violated", "a property of the contract was violated", "forbidden"},
}};

/// The outcome of a round in which every role has ended; `violated`: a property was violated.
inline RoundOutcome outcome_of(Round& round, bool violated) {
  if (violated) return RoundOutcome::kViolated;
  Recorder::Seen all;
  for (int i = 0; i < round.roles(); ++i) {
    const Recorder::Seen& seen = round.recorder(i).seen();
    all.looked = all.looked || seen.looked;
    all.ready = all.ready || seen.ready;
    all.woke_own = all.woke_own || seen.woke_own;
    all.woke_other = all.woke_other || seen.woke_other;
  }
  const bool woken = all.woke_own || all.woke_other;
  if (!all.looked || (!all.ready && !woken)) return RoundOutcome::kNotDue;
  if (all.ready) return woken ? RoundOutcome::kSawAndWoken : RoundOutcome::kSaw;
  return all.woke_other ? RoundOutcome::kWoken : RoundOutcome::kWokenByItself;
}

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_OUTCOME_HPP_
