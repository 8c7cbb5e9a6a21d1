// The scenarios that are not tried on a cell, because it does not promise what they ask for.
#ifndef AWLAB_REPORTS_LANE_UNTRIED_HPP_
#define AWLAB_REPORTS_LANE_UNTRIED_HPP_

#include <optional>
#include <string>

#include "core/subjects/subject_module.hpp"

namespace awlab::lane {

/// The limit that a lane states of such a cell, as one line; empty if everything is tried.
std::string untried(const Promises& promises);

/// The error for a command that asks for `scenario` by name, or nothing: the scenario is tried on
/// `subject`, or none was named.
std::optional<std::string> refuse_scenario(const std::optional<std::string>& scenario,
                                           const SubjectModule& subject);

}  // namespace awlab::lane

#endif  // AWLAB_REPORTS_LANE_UNTRIED_HPP_
