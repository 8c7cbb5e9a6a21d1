// The first step in which two executions of one schedule differ.
#ifndef AWLAB_FUZZ_SCHEDULE_STEP_CHANGE_HPP_
#define AWLAB_FUZZ_SCHEDULE_STEP_CHANGE_HPP_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "fuzz/schedule/schedule.hpp"

namespace awlab {

struct StepChange {
  std::size_t step = 0;                 // from 0
  std::optional<ScheduledStep> before;  // none: the end
  std::optional<ScheduledStep> now;
};

/// None if both lists are the same.
std::optional<StepChange> first_change(const std::vector<ScheduledStep>& before,
                                       const std::vector<ScheduledStep>& now);

/// "step 3 was load of producer 1 on object 2, and is now the end".
std::string describe(const StepChange& change, const std::vector<std::string>& threads);

}  // namespace awlab

#endif  // AWLAB_FUZZ_SCHEDULE_STEP_CHANGE_HPP_
