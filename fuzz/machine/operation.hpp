// What a simulated thread asks of the machine, one step at a time.
#ifndef AWLAB_FUZZ_MACHINE_OPERATION_HPP_
#define AWLAB_FUZZ_MACHINE_OPERATION_HPP_

#include <array>
#include <atomic>
#include <cstdint>
#include <string_view>

#include "core/contract/contract.hpp"

namespace awlab::machine {

enum class Op : std::uint8_t {
  // Steps in which threads meet: a schedule decides when they happen and what they see.
  kLoad,
  kStore,
  kExchange,
  kFetchAdd,
  kFetchSub,
  kFetchAnd,
  kFetchOr,
  kFetchXor,
  kCas,
  kWeakCas,
  kPark,    // waits until unparked, and takes the permit
  kUnpark,  // leaves a permit
  // Steps of one thread alone: nothing to decide. They happen together with the step before.
  kFence,
  kPlainRead,
  kPlainWrite,
  kCreate,   // an object is born
  kDestroy,  // and gone
  kYield,    // this thread waits for another one's doing
  kEnd,
};

inline constexpr std::array<std::string_view, 19> kOpNames = {
    "load",        "store",  "exchange", "fetch_add", "fetch_sub", "fetch_and", "fetch_or",
    "fetch_xor",   "cas",    "weak_cas", "park",      "unpark",    "fence",     "plain_read",
    "plain_write", "create", "destroy",  "yield",     "end"};

constexpr std::string_view to_string(Op op) { return kOpNames[static_cast<std::size_t>(op)]; }

constexpr bool is_local(Op op) { return op >= Op::kFence; }
constexpr bool is_cas(Op op) { return op == Op::kCas || op == Op::kWeakCas; }
/// A step that reads and always writes.
constexpr bool is_rmw(Op op) {
  return (op >= Op::kExchange && op <= Op::kFetchXor) || op == Op::kPark || op == Op::kUnpark;
}
constexpr bool reads(Op op) { return op != Op::kStore && op <= Op::kUnpark; }

/// Objects are numbered in the order of their creation, separately for each thread and for what was
/// there before all threads, so that a number means the same in every execution.
using Location = std::uint16_t;
inline constexpr int kSetUpLocations = 64;
inline constexpr int kThreadLocations = 24;
inline constexpr int kMaxLocations = kSetUpLocations + kMaxSimulatedThreads * kThreadLocations;

/// Steps of Op::kLoad ... Op::kFence that one execution may have.
inline constexpr int kMaxEvents = 256;
/// Those of one thread: what its byte of a Clock can count.
inline constexpr int kMaxThreadEvents = 254;
/// Steps of any kind.
inline constexpr int kMaxSteps = 4096;

struct Operation {
  Op op = Op::kEnd;
  std::uint8_t bytes = 8;  // size of the object's value
  Location location = 0;
  std::memory_order order = std::memory_order_relaxed;
  std::memory_order failure = std::memory_order_relaxed;  // of a compare-exchange
  std::uint64_t operand = 0;   // stored, added, ..., desired; the first value of a created object
  std::uint64_t expected = 0;  // of a compare-exchange

  friend bool operator==(const Operation&, const Operation&) = default;
};

/// What the thread gets back.
struct Result {
  std::uint64_t value = 0;  // read
  bool success = true;      // of a compare-exchange

  friend bool operator==(const Result&, const Result&) = default;
};

/// `value` as an object of `bytes` bytes keeps it.
constexpr std::uint64_t truncated(std::uint64_t value, std::uint8_t bytes) {
  return bytes >= 8 ? value : value & ((std::uint64_t{1} << (8U * bytes)) - 1);
}

/// What a read-modify-write that read `value` leaves, before truncation.
constexpr std::uint64_t modified(const Operation& operation, std::uint64_t value) {
  switch (operation.op) {
    case Op::kFetchAdd:
      return value + operation.operand;
    case Op::kFetchSub:
      return value - operation.operand;
    case Op::kFetchAnd:
      return value & operation.operand;
    case Op::kFetchOr:
      return value | operation.operand;
    case Op::kFetchXor:
      return value ^ operation.operand;
    default:
      return operation.operand;
  }
}

}  // namespace awlab::machine

#endif  // AWLAB_FUZZ_MACHINE_OPERATION_HPP_
