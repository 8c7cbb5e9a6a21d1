// A report as an attacker would write it, for tests of exports to other programs.
#ifndef AWLAB_REPORTS_MODEL_HOSTILE_REPORT_HPP_
#define AWLAB_REPORTS_MODEL_HOSTILE_REPORT_HPP_

#include <string>

#include "reports/model/report.hpp"

namespace awlab::reports {

/// Markup, quotes, control characters with NUL, bytes that are not UTF-8, a lone surrogate, the two
/// noncharacters that XML forbids, a change of the writing direction, a placeholder and a link.
[[nodiscard]] std::string hostile_text();

/// A report whose every free text is hostile. It has three findings: one whose two threads have
/// names that differ only in bytes that are not UTF-8, one without a trace, and one with 5000
/// steps.
[[nodiscard]] Report hostile_report();

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_MODEL_HOSTILE_REPORT_HPP_
