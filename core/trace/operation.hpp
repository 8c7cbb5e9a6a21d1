// One step that a simulated thread asks of its engine, and the engine's answer.
#ifndef AWLAB_CORE_TRACE_OPERATION_HPP_
#define AWLAB_CORE_TRACE_OPERATION_HPP_

#include <atomic>
#include <cstdint>

#include "core/trace/step.hpp"

namespace awlab {

/// The number of an object on its engine.
using Location = std::uint16_t;

struct Operation {
  Step op = Step::kEnd;
  std::uint8_t bytes = 8;  // size of the object's value
  Location location = 0;
  std::memory_order order = std::memory_order_relaxed;
  std::memory_order failure = std::memory_order_relaxed;  // of a compare-exchange
  std::uint64_t operand = 0;   // stored, added, ..., desired; the first value of a created object
  std::uint64_t expected = 0;  // of a compare-exchange

  friend bool operator==(const Operation&, const Operation&) = default;
};

/// The engine's answer to an operation.
struct Answer {
  std::uint64_t value = 0;  // the value read
  bool success = true;      // of a compare-exchange

  friend bool operator==(const Answer&, const Answer&) = default;
};

/// `value` as an object of `bytes` bytes stores it.
constexpr std::uint64_t truncated(std::uint64_t value, std::uint8_t bytes) {
  return bytes >= 8 ? value : value & ((std::uint64_t{1} << (8U * bytes)) - 1);
}

/// The value that a read-modify-write leaves after it read `value`, before truncation.
constexpr std::uint64_t modified(const Operation& operation, std::uint64_t value) {
  switch (operation.op) {
    case Step::kFetchAdd:
      return value + operation.operand;
    case Step::kFetchSub:
      return value - operation.operand;
    case Step::kFetchAnd:
      return value & operation.operand;
    case Step::kFetchOr:
      return value | operation.operand;
    case Step::kFetchXor:
      return value ^ operation.operand;
    default:
      return operation.operand;
  }
}

}  // namespace awlab

#endif  // AWLAB_CORE_TRACE_OPERATION_HPP_
