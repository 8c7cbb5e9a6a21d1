// stress_NAME, the program of the subject NAME. Built once for our cell, for each fault, and for a
// user's, with each of the lane's builds.
#include <cstdio>
#include <exception>
#include <new>
#include <string_view>

#include "core/scenario/programmed.hpp"
#include "core/scenario/scenario_list.hpp"
#include "stress/handover.hpp"
#include "stress/lane.hpp"
#include "stress/platform.hpp"
#include "stress/production.hpp"
#include "subject_under_test.hpp"

namespace {

using Platform = awlab::stress::StressPlatform;
using Cell = Subject<Platform>;
using Factory = awlab::ScenarioFactory<Platform, Cell>;

using Handover = awlab::stress::Handover<Cell>;
using Production = awlab::stress::Production<Subject<awlab::StdPlatform>>;

template <class S>
awlab::Scenario* make(void* where, int producers) {
  static_assert(sizeof(S) <= awlab::kScenarioStorage && alignof(S) <= awlab::stress::Round::kAlign);
  return ::new (where) S(producers);
}

Factory::Make find(std::string_view name) {
  return name == "handover"     ? &make<Handover>
         : name == "production" ? &make<Production>
                                : Factory::find(name);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return awlab::stress::run_lane({kSubject, &find, &awlab::make_programmed<Platform, Cell>}, argc,
                                   argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "lab stress: %s\n", error.what());
    return 2;
  }
}
