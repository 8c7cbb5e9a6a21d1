// A trace as a table for a terminal, and the number of context switches in it.
#ifndef AWLAB_CORE_TRACE_TRACE_TABLE_HPP_
#define AWLAB_CORE_TRACE_TRACE_TABLE_HPP_

#include <cstdint>
#include <optional>
#include <string>

#include "core/trace/history.hpp"
#include "core/trace/trace.hpp"
#include "core/trace/wording.hpp"

namespace awlab {

/// One column for each thread: the number of each event, what it did, and where its value came
/// from. Empty if no thread has a name, as when a crash came before any thread took part. Only the
/// events before `end`, if that is given.
std::string trace_table(const History& history, const Wording& wording, const TraceNames& names,
                        std::optional<Index> end = std::nullopt);

/// The number of times that the running thread changed.
std::uint64_t context_switches(const Trace& trace);

}  // namespace awlab

#endif  // AWLAB_CORE_TRACE_TRACE_TABLE_HPP_
