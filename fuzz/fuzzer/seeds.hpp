// The seeds: the inputs with which fuzzing begins.
#ifndef AWLAB_FUZZ_FUZZER_SEEDS_HPP_
#define AWLAB_FUZZ_FUZZER_SEEDS_HPP_

#include <vector>

#include "fuzz/schedule/input.hpp"

namespace awlab::fuzz {

/// The scenarios of the contract as programs, each with the schedule in which no thread is
/// preempted.
std::vector<Input> seeds();

}  // namespace awlab::fuzz

#endif  // AWLAB_FUZZ_FUZZER_SEEDS_HPP_
