// Memory orders: their names and their effects.
#ifndef AWLAB_CORE_TRACE_MEMORY_ORDER_HPP_
#define AWLAB_CORE_TRACE_MEMORY_ORDER_HPP_

#include <atomic>
#include <string_view>

namespace awlab {

constexpr std::string_view to_string(std::memory_order order) {
  switch (order) {
    case std::memory_order_relaxed:
      return "relaxed";
    case std::memory_order_consume:
      return "consume";
    case std::memory_order_acquire:
      return "acquire";
    case std::memory_order_release:
      return "release";
    case std::memory_order_acq_rel:
      return "acq_rel";
    case std::memory_order_seq_cst:
      return "seq_cst";
  }
  return "unknown";
}

/// True if a read or a fence of this order acquires; consume is acquire, as compilers have it.
constexpr bool acquires(std::memory_order order) {
  return order == std::memory_order_acquire || order == std::memory_order_acq_rel ||
         order == std::memory_order_seq_cst || order == std::memory_order_consume;
}

/// True if a write or a fence of this order releases.
constexpr bool releases(std::memory_order order) {
  return order == std::memory_order_release || order == std::memory_order_acq_rel ||
         order == std::memory_order_seq_cst;
}

/// The failure order that the standard gives a compare-exchange with only `order` stated.
constexpr std::memory_order failure_order(std::memory_order order) {
  return order == std::memory_order_acq_rel   ? std::memory_order_acquire
         : order == std::memory_order_release ? std::memory_order_relaxed
                                              : order;
}

}  // namespace awlab

#endif  // AWLAB_CORE_TRACE_MEMORY_ORDER_HPP_
