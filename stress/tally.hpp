// The counts of a run: rounds, the protocol's rows, outcomes.
#ifndef AWLAB_STRESS_TALLY_HPP_
#define AWLAB_STRESS_TALLY_HPP_

#include <array>
#include <cstdint>

#include "core/contract/rows.hpp"
#include "core/support/result.hpp"
#include "reports/model/report.hpp"
#include "stress/outcome.hpp"

namespace awlab::stress {

struct Tally {
  std::uint64_t rounds = 0;
  std::uint64_t contended_rounds = 0;  // rounds with a contended row
  std::uint64_t rescued_rounds = 0;    // nobody was left to wake the sleeper
  std::uint64_t cut_rounds = 0;        // ended by a bound on polls: not judged complete
  RowCounts rows{};
  std::array<std::uint64_t, kOutcomes.size()> outcomes{};

  void add(const Tally& other);
  /// Adds a round that has been judged. Only our own cell has rows: another cell's values mean
  /// something else.
  void add(Round& round, bool violated, bool with_rows = true);

  /// Total hits of contended rows.
  [[nodiscard]] std::uint64_t contended_hits() const;
  /// True if no rows were seen: the subject's protocol is not ours, or nothing records its steps.
  [[nodiscard]] bool is_blind() const;
  /// True if calls have met: contended rows were hit; or, where no rows are seen at all, consumers
  /// learned sometimes in one way and sometimes in another.
  [[nodiscard]] bool have_met() const;
};

/// Writes `stats` of the report; read back from a checkpoint together with its `coverage.rows`.
reports::Json to_json(const Tally& tally);
[[nodiscard]] reports::Result<Tally> tally_from_json(const reports::Json& rows,
                                                     const reports::Json& stats);

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_TALLY_HPP_
