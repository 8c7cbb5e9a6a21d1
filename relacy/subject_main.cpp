// The lane's program for one subject. Built once for our cell, for each fault, and for a user's.
#include "relacy/platform.hpp"
// After Relacy.
#include "core/scenario_list.hpp"
#include "relacy/lane.hpp"
#include "subject_under_test.hpp"

int main(int argc, char** argv) {
  using Platform = awlab::relacy::RelacyPlatform;
  using Factory = awlab::ScenarioFactory<Platform, Subject<Platform>>;
  return awlab::relacy::run_lane({kSubject, &Factory::find}, argc, argv);
}
