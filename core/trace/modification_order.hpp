// The modification order of each object in a trace: the order in which its values followed each
// other.
#ifndef AWLAB_CORE_TRACE_MODIFICATION_ORDER_HPP_
#define AWLAB_CORE_TRACE_MODIFICATION_ORDER_HPP_

#include <cstdint>
#include <vector>

#include "core/trace/trace.hpp"

namespace awlab {

class ModificationOrder {
 public:
  explicit ModificationOrder(const std::vector<TraceEvent>& events);

  /// The write right before `write`, or kInitial.
  [[nodiscard]] std::int32_t before(std::int32_t write) const {
    return before_[static_cast<std::size_t>(write)];
  }

  /// True if `newer` is `older` or comes later; both are writes to one object, or kInitial.
  [[nodiscard]] bool reaches(std::int32_t newer, std::int32_t older) const {
    while (newer != older && newer != kInitial) newer = before(newer);
    return newer == older;
  }

 private:
  std::vector<std::int32_t> before_;
};

}  // namespace awlab

#endif  // AWLAB_CORE_TRACE_MODIFICATION_ORDER_HPP_
