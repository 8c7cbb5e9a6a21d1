// A copy of this process that does not outlive it.
#ifndef AWLAB_REPORTS_LANE_BOUND_CHILD_HPP_
#define AWLAB_REPORTS_LANE_BOUND_CHILD_HPP_

#include <sys/types.h>

namespace awlab::lane {

/// fork(), and in the child: SIGINT and SIGTERM have no handler, so that they end it, or libFuzzer
/// ends in its own way; the end of its parent kills it, however stuck it is. Returns as fork()
/// does. In the child it makes only calls that are allowed between fork and exec.
[[nodiscard]] pid_t fork_bound_child();

}  // namespace awlab::lane

#endif  // AWLAB_REPORTS_LANE_BOUND_CHILD_HPP_
