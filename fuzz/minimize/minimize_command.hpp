// The command `minimize`: makes a schedule small.
#ifndef AWLAB_FUZZ_MINIMIZE_MINIMIZE_COMMAND_HPP_
#define AWLAB_FUZZ_MINIMIZE_MINIMIZE_COMMAND_HPP_

#include "core/subjects/subject_module.hpp"

namespace awlab {

/// `minimize FILE [--out FILE | --tests DIRECTORY]` on `subject`. Returns the exit code: 0 written;
/// 2 for a usage error, a file that cannot be read or written, or a schedule without a violation
/// that could be kept.
int run_minimize(int argc, char** argv);

}  // namespace awlab

#endif  // AWLAB_FUZZ_MINIMIZE_MINIMIZE_COMMAND_HPP_
