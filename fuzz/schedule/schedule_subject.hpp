// The subject that a schedule is run on: the one that the command line names, or that of the file.
#ifndef AWLAB_FUZZ_SCHEDULE_SCHEDULE_SUBJECT_HPP_
#define AWLAB_FUZZ_SCHEDULE_SCHEDULE_SUBJECT_HPP_

#include <string>
#include <string_view>

#include "core/subjects/subject_module.hpp"
#include "core/support/result.hpp"
#include "reports/lane/subject_choice.hpp"

namespace awlab {

/// Loads what `choice` names, where --subject may also name our cell or a fault; nothing is chosen:
/// the subject called `in_file`, as the schedule in `file` calls it. That of a user needs a choice. An
/// error is one line.
reports::Result<const SubjectModule*> load_subject_of(const lane::SubjectChoice& choice,
                                                      std::string_view in_file,
                                                      const std::string& file);

}  // namespace awlab

#endif  // AWLAB_FUZZ_SCHEDULE_SCHEDULE_SUBJECT_HPP_
