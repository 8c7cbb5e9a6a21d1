// The subject of a fuzzing service's program: the module that is linked into it.
#include "fuzz/fuzzer/target.hpp"

extern "C" const awlab::SubjectModule awlab_subject_module;

const awlab::SubjectModule& awlab::fuzz::subject_under_test() { return awlab_subject_module; }
