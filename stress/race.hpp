// Sanitizer reports in the cell's terms: the calls and the functions of the subject that clash.
#ifndef AWLAB_STRESS_RACE_HPP_
#define AWLAB_STRESS_RACE_HPP_

#include <string>
#include <string_view>
#include <vector>

#include "core/subjects/subject_info.hpp"
#include "reports/model/report.hpp"
#include "stress/sanitizer_report.hpp"

namespace awlab::stress {

/// One access of a report, in the subject's terms.
struct Site {
  std::string call;      // the subject's outermost function: "wake"; or the scenario's own
  std::string function;  // the innermost function: "take_slot"
  std::string object;    // "the slot", "the waker's data", "what is published through the cell"
  std::string what;      // "write of the slot"
};
Site site_of(const SubjectInfo& subject, const Access& access);

/// The finding, without lane and command, and its text for a terminal. A race violates P4;
/// everything else that a sanitizer reports is of kind `sanitizer`.
struct Reported {
  reports::Finding finding;
  std::string text;
};
/// True if the finding follows from a race on the slot, which alone leads to the waker's data.
bool is_consequence(const reports::Finding& finding);

Reported describe_report(const SubjectInfo& subject, const SanitizerReport& report);

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_RACE_HPP_
