#include "fuzz/fuzzer/aside.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <optional>

#include "core/support/as_size.hpp"
#include "reports/lane/bound_child.hpp"
#include "reports/lane/lane_report.hpp"

namespace awlab::fuzz {
namespace {

using Clock = std::chrono::steady_clock;

constexpr unsigned kTooLongSeconds = 60;
// Time left for nearly finished work when the lane is asked to end: its user does not wait long.
constexpr std::chrono::milliseconds kGrace{1000};
constexpr int kTickMs = 50;

[[noreturn]] void work_as_child(const std::function<std::string()>& work, int out) {
  std::freopen("/dev/null", "w", stderr);
  alarm(kTooLongSeconds);
  // Nothing may unwind into the copy of the lane above: it would end the lane's workers.
  try {
    const std::string result = work();
    _exit(write(out, result.data(), result.size()) < 0 ? 1 : 0);
  } catch (...) {
    _exit(1);
  }
}

// Reads until the child closes its end. Returns true if we ended the child.
bool receive(int in, pid_t child, std::string& result) {
  std::optional<Clock::time_point> asked;
  bool cut_short = false;
  std::array<char, 4096> buffer{};
  for (;;) {
    pollfd descriptor{.fd = in, .events = POLLIN, .revents = 0};
    if (poll(&descriptor, 1, kTickMs) > 0) {
      const ssize_t got = read(in, buffer.data(), buffer.size());
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return cut_short;
      result.append(buffer.data(), as_size(got));
    }
    if (!lane::stop_requested) continue;
    if (!asked) asked = Clock::now();
    if (Clock::now() - *asked > kGrace && !cut_short) {
      cut_short = true;
      kill(child, SIGKILL);
    }
  }
}

}  // namespace

Aside do_aside(const std::function<std::string()>& work) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) {
    return {};
  }
  const pid_t child = lane::fork_bound_child();
  if (child == 0) work_as_child(work, ends[1]);
  close(ends[1]);
  Aside aside;
  const bool cut_short = child > 0 && receive(ends[0], child, aside.result);
  close(ends[0]);
  int status = 0;
  while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  const int signal = child > 0 && WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  aside.crashed = signal != 0 && signal != SIGINT && signal != SIGTERM && !cut_short;
  return aside;
}

}  // namespace awlab::fuzz
