// How the command line of lab chooses a subject: for the commands that reports and findings show.
#ifndef AWLAB_REPORTS_LANE_SUBJECT_OPTIONS_HPP_
#define AWLAB_REPORTS_LANE_SUBJECT_OPTIONS_HPP_

#include <string>
#include <string_view>
#include <vector>

#include "core/subjects/subject_module.hpp"

namespace awlab::lane {

/// Nothing for our cell, "--fault F" for a fault of it, "--subject HEADER --type TYPE" for a user's,
/// each word apart.
std::vector<std::string> subject_options(const SubjectModule& subject);

/// "./lab COMMAND", the options of `subject`, and `rest`: one command to paste.
std::string command_on(const SubjectModule& subject, std::string_view command,
                       const std::vector<std::string>& rest);

/// The command that replays `file`, which names `subject`; of a user's type it cannot name the header.
std::string replay_command(const SubjectModule& subject, const std::string& file);

}  // namespace awlab::lane

#endif  // AWLAB_REPORTS_LANE_SUBJECT_OPTIONS_HPP_
