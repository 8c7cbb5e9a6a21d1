// The fuzz target's subject. Built once for our cell, for each fault, and for a user's.
#include "fuzz/fuzzer/target.hpp"
#include "fuzz/schedule/machine_subject.hpp"
#include "subject_under_test.hpp"

const awlab::lane::Subject& awlab::fuzz::subject_under_test() {
  static const lane::Subject subject = subject_on_machine<SubjectForm>(kSubject);
  return subject;
}
