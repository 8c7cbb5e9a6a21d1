// Regression tests: schedules that must fail on the fault that they were found on, and pass on the
// real cell.
#ifndef AWLAB_FUZZ_SCHEDULE_REGRESS_HPP_
#define AWLAB_FUZZ_SCHEDULE_REGRESS_HPP_

namespace awlab {

/// `regress [--on-the-cell] FILE...`. A schedule must show the signature that it records on its own
/// subject, each time and by the same steps; on the cell it must show nothing. Returns the exit
/// code: 0 if all do, 1 if some do not, 2 if a file cannot be read.
int run_regress(int argc, char** argv);

}  // namespace awlab

#endif  // AWLAB_FUZZ_SCHEDULE_REGRESS_HPP_
