// The fuzz target's subject. Built once for our cell, for each fault, and for a user's.
#include "core/scenario_list.hpp"
#include "core/scenarios/programmed.hpp"
#include "fuzz/fuzzer/target.hpp"
#include "fuzz/machine/platform.hpp"
#include "subject_under_test.hpp"

const awlab::lane::Subject& awlab::fuzz::subject_under_test() {
  using Cell = ::Subject<machine::MachinePlatform>;
  static const lane::Subject subject{kSubject,
                                     &ScenarioFactory<machine::MachinePlatform, Cell>::find,
                                     &make_programmed<machine::MachinePlatform, Cell>};
  return subject;
}
