// A program of the lab as a child process, with a limit on its time: it may crash or hang, and who
// started it goes on.
//
// A child leads a process group of its own, which is ended with it, and is killed when its parent is
// gone: what it has started this way goes with it, so nothing that the programs of the lab start
// outlives the run.
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
  std::filesystem::path log{};        // gets its output; empty: what it prints is lost
  double seconds = 0;                 // until it is told to end; 0: no limit
  double grace_seconds = 8;           // from then on until it is ended
  bool errors_are_shown = false;      // standard error is left as it is
  std::filesystem::path directory{};  // where it works; empty: here
};

struct ChildEnd {
  static constexpr int kUnknown = -1;  // no program leaves with it

  int code = 0;        // if it ended by itself; kUnknown if the system did not tell how it ended
  int signal = 0;      // that ended it, else 0
  bool hung = false;   // it did not end within its seconds
  double seconds = 0;  // that it took

  [[nodiscard]] bool exited_with(int wanted) const { return signal == 0 && code == wanted; }
  /// Whether the signal is one by which a program ends through what it did itself.
  [[nodiscard]] bool crashed() const;
};

/// "exit code 2", "SIGSEGV", "no end within its time", "an end that nobody saw".
[[nodiscard]] std::string to_string(const ChildEnd& end);

/// Used by one thread.
class Child {
 public:
  /// Starts it. @return an error if the program cannot be started
  static reports::Result<Child> start(const ChildTask& task);

  Child(Child&& other) noexcept;
  Child& operator=(Child&&) = delete;
  /// Ends it, if it is still there.
  ~Child();

  /// How it ended, once it has. Tells it to end when its time is up or `stop_requested`, and ends it
  /// when it does not. Does not wait.
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

/// Starts it and waits for its end; meanwhile calls `while_waiting`, many times a second.
/// @return an error if it cannot be started
reports::Result<ChildEnd> run_child(
    const ChildTask& task, const std::function<void()>& while_waiting = [] {});

}  // namespace awlab::lane

#endif  // AWLAB_REPORTS_LANE_CHILD_HPP_
