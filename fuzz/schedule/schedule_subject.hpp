// The subject that a schedule is run on: the one named on the command line, or the one in the file.
#ifndef AWLAB_FUZZ_SCHEDULE_SCHEDULE_SUBJECT_HPP_
#define AWLAB_FUZZ_SCHEDULE_SCHEDULE_SUBJECT_HPP_

#include <string>
#include <string_view>

#include "core/subjects/subject_module.hpp"
#include "core/support/result.hpp"
#include "reports/lane/subject_choice.hpp"

namespace awlab {

/// Loads the subject that `choice` names; --subject may also name our cell or a fault. If nothing
/// is chosen, it is the subject called `in_file`, its name in the schedule in `file`. A user's
/// subject must be chosen. An error is one line.
[[nodiscard]] reports::Result<const SubjectModule*> load_subject_of(
    const lane::SubjectChoice& choice, std::string_view in_file, const std::string& file);

}  // namespace awlab

#endif  // AWLAB_FUZZ_SCHEDULE_SCHEDULE_SUBJECT_HPP_
