// A process that fuzzes, and its messages to the lane.
//
// libFuzzer owns the process it runs in, and a subject may crash it: so each worker is a child. It
// sends one message for the first violation of each kind that it sees; the lane runs the input
// again and names the violation. Counts are in memory that both share.
#ifndef AWLAB_FUZZ_FUZZER_WORKER_HPP_
#define AWLAB_FUZZ_FUZZER_WORKER_HPP_

#include <sys/types.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/contract/rows.hpp"
#include "fuzz/fuzzer/fuzz_options.hpp"
#include "fuzz/schedule/input.hpp"

namespace awlab::fuzz {

/// The counts of one worker so far. Lock-free: they cross processes.
struct WorkerCounts {
  std::atomic<std::uint64_t> executions{0};
  std::atomic<std::uint64_t> violations{0};
  std::atomic<std::uint64_t> first_violation_at{0};  // number of the execution that saw it, from 1
  std::atomic<std::uint64_t> first_violation_us{0};  // microseconds from the lane's start
  std::atomic<std::uint64_t> features{0};            // different features that this worker has seen
  std::atomic<std::uint64_t> not_run{0};             // inputs that the machine cannot run
  /// Rows of all executions, also of those that ended in the middle; none for a cell that is not
  /// our own.
  std::array<std::atomic<std::uint64_t>, kRows.size()> rows{};
  static_assert(std::atomic<std::uint64_t>::is_always_lock_free);
};

class Worker {
 public:
  /// Starts child number `index`, for `seconds`; the lane began at `lane_start`. Throws
  /// std::system_error.
  Worker(const FuzzOptions& options, int index, std::uint64_t seed, double seconds,
         std::chrono::steady_clock::time_point lane_start);
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  /// Ends the child, if it still runs.
  ~Worker();

  [[nodiscard]] const WorkerCounts& counts() const { return *counts_; }
  /// A descriptor to wait on for messages.
  [[nodiscard]] int descriptor() const { return messages_; }
  /// The inputs that it has sent since the last call. Does not wait.
  std::vector<std::string> receive();

  /// The end of the child; none if it still runs. Does not wait.
  enum class End { kDone, kCrashed };
  std::optional<End> ended();
  /// Asks the child to end.
  void stop() const;

 private:
  WorkerCounts* counts_;
  pid_t child_ = -1;
  int messages_ = -1;
  std::string rest_;  // the part of a message that has arrived
};

/// The prefix of the files in which a worker leaves an input that crashed it.
std::string crash_prefix(const FuzzOptions& options);

}  // namespace awlab::fuzz

#endif  // AWLAB_FUZZ_FUZZER_WORKER_HPP_
