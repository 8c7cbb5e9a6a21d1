// The evidence of each finding: its directory in DIR/findings, with the schedule minimized and
// replayed, the execution as a page, and the story as text.
#ifndef AWLAB_REPORTS_NIGHTLY_NIGHTLY_EVIDENCE_HPP_
#define AWLAB_REPORTS_NIGHTLY_NIGHTLY_EVIDENCE_HPP_

#include "reports/model/report.hpp"
#include "reports/nightly/heartbeat.hpp"
#include "reports/nightly/nightly_options.hpp"

namespace awlab::nightly {

/// Completes the directory of each finding. Child processes minimize and replay the schedules, each
/// with a time limit, and all together for at most about `seconds`. A schedule that cannot be
/// minimized, or not in time, stays as it was found. Afterwards the findings of `report` describe
/// the content of the directory. Prints to standard error which files could not be written. Once
/// the program is asked to stop, schedules stay as they are.
void gather_evidence(const NightlyOptions& options, Heartbeat& heartbeat, double seconds,
                     reports::Report& report);

}  // namespace awlab::nightly

#endif  // AWLAB_REPORTS_NIGHTLY_NIGHTLY_EVIDENCE_HPP_
