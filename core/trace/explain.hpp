// The explanation of a violation: its story in sentences, and what names the bug.
//
// Derived from the trace alone: reads-from, the order of writes to each object, and happens-before.
#ifndef AWLAB_CORE_TRACE_EXPLAIN_HPP_
#define AWLAB_CORE_TRACE_EXPLAIN_HPP_

#include <string>
#include <vector>

#include "core/contract/contract.hpp"
#include "core/trace/story.hpp"
#include "core/trace/wording.hpp"

namespace awlab {

struct Explanation {
  Story story;
  std::string summary;             // one sentence
  std::vector<std::string> chain;  // the claims in order, one sentence each
  std::string site;                // the subject's function in which the decisive step stands
  std::string cause;               // the cause and the decisive step, the same in all lanes
};

/// The story of `violation` in the execution `history`. Deterministic. `own`: see Matter.
Story story_of(const Violation& violation, const History& history, bool own);

/// The same in words: names and values, no addresses.
Explanation explain(const Violation& violation, const History& history, const Wording& wording,
                    bool own);

}  // namespace awlab

#endif  // AWLAB_CORE_TRACE_EXPLAIN_HPP_
