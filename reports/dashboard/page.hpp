// The dashboard: one HTML file that opens from disk, needs no network, and shows the same facts
// without scripts. The script only draws the charts and adds copy buttons.
#ifndef AWLAB_REPORTS_DASHBOARD_PAGE_HPP_
#define AWLAB_REPORTS_DASHBOARD_PAGE_HPP_

#include <string>

#include "reports/dashboard/history.hpp"

namespace awlab::reports {

/// The page. A pure function: equal input gives equal bytes, valid UTF-8 whatever the reports hold.
/// @param history  from read_history()
///
/// The page's policy lets the browser run only the one script whose hash it names, and load
/// nothing. Thread-safe. Linear in the size of the page: a few kilobytes per run, plus the latest
/// findings.
[[nodiscard]] std::string render_dashboard(const History& history);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_DASHBOARD_PAGE_HPP_
