// The reader of schedules, from schedule files and from the inputs of a fuzzer's corpus.
#ifndef AWLAB_FUZZ_SCHEDULE_LOAD_HPP_
#define AWLAB_FUZZ_SCHEDULE_LOAD_HPP_

#include <string>

#include "core/support/result.hpp"
#include "fuzz/schedule/schedule.hpp"

namespace awlab {

/// The schedule in `file`, which can be run: its scenario exists and takes this number of
/// producers. The subject is empty if the schedule comes from an input. An error is one line that
/// names the file.
[[nodiscard]] reports::Result<Schedule> load_schedule(const std::string& file);

}  // namespace awlab

#endif  // AWLAB_FUZZ_SCHEDULE_LOAD_HPP_
