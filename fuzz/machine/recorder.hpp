// The recorder: writes an execution down as the trace from which findings are explained.
#ifndef AWLAB_FUZZ_MACHINE_RECORDER_HPP_
#define AWLAB_FUZZ_MACHINE_RECORDER_HPP_

#include <array>

#include "core/trace/trace.hpp"
#include "fuzz/machine/graph.hpp"

namespace awlab::machine {

/// Does nothing without a trace to write to. Objects are named by their Location.
class Recorder {
 public:
  void start(Trace* trace) {
    trace_ = trace;
    if (trace_ != nullptr) {
      trace_->clear();
      last_write_.fill(kInitial);
    }
  }

  /// Records an observation of a scenario; not a memory access.
  void note(const TraceEvent& event) {
    if (trace_ != nullptr) trace_->add(event);
  }
  /// Records that the scenario lies in these bytes.
  void watch_scenario(const void* begin, std::size_t size) {
    if (trace_ != nullptr) trace_->set_scenario(begin, size);
  }
  /// Records that cell number `cell` lies in these bytes.
  void watch(int cell, const void* begin, std::size_t size) {
    if (trace_ != nullptr) trace_->set_cell(cell, begin, size);
  }
  /// Records the step that `thread` just made.
  void step(const Graph* graph, int thread, const Operation& operation, const char* function) {
    if (trace_ != nullptr) add_step(*graph, thread, operation, function);
  }
  /// Call when all threads ended: later steps read the last values.
  void threads_ended(const Graph* graph) {
    if (trace_ != nullptr) last_writes(*graph);
  }
  /// Records a step before or after all threads; `written` is the value it left.
  void outside_step(const Operation& operation, Answer result, std::uint64_t written,
                    const char* function) {
    if (trace_ != nullptr) add_outside_step(operation, result, written, function);
  }
  /// Records that `thread` has made an object at `address`; plain data if `bytes` is 0.
  void made(Location location, const void* address, std::uint8_t bytes, int thread) {
    if (trace_ == nullptr) return;
    addresses_[location] = address;
    trace_->add_object(address, bytes, thread);
  }

 private:
  void add_step(const Graph& graph, int thread, const Operation& operation, const char* function);
  void add_outside_step(const Operation& operation, Answer result, std::uint64_t written,
                        const char* function);
  void last_writes(const Graph& graph);

  Trace* trace_ = nullptr;
  std::array<const void*, kMaxLocations> addresses_{};
  std::array<std::int32_t, kMaxEvents + kMaxLocations> index_of_{};  // in the trace, by event
  std::array<std::int32_t, kMaxLocations> last_write_{};  // in the trace, outside of threads
};

}  // namespace awlab::machine

#endif  // AWLAB_FUZZ_MACHINE_RECORDER_HPP_
