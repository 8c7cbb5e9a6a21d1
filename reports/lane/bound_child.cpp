#include "reports/lane/bound_child.hpp"

#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

namespace awlab::lane {

pid_t fork_bound_child() {
  const pid_t parent = getpid();
  std::fflush(nullptr);  // buffered output is printed once, not by each process
  const pid_t child = fork();
  if (child == 0) {
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);   // a stuck process obeys nothing else
    if (getppid() != parent) _exit(1);  // it has ended before that call
  }
  return child;
}

}  // namespace awlab::lane
