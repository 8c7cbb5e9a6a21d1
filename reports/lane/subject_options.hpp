// The options that choose a subject, in the commands that reports and findings show.
#ifndef AWLAB_REPORTS_LANE_SUBJECT_OPTIONS_HPP_
#define AWLAB_REPORTS_LANE_SUBJECT_OPTIONS_HPP_

#include <string>
#include <string_view>
#include <vector>

#include "core/subjects/subject_module.hpp"

namespace awlab::lane {

/// The options, one word each: none for our cell, "--fault F" for one of its faults, "--subject
/// HEADER --type TYPE" for a user's.
std::vector<std::string> subject_options(const SubjectModule& subject);

/// "./lab COMMAND", the options of `subject`, and `rest`: one command to paste.
std::string command_on(const SubjectModule& subject, std::string_view command,
                       const std::vector<std::string>& rest);

/// The command that replays `file`. The file names `subject`, but not the header of a user's type.
std::string replay_command(const SubjectModule& subject, const std::string& file);

}  // namespace awlab::lane

#endif  // AWLAB_REPORTS_LANE_SUBJECT_OPTIONS_HPP_
