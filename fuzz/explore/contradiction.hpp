// A contradiction: the code under test did something else than before, although it had seen the
// same.
#ifndef AWLAB_FUZZ_EXPLORE_CONTRADICTION_HPP_
#define AWLAB_FUZZ_EXPLORE_CONTRADICTION_HPP_

#include <string>

#include "core/trace/trace.hpp"
#include "fuzz/machine/operation.hpp"

namespace awlab::explore {

struct Contradiction {
  int thread = 0;
  int step = 0;  // of this thread, counted from 1
  Operation before;
  Operation now;
};

/// "the subject is not deterministic: step 3 of producer 1 was load(acquire) on object 2, and ...".
std::string describe(const Contradiction& contradiction, const TraceNames& names);

}  // namespace awlab::explore

#endif  // AWLAB_FUZZ_EXPLORE_CONTRADICTION_HPP_
