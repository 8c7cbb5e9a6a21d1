// All outcomes of a litmus program on the machine: its threads run through the real platform.
#ifndef AWLAB_FUZZ_LITMUS_LITMUS_SEARCH_HPP_
#define AWLAB_FUZZ_LITMUS_LITMUS_SEARCH_HPP_

#include "fuzz/explore/explorer.hpp"
#include "fuzz/litmus/litmus.hpp"

namespace awlab::explore {

struct LitmusResult {
  machine::LitmusOutcomes outcomes;
  Counts counts;
};

/// Searches `program` to the end. Graphs that end in a data race are counted as the outcome `race`;
/// each may stand for many, because the search does not go on after a race. `alike_from`, shards
/// and `visit` as in ExplorerOptions.
LitmusResult search_litmus(const machine::LitmusProgram& program,
                           const ExplorerOptions& options = {});

}  // namespace awlab::explore

#endif  // AWLAB_FUZZ_LITMUS_LITMUS_SEARCH_HPP_
