// The inputs in a run's directory: what is put there, and what is kept of those that it leaves.
#ifndef AWLAB_FUZZ_FUZZER_CORPUS_HPP_
#define AWLAB_FUZZ_FUZZER_CORPUS_HPP_

#include <cstddef>
#include <string>
#include <vector>

#include "fuzz/schedule/input.hpp"
#include "reports/result.hpp"

namespace awlab::fuzz {

/// Writes `inputs` into `directory`, which is made if it is not there, by the names that libFuzzer
/// would give them.
reports::Status add_to_corpus(const std::string& directory, const std::vector<Input>& inputs);

/// Removes from `directory` the inputs of earlier runs that do nothing that a smaller one does not
/// do. Other files stay. Runs them, in a process of its own, as one may crash. Returns how many
/// inputs there are then.
std::size_t minimize_corpus(const std::string& directory);

}  // namespace awlab::fuzz

#endif  // AWLAB_FUZZ_FUZZER_CORPUS_HPP_
