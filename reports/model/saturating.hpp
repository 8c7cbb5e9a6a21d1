// Sums of numbers from reports. They stay within a report's limits, whatever the parts claim.
#ifndef AWLAB_REPORTS_MODEL_SATURATING_HPP_
#define AWLAB_REPORTS_MODEL_SATURATING_HPP_

#include <algorithm>
#include <cstdint>
#include <limits>

#include "reports/model/report.hpp"

namespace awlab::reports {

/// @param count  at most kMaxCount, before and after
inline void add_to(std::uint64_t& count, std::uint64_t more) {
  count += std::min(more, kMaxCount - count);
}

/// @param number  finite, before and after; `more` is not negative
inline void add_to(double& number, double more) {
  number = std::min(number + more, std::numeric_limits<double>::max());
}

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_MODEL_SATURATING_HPP_
