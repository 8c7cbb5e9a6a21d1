// A program of the lab as a child process with a time limit. It may crash or hang without harm to
// the process that started it.
//
// A child leads a process group of its own. The group is killed when the child ends, and the child
// when its parent is gone, together with every child that it has started this way. So nothing that
// the programs of the lab start outlives the run.
#ifndef AWLAB_REPORTS_LANE_CHILD_HPP_
#define AWLAB_REPORTS_LANE_CHILD_HPP_

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/support/result.hpp"

namespace awlab::lane {

struct ChildTask {
  std::vector<std::string> words;     // the program's path, then its arguments
  std::filesystem::path log{};        // file for its output; empty: the output is lost
  double seconds = 0;                 // until it is asked to end; 0: no limit
  double grace_seconds = 8;           // from then until it is killed
  bool errors_are_shown = false;      // standard error is not redirected
  std::filesystem::path directory{};  // working directory; empty: this one
};

struct ChildEnd {
  static constexpr int kUnknown = -1;  // no program exits with this code

  int code = 0;        // exit code; kUnknown if the system did not report how it ended
  int signal = 0;      // signal that killed it, else 0
  bool hung = false;   // it exceeded its time limit
  double seconds = 0;  // time that it took

  [[nodiscard]] bool exited_with(int wanted) const { return signal == 0 && code == wanted; }
  /// True if the signal is one that a program's own error raises.
  [[nodiscard]] bool crashed() const;
};

/// "exit code 2", "SIGSEGV", "exceeded its time limit", "unknown exit status".
[[nodiscard]] std::string to_string(const ChildEnd& end);

/// The last line of a child's log that is not empty; a sentence in parentheses if there is none.
[[nodiscard]] std::string last_line(const std::filesystem::path& log);

/// Used by one thread.
class Child {
 public:
  /// Starts the program. @return an error if it cannot be started
  [[nodiscard]] static reports::Result<Child> start(const ChildTask& task);

  Child(Child&& other) noexcept;
  Child& operator=(Child&&) = delete;
  /// Kills the child if it still runs.
  ~Child();

  /// The child's end, once it has come. Asks it to end when its time is up or `stop_requested` is
  /// set, and kills it if it does not. Does not wait.
  std::optional<ChildEnd> poll();

 private:
  using Clock = std::chrono::steady_clock;

  Child(pid_t id, const ChildTask& task)
      : id_(id), seconds_(task.seconds), grace_(task.grace_seconds) {}

  pid_t id_;
  double seconds_;
  double grace_;
  Clock::time_point start_ = Clock::now();
  std::optional<Clock::time_point> told_to_end_;
  bool hung_ = false;
};

/// Starts a program and waits for its end, calling `while_waiting` many times a second.
/// @return an error if it cannot be started
[[nodiscard]] reports::Result<ChildEnd> run_child(
    const ChildTask& task, const std::function<void()>& while_waiting = [] {});

}  // namespace awlab::lane

#endif  // AWLAB_REPORTS_LANE_CHILD_HPP_
