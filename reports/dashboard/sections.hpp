// The sections of the page, in their order. Each writes all of itself, heading included, and tells
// when there is nothing to show. They only read the history, and escape all of its text.
#ifndef AWLAB_REPORTS_DASHBOARD_SECTIONS_HPP_
#define AWLAB_REPORTS_DASHBOARD_SECTIONS_HPP_

#include "reports/dashboard/history.hpp"
#include "reports/dashboard/html.hpp"

namespace awlab::reports {

/// The header of the page: the verdict of the latest run and its origin.
void write_verdict(Html& html, const History& history);

/// #lanes: the results of each lane, the fate of its canaries, and its limits.
void write_lanes(Html& html, const History& history);

/// #findings: new, ongoing, rare and resolved, each with its evidence.
void write_findings(Html& html, const History& history);

/// #matrix: every fault against every lane.
void write_matrix(Html& html, const History& history);

/// #coverage: the rows of the protocol that were seen, and the searches that finished.
void write_coverage(Html& html, const History& history);

/// #trends: charts over the runs, each with its table.
void write_trends(Html& html, const History& history);

/// #outcomes: the outcomes of the rounds on real threads, with their grades.
void write_outcomes(Html& html, const History& history);

/// #history: all runs, and the files that were left out.
void write_runs(Html& html, const History& history);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_DASHBOARD_SECTIONS_HPP_
