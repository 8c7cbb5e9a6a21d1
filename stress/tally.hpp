// What was counted: rounds, the protocol's rows, outcomes.
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
  std::uint64_t contended_rounds = 0;  // with a contended row
  std::uint64_t rescued_rounds = 0;    // in which nobody was left to wake who slept
  std::uint64_t cut_rounds = 0;        // ended by a bound on polls: not judged complete
  RowCounts rows{};
  std::array<std::uint64_t, kOutcomes.size()> outcomes{};

  void add(const Tally& other);
  /// A round that has been judged. The rows are those of our own cell: of another one, whose values
  /// mean something else, there are none.
  void add(Round& round, bool violated, bool with_rows = true);

  /// Hits of contended rows.
  [[nodiscard]] std::uint64_t contended_hits() const;
  /// Whether no rows were seen: the subject has another protocol than ours, or nothing notes its steps.
  [[nodiscard]] bool is_blind() const;
  /// Whether calls have met: there were contended rows; or, where no rows are seen at all, consumers
  /// learned sometimes in one way and sometimes in another.
  [[nodiscard]] bool have_met() const;
};

/// `stats` of the report; and back from a checkpoint, with its `coverage.rows`.
reports::Json to_json(const Tally& tally);
reports::Result<Tally> tally_from_json(const reports::Json& rows, const reports::Json& stats);

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_TALLY_HPP_
