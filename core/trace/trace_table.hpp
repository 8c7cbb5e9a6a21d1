// A trace as a table for a terminal, and the number of context switches in it.
#ifndef AWLAB_CORE_TRACE_TRACE_TABLE_HPP_
#define AWLAB_CORE_TRACE_TRACE_TABLE_HPP_

#include <cstdint>
#include <string>

#include "core/trace/trace.hpp"

namespace awlab {

/// A column for each thread: the number of each event, what it did, and from which its value came.
/// Empty where nobody has a name, as when a crash came before anybody took part.
std::string trace_table(const Trace& trace, const TraceNames& names);

/// How often the running thread changed.
std::uint64_t context_switches(const Trace& trace);

}  // namespace awlab

#endif  // AWLAB_CORE_TRACE_TRACE_TABLE_HPP_
