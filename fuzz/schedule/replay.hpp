// Runs one schedule and says what happened.
#ifndef AWLAB_FUZZ_REPLAY_HPP_
#define AWLAB_FUZZ_REPLAY_HPP_

#include <string>

#include "reports/lane/subject.hpp"

namespace awlab {

/// Replays the schedule in `file` on `subject`, several times, and prints the execution with its
/// violation, or that there is none. Strict: where the code does other steps than those that the
/// schedule tells of, says which is the first and judges nothing, unless `lenient`.
/// Returns the exit code: 0 no violation, 1 a violation, 2 the file is no schedule for this subject.
int replay(const lane::Subject& subject, const std::string& file, bool lenient);

}  // namespace awlab

#endif  // AWLAB_FUZZ_REPLAY_HPP_
