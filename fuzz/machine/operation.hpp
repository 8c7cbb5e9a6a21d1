// The numbers of objects on the machine, and the limits on steps and objects in an execution.
#ifndef AWLAB_FUZZ_MACHINE_OPERATION_HPP_
#define AWLAB_FUZZ_MACHINE_OPERATION_HPP_

#include "core/contract/contract.hpp"
#include "core/trace/operation.hpp"

namespace awlab::machine {

/// A step that reads, and may read a write of another thread.
constexpr bool reads(Step op) { return op != Step::kStore && op <= Step::kNotifyAll; }
/// A step that reads and always writes.
constexpr bool always_updates(Step op) {
  return (op >= Step::kExchange && op <= Step::kFetchXor) || op == Step::kPark ||
         op == Step::kUnpark;
}

/// A Location: objects are numbered in the order of their creation, separately for each thread and
/// for those made before all threads, so that a number means the same in every execution.
inline constexpr int kSetUpLocations = 64;
inline constexpr int kThreadLocations = 24;
inline constexpr int kMaxLocations = kSetUpLocations + kMaxSimulatedThreads * kThreadLocations;

/// Steps of Step::kLoad ... Step::kFence that one execution may have.
inline constexpr int kMaxEvents = 256;
/// The same for one thread: as many as its byte of a Clock can count.
inline constexpr int kMaxThreadEvents = 254;
/// Yields of a call that is alone, before or after all threads: with more, it waits for ever.
inline constexpr int kMaxYieldsAlone = 256;
/// Steps of any kind.
inline constexpr int kMaxSteps = 4096;
/// So many steps of Step::kLoad ... Step::kFence in a single call are an endless loop. An execution
/// that only has too many calls for the machine is not judged.
inline constexpr int kMaxCallEvents = kMaxEvents / 2;

}  // namespace awlab::machine

#endif  // AWLAB_FUZZ_MACHINE_OPERATION_HPP_
