// Which of the latest run's findings are news, and what became of the previous run's. The states are
// those that diff tells, from summaries instead of whole reports: a year of those would not fit.
#ifndef AWLAB_REPORTS_DASHBOARD_FINDING_STATES_HPP_
#define AWLAB_REPORTS_DASHBOARD_FINDING_STATES_HPP_

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "reports/compare/absence.hpp"
#include "reports/dashboard/history.hpp"

namespace awlab::reports {

/// Most urgent first.
inline constexpr std::array<State, 4> kStates = {State::new_, State::ongoing, State::rare,
                                                 State::resolved};

struct StatedFinding {
  State state = State::new_;
  const Finding* finding = nullptr;  // in History::latest, or else in History::previous
  bool is_here = true;               // in the latest run
  std::string first_seen;            // when the first run that has it started
  std::size_t seen_in = 0;           // runs of this subject that have it …
  std::size_t runs = 0;              // … of so many
};

/// In the order of kStates. Only runs on the subject of the latest report count. The findings are
/// those of the latest run and of History::previous; for their states see state_of().
[[nodiscard]] std::vector<StatedFinding> state_findings(const History& history);

/// The runs on the subject of the latest report, in order; the last is the latest.
[[nodiscard]] std::vector<const RunSummary*> runs_of_subject(const History& history);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_DASHBOARD_FINDING_STATES_HPP_
