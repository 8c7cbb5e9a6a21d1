// The subject that the fuzz lane has loaded, for the target.
#ifndef AWLAB_FUZZ_FUZZER_LANE_SUBJECT_HPP_
#define AWLAB_FUZZ_FUZZER_LANE_SUBJECT_HPP_

#include "core/subjects/subject_module.hpp"

namespace awlab::fuzz {

/// Makes `subject` the result of subject_under_test(). Once in a process, before the target is
/// used.
void put_under_test(const SubjectModule& subject);

}  // namespace awlab::fuzz

#endif  // AWLAB_FUZZ_FUZZER_LANE_SUBJECT_HPP_
