// Functions outside of a subject through which threads, time or chance come in.
#ifndef AWLAB_REPORTS_LANE_UNSEEN_CALLS_HPP_
#define AWLAB_REPORTS_LANE_UNSEEN_CALLS_HPP_

#include <string>

namespace awlab::lane {

/// The name of such a function, as people write it; empty for any other.
/// @param symbol  of a function that the subject does not define itself
[[nodiscard]] std::string unseen_call(const std::string& symbol);

}  // namespace awlab::lane

#endif  // AWLAB_REPORTS_LANE_UNSEEN_CALLS_HPP_
