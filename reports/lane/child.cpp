#include "reports/lane/child.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

#include "reports/lane/bound_child.hpp"
#include "reports/lane/lane_report.hpp"
#include "reports/model/report_json.hpp"

namespace awlab::lane {
namespace {

constexpr auto kBetweenLooks = std::chrono::milliseconds(5);

// Runs in the child, until it becomes the program. Uses only calls that are allowed between fork
// and exec.
[[noreturn]] void become(const ChildTask& task, char** arguments, int output, int failure) {
  setpgid(0, 0);
  const int input = open("/dev/null", O_RDONLY | O_CLOEXEC);
  dup2(input, STDIN_FILENO);
  dup2(output, STDOUT_FILENO);
  if (!task.errors_are_shown) dup2(output, STDERR_FILENO);
  if (task.directory.empty() || chdir(task.directory.c_str()) == 0) {
    execv(arguments[0], arguments);
  }
  const int reason = errno;
  const ssize_t told = write(failure, &reason, sizeof reason);
  _exit(told == sizeof reason ? 127 : 126);
}

reports::Error cannot_start(const ChildTask& task, int reason) {
  return reports::Error{fmt::format("cannot start {}: {}", task.words.front(),
                                    std::error_code(reason, std::generic_category()).message())};
}

}  // namespace

std::string to_string(const ChildEnd& end) {
  if (end.hung) return "exceeded its time limit";
  if (end.signal != 0) return fmt::format("SIG{}", sigabbrev_np(end.signal));
  if (end.code == ChildEnd::kUnknown) return "unknown exit status";
  return fmt::format("exit code {}", end.code);
}

std::string last_line(const std::filesystem::path& log) {
  constexpr std::streamoff kMostOfLog = 1 << 16;  // at the end of the log
  std::ifstream in(log, std::ios::binary | std::ios::ate);
  if (!in) return "(its log cannot be read)";
  in.seekg(std::max<std::streamoff>(0, static_cast<std::streamoff>(in.tellg()) - kMostOfLog));
  const std::string text(std::istreambuf_iterator<char>(in), {});
  const std::size_t end = text.find_last_not_of("\n ") + 1;
  if (end == 0) return "(its log is empty)";
  const std::size_t start = text.find_last_of('\n', end - 1) + 1;
  return reports::one_line(std::string_view(text).substr(start, end - start));
}

bool ChildEnd::crashed() const {
  constexpr std::array<int, 6> kCrashes = {SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGFPE, SIGTRAP};
  return std::ranges::count(kCrashes, signal) > 0;
}

reports::Result<Child> Child::start(const ChildTask& task) {
  const std::string log = task.log.empty() ? "/dev/null" : task.log.string();
  const int output = open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  std::array<int, 2> failure{};
  if (output < 0) {
    return reports::Error{fmt::format("cannot write {}: {}", log,
                                      std::error_code(errno, std::generic_category()).message())};
  }
  if (pipe2(failure.data(), O_CLOEXEC) != 0) {
    const int reason = errno;
    close(output);
    return cannot_start(task, reason);
  }
  std::vector<std::string> words = task.words;
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const pid_t id = fork_bound_child();
  if (id == 0) become(task, arguments.data(), output, failure[1]);
  int reason = id < 0 ? errno : 0;
  close(output);
  close(failure[1]);
  // The pipe delivers nothing once the program has started: exec closes it.
  while (id > 0 && read(failure[0], &reason, sizeof reason) < 0 && errno == EINTR) {
  }
  close(failure[0]);
  if (reason != 0) {
    if (id > 0) waitpid(id, nullptr, 0);
    return cannot_start(task, reason);
  }
  return Child(id, task);
}

Child::Child(Child&& other) noexcept
    : id_(std::exchange(other.id_, -1)),
      seconds_(other.seconds_),
      grace_(other.grace_),
      start_(other.start_),
      told_to_end_(other.told_to_end_),
      hung_(other.hung_) {}

Child::~Child() {
  if (id_ > 0) {
    kill(-id_, SIGKILL);
    waitpid(id_, nullptr, 0);
  }
}

std::optional<ChildEnd> Child::poll() {
  const Clock::time_point now = Clock::now();
  const auto past = [&](Clock::time_point since) {
    return std::chrono::duration<double>(now - since).count();
  };
  int status = 0;
  const pid_t ended = waitpid(id_, &status, WNOHANG);
  if (ended == 0) {
    const bool late = seconds_ > 0 && past(start_) > seconds_;
    if (!told_to_end_ && (late || stop_requested)) {
      hung_ = late;
      told_to_end_ = now;
      kill(id_, SIGTERM);
    } else if (told_to_end_ && past(*told_to_end_) > grace_) {
      hung_ = true;
      kill(-id_, SIGKILL);
    }
    return std::nullopt;
  }
  kill(-std::exchange(id_, -1), SIGKILL);  // processes that it started and left behind
  // If SIGCHLD is ignored, the system forgets how a child ended: that must not pass for success.
  ChildEnd end{.code = ChildEnd::kUnknown, .hung = hung_, .seconds = past(start_)};
  if (ended > 0 && WIFEXITED(status)) end.code = WEXITSTATUS(status);
  if (ended > 0 && WIFSIGNALED(status)) {
    end.code = 0;
    end.signal = WTERMSIG(status);
  }
  return end;
}

reports::Result<ChildEnd> run_child(const ChildTask& task,
                                    const std::function<void()>& while_waiting) {
  return Child::start(task).map([&](Child child) {
    for (;;) {
      if (const std::optional<ChildEnd> end = child.poll()) return *end;
      while_waiting();
      std::this_thread::sleep_for(kBetweenLooks);
    }
  });
}

}  // namespace awlab::lane
