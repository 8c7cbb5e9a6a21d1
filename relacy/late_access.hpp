// The step at which a thread uses an object that was destroyed: upstream never makes it, so the
// trace gets it from here, as if the object's last value were still there.
#ifndef AWLAB_RELACY_LATE_ACCESS_HPP_
#define AWLAB_RELACY_LATE_ACCESS_HPP_

#include "core/subjects/atomic_facade.hpp"
#include "core/support/as_size.hpp"
#include "core/trace/operation.hpp"
#include "core/trace/trace.hpp"

namespace awlab::relacy {

inline TraceEvent late_access(const Trace& trace, const Operation& operation, const void* object,
                              int thread, const CallSite& at) {
  TraceEvent late;
  late.thread = static_cast<std::int8_t>(thread);
  late.object = object;
  late.function = at.function_name();
  const auto size = static_cast<std::int32_t>(trace.events().size());
  for (std::int32_t i = 0; i < size; ++i) {
    const TraceEvent& event = trace.events()[as_size(i)];
    if (event.object != object || !is_atomic(event.step)) continue;
    late.read = is_write(event.step) ? event.written : event.read;
    late.reads_from = is_write(event.step) ? i : event.reads_from;
  }
  const bool fails = is_cas(operation.op) && late.read != operation.expected;
  late.step = fails ? Step::kCasFailed : is_cas(operation.op) ? Step::kCas : operation.op;
  late.order = fails ? operation.failure : operation.order;
  late.written = operation.op == Step::kLoad
                     ? late.read
                     : truncated(modified(operation, late.read), operation.bytes);
  return late;
}

}  // namespace awlab::relacy

#endif  // AWLAB_RELACY_LATE_ACCESS_HPP_
