#include "fuzz/fuzzer/lane_subject.hpp"

#include <cassert>

#include "fuzz/fuzzer/target.hpp"

namespace awlab::fuzz {
namespace {

const SubjectModule* loaded = nullptr;

}  // namespace

void put_under_test(const SubjectModule& subject) { loaded = &subject; }

const SubjectModule& subject_under_test() {
  assert(loaded != nullptr);
  return *loaded;
}

}  // namespace awlab::fuzz
