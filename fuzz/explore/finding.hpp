// The way from the result of a search to a finding with its schedule.
#ifndef AWLAB_FUZZ_EXPLORE_FINDING_HPP_
#define AWLAB_FUZZ_EXPLORE_FINDING_HPP_

#include <string>

#include "core/support/result.hpp"
#include "fuzz/explore/explore_plan.hpp"
#include "fuzz/explore/explorer.hpp"
#include "fuzz/schedule/schedule.hpp"
#include "reports/lane/evidence.hpp"

namespace awlab::explore {

struct ExploredFinding {
  lane::Found found;
  Schedule schedule;
};

/// Makes the execution of `outcome`, which must have a violation, once more for its history, and
/// several times from its schedule alone. An error, the reason in one line, if the violation does
/// not show again: then it is no finding.
reports::Result<ExploredFinding> describe_finding(const SubjectModule& subject,
                                                  const ExploreItem& item,
                                                  machine::Machine& machine,
                                                  const ExploreOutcome& outcome);

}  // namespace awlab::explore

#endif  // AWLAB_FUZZ_EXPLORE_FINDING_HPP_
