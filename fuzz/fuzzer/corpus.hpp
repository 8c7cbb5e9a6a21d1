// The inputs in a run's directory: what is put there, and what is kept of those that it leaves.
#ifndef AWLAB_FUZZ_FUZZER_CORPUS_HPP_
#define AWLAB_FUZZ_FUZZER_CORPUS_HPP_

#include <cstddef>
#include <string>
#include <vector>

#include "core/support/result.hpp"
#include "fuzz/schedule/input.hpp"

namespace awlab::fuzz {

/// Writes `inputs` into `directory`, which is made if it is not there, by names that are as long as
/// those that libFuzzer gives.
reports::Status add_to_corpus(const std::string& directory, const std::vector<Input>& inputs);

/// Removes from `directory` the inputs of earlier runs that do nothing that a smaller one does not
/// do. Other files stay. Runs them, in a process of its own: one may crash or never end, and those
/// behind it stay then. Returns how many inputs there are in the end.
std::size_t minimize_corpus(const std::string& directory);

}  // namespace awlab::fuzz

#endif  // AWLAB_FUZZ_FUZZER_CORPUS_HPP_
