// The axiomatic reference: RC11 by generate and test.
//
// It builds every candidate execution graph of a litmus program and keeps those that satisfy the
// axioms of Lahav, Vafeiadis, Kang, Hur and Dreyer, "Repairing Sequential Consistency in C/C++11",
// PLDI 2017, with the release sequence of C++20: rs = [W];(rf;rmw)*, which no plain store
// continues, not even one by the same thread. Deliberately naive, and sharing no code with the
// machine but which orders acquire and release (core/trace/memory_order.hpp): it is there to
// disagree with it.
#ifndef AWLAB_FUZZ_LITMUS_AXIOMATIC_HPP_
#define AWLAB_FUZZ_LITMUS_AXIOMATIC_HPP_

#include "fuzz/litmus/litmus.hpp"

namespace awlab::machine {

/// All outcomes RC11 allows, each with its number of execution graphs (program order, reads-from,
/// modification order; whether a weak compare-exchange failed spuriously tells graphs apart too).
///
/// Registers: one for each atomic read, compare-exchange (failed or not) and plain read. A plain
/// read yields the value of the latest plain write in happens-before. Memory: one entry for each
/// location up to the highest one used; of plain locations the latest value in happens-before. All
/// graphs with a data race count for the one outcome {no registers, no memory, race}.
///
/// Precondition: at most 64 events, counting a read-modify-write twice and one initial write for
/// each atomic location; no location is accessed both plainly and atomically. Exponential in the
/// accesses; meant for two to four threads with about ten.
[[nodiscard]] LitmusOutcomes enumerate(const LitmusProgram& program);

}  // namespace awlab::machine

#endif  // AWLAB_FUZZ_LITMUS_AXIOMATIC_HPP_
