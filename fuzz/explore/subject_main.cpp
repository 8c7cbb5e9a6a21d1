// The lane's program for one subject. Built once for our cell, for each fault, and for a user's.
#include <cstdio>
#include <exception>

#include "core/scenario_list.hpp"
#include "core/scenarios/programmed.hpp"
#include "fuzz/explore/lane.hpp"
#include "fuzz/machine/platform.hpp"
#include "subject_under_test.hpp"

int main(int argc, char** argv) {
  using Platform = awlab::machine::MachinePlatform;
  using Cell = Subject<Platform>;
  try {
    return awlab::explore::run_lane({kSubject, &awlab::ScenarioFactory<Platform, Cell>::find,
                                     &awlab::make_programmed<Platform, Cell>},
                                    argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "lab explore: %s\n", error.what());
    return 2;
  }
}
