// The commit that this build was made from; written by git_state.cmake at every build that changes
// it.
#ifndef AWLAB_REPORTS_MODEL_GIT_STATE_HPP_
#define AWLAB_REPORTS_MODEL_GIT_STATE_HPP_

#include <string_view>

namespace awlab::reports {

/// The full hash, or "unknown" where there is no git or no repository of the lab's own.
[[nodiscard]] std::string_view git_commit();

/// Whether the source tree differed from that commit. Means nothing for "unknown".
[[nodiscard]] bool git_dirty();

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_MODEL_GIT_STATE_HPP_
