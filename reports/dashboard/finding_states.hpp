// The states of the findings of the latest run and of the run before it. They are the same as in
// diff, but computed from summaries: a year of whole reports would not fit into memory.
#ifndef AWLAB_REPORTS_DASHBOARD_FINDING_STATES_HPP_
#define AWLAB_REPORTS_DASHBOARD_FINDING_STATES_HPP_

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "reports/compare/absence.hpp"
#include "reports/dashboard/history.hpp"

namespace awlab::reports {

/// The most urgent state first.
inline constexpr std::array<State, 4> kStates = {State::kNew, State::kOngoing, State::kRare,
                                                 State::kResolved};

struct StatedFinding {
  State state = State::kNew;
  const Finding* finding = nullptr;  // in History::latest, else in History::previous
  bool is_here = true;               // in the latest run
  std::string first_seen;            // start of the first run that has it
  std::size_t seen_in = 0;           // runs of this subject that have it …
  std::size_t runs = 0;              // … of so many
};

/// The findings of the latest run and of History::previous, in the order of kStates. Only runs on
/// the subject of the latest report count. For the states see state_of().
[[nodiscard]] std::vector<StatedFinding> state_findings(const History& history);

/// The runs on the subject of the latest report, oldest first; the last is the latest run.
[[nodiscard]] std::vector<const RunSummary*> runs_of_subject(const History& history);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_DASHBOARD_FINDING_STATES_HPP_
