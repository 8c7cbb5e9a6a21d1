// The simulated memory of the Relacy Race Detector, as an engine of SimulatedPlatform.
//
// Each atomic value travels with the number of the operation that wrote it, so that the recorded
// trace has exact reads-from edges. Memory orders go to Relacy unchanged, with one exception:
// Relacy has no failure order stronger than the success order, so in that case an acquire fence
// follows. This header does not include Relacy. One simulation at a time in a process; not
// thread-safe.
#ifndef AWLAB_RELACY_MEMORY_HPP_
#define AWLAB_RELACY_MEMORY_HPP_

#include <cstddef>
#include <cstdint>

#include "core/subjects/simulated_platform.hpp"
#include "core/trace/trace.hpp"

namespace awlab::relacy {

/// Limit on the objects of one execution, including those that are already destroyed.
inline constexpr std::size_t kMaxObjects = 4096;

struct Memory {
  // For platforms, during a simulation:

  /// Does not return if there are too many objects: that ends the simulation.
  static Location create(std::uint64_t value, std::uint8_t bytes, const void* object);
  /// May run other fibers.
  static Answer perform(const Operation& operation, const CallSite& at);
  static void check_failed();
  static int current_thread();
  static void outside(bool is);
  static std::uint64_t operations();
  static std::uint64_t waits();
  static void note(const TraceEvent& event);
  static void watch(int cell, const void* begin, std::size_t size);
  /// Ends the simulation; does not return.
  static void violated();

  // For the heap:

  /// A number below `limit` that the search chooses.
  static unsigned choose(unsigned limit);
  /// The code under test has freed some memory twice. Ends the simulation; does not return.
  [[noreturn]] static void freed_twice();

  // For the engine:

  /// Begins a new execution, without objects. Records nothing if there is no trace.
  static void start(Trace* trace);
  /// Records that the scenario of this execution lies in these bytes.
  static void watch_scenario(const void* begin, std::size_t size);
  static bool has_failed_check();
  /// True if an object was used after it was destroyed.
  static bool was_accessed_late();
  static int thread_of_failed_check();
  static bool has_too_many_objects();
  /// Ends the execution as a leak if something is left on the heap.
  static void end();
  /// Makes upstream's own code allocate from the C library during a whole simulation.
  static void leave_allocation_to_us();
};

/// A permit that one simulated thread waits for. Orders no memory.
class Permit {
 public:
  void wait(const CallSite& at);
  void give(const CallSite& at);

 private:
  bool given_ = false;
  int waiting_ = -1;  // the waiting thread
};

}  // namespace awlab::relacy

#endif  // AWLAB_RELACY_MEMORY_HPP_
