// The sections of the page, in their order. Each writes itself whole, heading included, and says so
// when there is nothing to show. They only read the history, and all text of it is escaped.
#ifndef AWLAB_REPORTS_DASHBOARD_SECTIONS_HPP_
#define AWLAB_REPORTS_DASHBOARD_SECTIONS_HPP_

#include "reports/dashboard/history.hpp"
#include "reports/dashboard/html.hpp"

namespace awlab::reports {

/// The verdict of the latest run and where it came from: the header of the page.
void write_verdict(Html& html, const History& history);

/// #lanes: what each lane did, which canaries died, and what it cannot see.
void write_lanes(Html& html, const History& history);

/// #findings: new, ongoing, rare and resolved, each with its evidence.
void write_findings(Html& html, const History& history);

/// #matrix: every fault against every lane.
void write_matrix(Html& html, const History& history);

/// #coverage: the rows of the protocol that were seen, and the searches that came to an end.
void write_coverage(Html& html, const History& history);

/// #trends: charts over the runs, each with its table.
void write_trends(Html& html, const History& history);

/// #outcomes: how the rounds on real threads ended, graded.
void write_outcomes(Html& html, const History& history);

/// #history: all runs, and the files that were left out.
void write_runs(Html& html, const History& history);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_DASHBOARD_SECTIONS_HPP_
