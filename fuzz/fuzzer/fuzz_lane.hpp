// The fuzz lane: programs and schedules that nobody wrote, made by libFuzzer.
#ifndef AWLAB_FUZZ_FUZZER_FUZZ_LANE_HPP_
#define AWLAB_FUZZ_FUZZER_FUZZ_LANE_HPP_

namespace awlab::fuzz {

/// `lab fuzz`; argv[0] is the command. Returns the exit code: 0 pass, 1 a finding, 2 usage or
/// environment, 3 inconclusive.
int run_lane(int argc, char** argv);

}  // namespace awlab::fuzz

#endif  // AWLAB_FUZZ_FUZZER_FUZZ_LANE_HPP_
