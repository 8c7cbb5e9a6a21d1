// From an outcome of the engine to a finding: for the report, and for people.
#ifndef AWLAB_RELACY_FINDING_HPP_
#define AWLAB_RELACY_FINDING_HPP_

#include <string>

#include "core/explain.hpp"
#include "core/subject_info.hpp"
#include "relacy/engine.hpp"
#include "relacy/plan.hpp"
#include "reports/report.hpp"

namespace awlab::relacy {

struct Found {
  reports::Finding finding;
  std::string text;  // all of it for a terminal, with the history of the execution
};

/// What `outcome`, which must have a violation, amounts to.
Found describe_finding(const SubjectInfo& subject, const PlanItem& item, const Outcome& outcome);

/// "./lab relacy ..." for this search on this subject. `seed` is that of a random search.
std::string reproduce_command(const SubjectInfo& subject, const PlanItem& item, std::uint64_t seed);

}  // namespace awlab::relacy

#endif  // AWLAB_RELACY_FINDING_HPP_
