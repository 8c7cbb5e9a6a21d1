// The inputs in the directory of a run: those put there before it, and those kept after it.
#ifndef AWLAB_FUZZ_FUZZER_CORPUS_HPP_
#define AWLAB_FUZZ_FUZZER_CORPUS_HPP_

#include <cstddef>
#include <string>
#include <vector>

#include "core/support/result.hpp"
#include "fuzz/schedule/input.hpp"

namespace awlab::fuzz {

/// Writes `inputs` into `directory`, which is made if it is missing. Their names are as long as
/// those that libFuzzer gives.
[[nodiscard]] reports::Status add_to_corpus(const std::string& directory,
                                            const std::vector<Input>& inputs);

/// Removes from `directory` the inputs of earlier runs that do nothing that a smaller one does not
/// do. Other files stay. Runs the inputs in a process of its own: if one crashes or never ends,
/// those after it stay. Returns the number of inputs that are left.
std::size_t minimize_corpus(const std::string& directory);

}  // namespace awlab::fuzz

#endif  // AWLAB_FUZZ_FUZZER_CORPUS_HPP_
