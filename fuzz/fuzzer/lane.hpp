// The fuzz lane: programs and schedules that nobody wrote, made by libFuzzer.
#ifndef AWLAB_FUZZ_FUZZER_LANE_HPP_
#define AWLAB_FUZZ_FUZZER_LANE_HPP_

#include "reports/lane/subject.hpp"

namespace awlab::fuzz {

/// The program of the lane for one subject. Returns the exit code: 0 pass, 1 a finding, 2 usage or
/// environment, 3 inconclusive.
int run_lane(const lane::Subject& subject, int argc, char** argv);

}  // namespace awlab::fuzz

#endif  // AWLAB_FUZZ_FUZZER_LANE_HPP_
