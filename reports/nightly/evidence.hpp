// What is kept of each finding: its directory in DIR/findings, with the schedule made small and
// replayed, the execution as a page, and the story as text.
#ifndef AWLAB_REPORTS_NIGHTLY_EVIDENCE_HPP_
#define AWLAB_REPORTS_NIGHTLY_EVIDENCE_HPP_

#include "reports/model/report.hpp"
#include "reports/nightly/heartbeat.hpp"
#include "reports/nightly/options.hpp"

namespace awlab::nightly {

/// Completes it. Schedules are made small and replayed by child processes, each with a limit on its
/// time, and all together for at most about `seconds`: what cannot be made small, or not in time,
/// stays as it was found. The findings of `report` then tell of what is in the directory. Says on
/// standard error what could not be written. Once the program is asked to stop, schedules stay as they
/// are.
void gather_evidence(const Options& options, Heartbeat& heartbeat, double seconds,
                     reports::Report& report);

}  // namespace awlab::nightly

#endif  // AWLAB_REPORTS_NIGHTLY_EVIDENCE_HPP_
