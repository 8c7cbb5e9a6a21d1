// The lane's program for one subject. Built once for our cell, for each fault, and for a user's.
#include "relacy/platform.hpp"
// After Relacy.
#include <cstdio>
#include <exception>

#include "core/scenario/scenario_list.hpp"
#include "relacy/lane.hpp"
#include "subject_under_test.hpp"

namespace {

template <class Form>
awlab::lane::Subject subject_on_relacy() {
  if constexpr (Form::kHasPlatform) {
    using Platform = awlab::relacy::RelacyPlatform;
    return {kSubject,
            &awlab::ScenarioFactory<Platform, typename Form::template On<Platform>>::find};
  } else {
    throw awlab::no_platform(kSubject.name);
  }
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return awlab::relacy::run_lane(subject_on_relacy<SubjectForm>(), argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "lab relacy: %s\n", error.what());
    return 2;
  }
}
