// The subject of a program as the machine runs it. Include "subject_under_test.hpp" yourself: which one
// that is depends on the program.
#ifndef AWLAB_FUZZ_SCHEDULE_MACHINE_SUBJECT_HPP_
#define AWLAB_FUZZ_SCHEDULE_MACHINE_SUBJECT_HPP_

#include "core/scenario/programmed.hpp"
#include "core/scenario/scenario_list.hpp"
#include "core/subjects/subject_form.hpp"
#include "fuzz/machine/platform.hpp"
#include "reports/lane/subject.hpp"

namespace awlab {

/// The subject of the form `Form`, see core/subjects/subject_form.hpp. Throws std::invalid_argument if the
/// machine would not see what it does.
template <class Form>
lane::Subject subject_on_machine(const SubjectInfo& info) {
  if constexpr (Form::kHasPlatform) {
    using Cell = typename Form::template On<machine::MachinePlatform>;
    return {info, &ScenarioFactory<machine::MachinePlatform, Cell>::find,
            &make_programmed<machine::MachinePlatform, Cell>};
  } else {
    throw no_platform(info.name);
  }
}

}  // namespace awlab

#endif  // AWLAB_FUZZ_SCHEDULE_MACHINE_SUBJECT_HPP_
