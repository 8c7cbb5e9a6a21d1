// A trace as a table for a terminal, and the number of context switches in it.
#ifndef AWLAB_CORE_TRACE_TABLE_HPP_
#define AWLAB_CORE_TRACE_TABLE_HPP_

#include <cstdint>
#include <string>

#include "core/trace.hpp"

namespace awlab {

/// One line an event: number, thread, call, what it did, and whose value it read.
std::string trace_table(const Trace& trace, const TraceNames& names);

/// How often the running thread changed.
std::uint64_t context_switches(const Trace& trace);

}  // namespace awlab

#endif  // AWLAB_CORE_TRACE_TABLE_HPP_
