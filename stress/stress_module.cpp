// The module of a subject for real threads; see core/subjects/subject_under_test.hpp. Compiled with
// the flags of each build of the lane: the subject is tested exactly as it is compiled.
#include "core/subjects/subject_under_test.hpp"
#include "stress/platform.hpp"
#include "stress/production.hpp"

namespace {

using Production = awlab::stress::Production<Subject<awlab::StdPlatform>>;

awlab::Scenario* make_production(void* where, int producers) {
  static_assert(sizeof(Production) <= awlab::kScenarioStorage &&
                alignof(Production) <= awlab::stress::Round::kAlign);
  return ::new (where) Production(producers);
}

}  // namespace

constinit const awlab::SubjectModule awlab_subject_module{
    kSubject, &awlab::kCellTable<Subject<awlab::stress::StressPlatform>>, &make_production};
