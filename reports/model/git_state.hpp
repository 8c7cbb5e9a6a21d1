// The commit that this build was made from; git_state.cmake rewrites it at every build that changes
// it.
#ifndef AWLAB_REPORTS_MODEL_GIT_STATE_HPP_
#define AWLAB_REPORTS_MODEL_GIT_STATE_HPP_

#include <string_view>

namespace awlab::reports {

/// The full hash, or "unknown" without git or without a repository of the lab's own.
[[nodiscard]] std::string_view git_commit();

/// True if the source tree differed from that commit. Meaningless for "unknown".
[[nodiscard]] bool git_dirty();

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_MODEL_GIT_STATE_HPP_
