// A litmus program: a few threads of straight-line memory accesses, as plain data.
//
// The same program runs on the machine, through the real platform, and in the axiomatic reference
// (axiomatic.hpp); the outcomes that each allows are sets that can be compared.
#ifndef AWLAB_FUZZ_LITMUS_LITMUS_HPP_
#define AWLAB_FUZZ_LITMUS_LITMUS_HPP_

#include <atomic>
#include <compare>
#include <cstdint>
#include <map>
#include <ostream>
#include <vector>

#include "core/trace/trace.hpp"

namespace awlab::machine {

/// One access. Each access that reads (is_read, a compare-exchange too) yields one register; all
/// locations start as 0. Plain accesses to a location must not be mixed with atomic ones.
struct Instruction {
  Step step = Step::kLoad;  // up to kPlainWrite; kCas for every compare-exchange
  int location = 0;         // not of fences
  std::memory_order order = std::memory_order_relaxed;
  std::uint64_t operand = 0;   // stored, added, ..., or the desired value of a compare-exchange
  std::uint64_t expected = 0;  // of a compare-exchange
  std::memory_order failure = std::memory_order_relaxed;  // of a compare-exchange
  bool weak = false;                                      // of a compare-exchange
};

struct LitmusProgram {
  std::vector<std::vector<Instruction>> threads;
};

/// The result of one execution.
struct LitmusOutcome {
  std::vector<std::uint64_t> registers;  // values read, thread by thread, in program order
  std::vector<std::uint64_t> memory;     // the last value in modification order, by location
  bool race = false;                     // a data race on plain locations; then nothing else counts

  friend auto operator<=>(const LitmusOutcome&, const LitmusOutcome&) = default;
  friend std::ostream& operator<<(std::ostream& out, const LitmusOutcome& outcome) {
    for (const std::uint64_t value : outcome.registers) out << value << ' ';
    out << '|';
    for (const std::uint64_t value : outcome.memory) out << ' ' << value;
    return out << (outcome.race ? " race" : "");
  }
};

/// The number of execution graphs (program order, reads-from, modification order) for each outcome.
using LitmusOutcomes = std::map<LitmusOutcome, std::uint64_t>;

}  // namespace awlab::machine

#endif  // AWLAB_FUZZ_LITMUS_LITMUS_HPP_
