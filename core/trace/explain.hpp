// The explanation of a violation: the shortest chain of events, in sentences.
//
// Derived from the trace alone: reads-from, the order of writes to each object, and happens-before.
#ifndef AWLAB_CORE_TRACE_EXPLAIN_HPP_
#define AWLAB_CORE_TRACE_EXPLAIN_HPP_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/contract/contract.hpp"
#include "core/trace/trace.hpp"

namespace awlab {

struct Explanation {
  std::string summary;              // one sentence
  std::vector<std::string> chain;   // the events in order, one sentence each
  std::string site;                 // the subject's function in which the decisive step stands
  std::string operations;           // the decisive pair of operations, such as "fetch_or/CAS"
  std::vector<std::int32_t> steps;  // indexes of the decisive events
  /// Two events of which the first should happen before the second, and does not.
  std::optional<std::pair<std::int32_t, std::int32_t>> missing;
};

/// Explains `violation` by the execution in `trace`. Deterministic: names and values, no addresses.
Explanation explain(const Violation& violation, const Trace& trace, const TraceNames& names);

/// The innermost name of a function as compilers print it: "take_waker".
std::string short_function(std::string_view pretty);

/// "producer 1's wake", "consumer".
std::string actor(const TraceEvent& event, const TraceNames& names);

/// The name of `object`: "the cell", "num".
std::string object_name(const void* object, const Trace& trace, const TraceNames& names);

/// A value of the object that `event` accesses: "REGISTERING", or the number.
std::string value_name(std::uint64_t value, const TraceEvent& event, const Trace& trace,
                       const TraceNames& names);

/// A memory access as text: "fetch_or(acq_rel) on the cell: WAITING -> WAKING".
std::string describe(const TraceEvent& event, const Trace& trace, const TraceNames& names);

/// The trace with each memory access attributed to the innermost call in progress on its thread.
Trace with_calls(const Trace& trace);

}  // namespace awlab

#endif  // AWLAB_CORE_TRACE_EXPLAIN_HPP_
