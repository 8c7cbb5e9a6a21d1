// The lane's program; linked with subject_target.cpp once for each subject.
#include <cstdio>
#include <exception>

#include "fuzz/fuzzer/lane.hpp"
#include "fuzz/fuzzer/target.hpp"

int main(int argc, char** argv) {
  try {
    return awlab::fuzz::run_lane(awlab::fuzz::subject_under_test(), argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "lab fuzz: %s\n", error.what());
    return 2;
  }
}
