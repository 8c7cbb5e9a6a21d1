// What is kept of each finding: DIR/findings/SIGNATURE with the schedule made small and replayed, the
// execution as a page, and the story as text.
#ifndef AWLAB_REPORTS_NIGHTLY_EVIDENCE_HPP_
#define AWLAB_REPORTS_NIGHTLY_EVIDENCE_HPP_

#include "reports/nightly/heartbeat.hpp"
#include "reports/nightly/options.hpp"
#include "reports/report.hpp"

namespace awlab::nightly {

/// Gathers it from the directories of the lanes. Schedules are made small and replayed by child
/// processes, each with a limit on its time: what cannot be made small stays as it was found. The
/// findings of `report` then tell of what is in the directory. Says on standard error what could not
/// be written. Once the program is asked to stop, schedules stay as they are.
void gather_evidence(const Options& options, Heartbeat& heartbeat, reports::Report& report);

}  // namespace awlab::nightly

#endif  // AWLAB_REPORTS_NIGHTLY_EVIDENCE_HPP_
