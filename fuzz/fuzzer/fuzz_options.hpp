// The command line of the lane.
#ifndef AWLAB_FUZZ_FUZZER_FUZZ_OPTIONS_HPP_
#define AWLAB_FUZZ_FUZZER_FUZZ_OPTIONS_HPP_

#include <cstdint>
#include <optional>
#include <string>

#include "reports/lane/lane_options.hpp"

namespace awlab::fuzz {

struct FuzzOptions : lane::RunOptions {
  double seconds = 60;
  std::string out = "out";  // directory of all that is written
  std::string corpus;       // directory; by default in `out`
  int workers = 0;          // processes; by default one for each core
  std::optional<std::uint64_t> seed;
  int max_bytes = 0;     // of an input; by default as many as there may be
  bool seeds = true;     // begin with the programs of the contract's scenarios
  bool feedback = true;  // guided by the features of executions
  bool mutator = true;   // changes that know the format
};

lane::Parsed<FuzzOptions> parse(int argc, char** argv);

}  // namespace awlab::fuzz

#endif  // AWLAB_FUZZ_FUZZER_FUZZ_OPTIONS_HPP_
