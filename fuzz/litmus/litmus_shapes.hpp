// Litmus shapes: small programs with the exact set of results that RC11 allows.
//
// The sets were derived by hand from the source each shape names, and are what the axiomatic
// reference and the machine are compared with. Whatever is not in a set is forbidden. Shapes are
// named as in Maranget, Sarkar and Sewell, "A Tutorial Introduction to the ARM and POWER Relaxed
// Memory Models", 2012 (below: tutorial), then what is special about their orders. "Lahav et al."
// is "Repairing Sequential Consistency in C/C++11", PLDI 2017; clauses are those of C++20.
#ifndef AWLAB_FUZZ_LITMUS_LITMUS_SHAPES_HPP_
#define AWLAB_FUZZ_LITMUS_LITMUS_SHAPES_HPP_

#include <cstdint>
#include <set>
#include <string_view>
#include <vector>

#include "fuzz/litmus/litmus.hpp"

namespace awlab::machine {

/// Registers, followed by the final memory if the shape says so.
using LitmusVectors = std::set<std::vector<std::uint64_t>>;

struct LitmusShape {
  std::string_view name;
  std::string_view source;  // of the expectation: paper, clause or one-line argument
  LitmusProgram program;
  LitmusVectors allowed;     // exactly what executions without a race may show
  bool with_memory = false;  // the vectors end with the final memory
  bool racy = false;         // some execution has a data race; straight-line code cannot avoid it
};

/// All shapes; names are unique. Built on first use; thread-safe.
[[nodiscard]] const std::vector<LitmusShape>& litmus_shapes();

/// The part of an outcome that a shape covers. Precondition: the outcome is not a race.
[[nodiscard]] std::vector<std::uint64_t> observed(const LitmusShape& shape,
                                                  const LitmusOutcome& outcome);

/// The words in which the tables are written, for other litmus programs too.
namespace litmus {

inline constexpr int x = 0;
inline constexpr int y = 1;
inline constexpr int z = 2;

inline constexpr auto rlx = std::memory_order_relaxed;
inline constexpr auto acq = std::memory_order_acquire;
inline constexpr auto rel = std::memory_order_release;
inline constexpr auto acq_rel = std::memory_order_acq_rel;
inline constexpr auto sc = std::memory_order_seq_cst;

Instruction load(int location, std::memory_order order = rlx);
Instruction store(int location, std::uint64_t value, std::memory_order order = rlx);
Instruction exchange(int location, std::uint64_t value, std::memory_order order = rlx);
Instruction fetch_add(int location, std::uint64_t value, std::memory_order order = rlx);
/// Any other read-modify-write with one operand.
Instruction rmw(Step step, int location, std::uint64_t value, std::memory_order order = rlx);
Instruction cas(int location, std::uint64_t expected, std::uint64_t desired,
                std::memory_order order = rlx, std::memory_order failure = rlx);
Instruction weak_cas(int location, std::uint64_t expected, std::uint64_t desired,
                     std::memory_order order = rlx, std::memory_order failure = rlx);
Instruction fence(std::memory_order order);
Instruction read_plain(int location);
Instruction write_plain(int location, std::uint64_t value);

/// Every vector of `count` zeros and ones.
LitmusVectors bits(int count);
/// Every vector of `a` continued by every one of `b`.
LitmusVectors crossed(const LitmusVectors& a, const LitmusVectors& b);
/// The vectors of `all` that are not in `forbidden`. Precondition: `all` contains `forbidden`.
LitmusVectors without(LitmusVectors all, const LitmusVectors& forbidden);

// The tables, by theme.
std::vector<LitmusShape> two_thread_shapes();   // SB, MP, LB, S, R, 2+2W
std::vector<LitmusShape> many_thread_shapes();  // IRIW, WRC, ISA2, RWC, Z6.U, 3.SB
std::vector<LitmusShape> coherence_shapes();    // one location
std::vector<LitmusShape> sequence_shapes();     // release sequences
std::vector<LitmusShape> rmw_shapes();          // values, atomicity, compare-exchange
std::vector<LitmusShape> fence_shapes();        // fences, and their mixes with seq_cst accesses
std::vector<LitmusShape> plain_shapes();        // data races

}  // namespace litmus
}  // namespace awlab::machine

#endif  // AWLAB_FUZZ_LITMUS_LITMUS_SHAPES_HPP_
