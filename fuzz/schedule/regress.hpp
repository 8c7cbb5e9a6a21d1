// Regression tests: schedules that must fail on the fault that they were found on, and pass on the
// real cell.
#ifndef AWLAB_FUZZ_SCHEDULE_REGRESS_HPP_
#define AWLAB_FUZZ_SCHEDULE_REGRESS_HPP_

#include "reports/lane/subject.hpp"

namespace awlab {

/// `regress FILE...` on `subject`. A schedule of this subject must show the signature that it
/// records, each time and by the same steps; one of another subject must show nothing. Returns the
/// exit code: 0 all are so, 1 some is not, 2 a file cannot be read.
int run_regress(const lane::Subject& subject, int argc, char** argv);

}  // namespace awlab

#endif  // AWLAB_FUZZ_SCHEDULE_REGRESS_HPP_
