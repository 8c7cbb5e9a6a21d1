#include "fuzz/fuzzer/worker.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <unordered_set>

#include "core/support/as_size.hpp"
#include "core/support/crash.hpp"
#include "fuzz/fuzzer/target.hpp"
#include "reports/lane/bound_child.hpp"

// Part of libFuzzer: see its FuzzerInterface.h. Returns only if there is nothing to fuzz.
extern "C" int LLVMFuzzerRunDriver(int* argc, char*** argv,
                                   int (*callback)(const std::uint8_t* data, std::size_t size));

namespace awlab::fuzz {
namespace {

constexpr int kInterrupted = 72;  // libFuzzer's exit code when it is told to end
constexpr std::size_t kMostKinds = 512;

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

// The child's side.
class Child {
 public:
  Child(WorkerCounts& counts, int messages, std::chrono::steady_clock::time_point lane_start)
      : counts_(counts), messages_(messages), lane_start_(lane_start) {}

  [[noreturn]] void run(const FuzzOptions& options, int index, std::uint64_t seed, double seconds) {
    Target& target = Target::instance();
    target.options = {.feedback = options.feedback, .mutator = options.mutator};
    target.reaction = [this](const Input& input, const Violation& violation, std::uint32_t end) {
      report(input, std::hash<std::string_view>()(violation.actual) ^ end);
    };
    target.after = [this](const machine::Machine& machine) {
      count();
      if (own_) count_rows(machine);
    };
    const std::string log = fmt::format("{}/worker-{}.log", options.out, index);
    const int file = open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file >= 0) {
      dup2(file, STDOUT_FILENO);
      dup2(file, STDERR_FILENO);
    }
    std::vector<std::string> words = {
        "lab fuzz",
        fmt::format("-seed={}", (seed + static_cast<std::uint64_t>(index)) % 0xffffffffU + 1),
        fmt::format("-max_total_time={}", static_cast<long>(seconds) + 1),
        fmt::format("-max_len={}", options.max_bytes),
        "-len_control=0",
        "-reload=1",
        "-rss_limit_mb=1024",
        "-timeout=20",
        "-report_slow_units=1000000000",  // by a clock that goes on while the machine sleeps
        fmt::format("-artifact_prefix={}", crash_prefix(options)),
        options.corpus};
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    // libFuzzer sets its handlers where there are none; ours come before them with the first
    // execution, and leave to them whatever is not the subject's crash.
    give_back_crashes();
    int argc = static_cast<int>(words.size());
    char** argv = arguments.data();
    static std::atomic<std::uint64_t>& not_run = counts_.not_run;
    _exit(LLVMFuzzerRunDriver(&argc, &argv, [](const std::uint8_t* data, std::size_t size) {
      if (Target::instance().run({data, size})) return 0;
      not_run.fetch_add(1, std::memory_order_relaxed);
      return -1;
    }));
  }

 private:
  // `kind` distinguishes violations before they are explained.
  void report(const Input& input, std::uint64_t kind) {
    if (counts_.violations.fetch_add(1, std::memory_order_relaxed) == 0) {
      const auto after = std::chrono::steady_clock::now() - lane_start_;
      counts_.first_violation_us = static_cast<std::uint64_t>(
          std::chrono::duration_cast<std::chrono::microseconds>(after).count());
      counts_.first_violation_at = counts_.executions + 1;
    }
    if (kinds_.size() >= kMostKinds || !kinds_.insert(kind).second) return;
    // A length and the bytes, in one write: writes of this size to a pipe are not mixed.
    std::array<std::uint8_t, kMaxInputBytes + sizeof(std::uint16_t)> message{};
    const auto size = static_cast<std::uint16_t>(
        encode(input, std::span(message).subspan(sizeof(std::uint16_t))));
    std::memcpy(message.data(), &size, sizeof size);
    if (write(messages_, message.data(), size + sizeof size) < 0) {
      kinds_.erase(kind);  // the lane is busy: try again next time
    }
  }

  void count() {
    const std::uint64_t executions = counts_.executions.load(std::memory_order_relaxed) + 1;
    counts_.executions.store(executions, std::memory_order_relaxed);
    bool fresh = false;
    const auto now = counters();
    for (std::size_t i = 0; i < now.size(); i += sizeof(std::uint64_t)) {
      std::uint64_t did = 0;
      std::uint64_t known = 0;
      std::memcpy(&did, &now[i], sizeof did);
      std::memcpy(&known, &seen_[i], sizeof known);
      if ((did & ~known) != 0) {
        known |= did;
        fresh = true;
        std::memcpy(&seen_[i], &known, sizeof known);
      }
    }
    if (fresh) {
      counts_.features.store(static_cast<std::uint64_t>(std::ranges::count(seen_, 1)),
                             std::memory_order_relaxed);
    }
  }

  // A worker that crashes keeps its counts: nothing is buffered.
  void count_rows(const machine::Machine& machine) {
    machine.add_rows(rows_);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      counts_.rows[i].store(rows_[i], std::memory_order_relaxed);
    }
  }

  WorkerCounts& counts_;
  const int messages_;
  const std::chrono::steady_clock::time_point lane_start_;
  const bool own_ = subject_under_test().info.own;
  RowCounts rows_{};
  std::array<std::uint8_t, Feedback::kCounters> seen_{};
  std::unordered_set<std::uint64_t> kinds_;
};

}  // namespace

std::string crash_prefix(const FuzzOptions& options) {
  return std::filesystem::path(options.out) / "crashes" / "";
}

Worker::Worker(const FuzzOptions& options, int index, std::uint64_t seed, double seconds,
               std::chrono::steady_clock::time_point lane_start) {
  void* shared = mmap(nullptr, sizeof(WorkerCounts), PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED) fail("cannot share memory with a worker");
  counts_ = ::new (shared) WorkerCounts();
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_NONBLOCK | O_CLOEXEC) != 0) fail("cannot make a pipe");
  child_ = lane::fork_bound_child();
  if (child_ < 0) fail("cannot start a worker");
  if (child_ == 0) {
    close(ends[0]);
    static Child child(*counts_, ends[1], lane_start);
    child.run(options, index, seed, seconds);
  }
  close(ends[1]);
  messages_ = ends[0];
}

Worker::~Worker() {
  if (child_ > 0) {
    kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
  }
  close(messages_);
  munmap(counts_, sizeof(WorkerCounts));
}

std::vector<std::string> Worker::receive() {
  std::array<char, 4096> buffer{};
  for (ssize_t got = 0; (got = read(messages_, buffer.data(), buffer.size())) > 0;) {
    rest_.append(buffer.data(), as_size(got));
  }
  std::vector<std::string> inputs;
  std::uint16_t size = 0;
  while (rest_.size() >= sizeof size) {
    std::memcpy(&size, rest_.data(), sizeof size);
    if (rest_.size() < sizeof size + size) break;
    inputs.push_back(rest_.substr(sizeof size, size));
    rest_.erase(0, sizeof size + size);
  }
  return inputs;
}

std::optional<Worker::End> Worker::ended() {
  int status = 0;
  if (child_ < 0 || waitpid(child_, &status, WNOHANG) != child_) return std::nullopt;
  child_ = -1;
  const bool done =
      WIFEXITED(status) && (WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == kInterrupted);
  return done ? End::kDone : End::kCrashed;
}

void Worker::stop() const {
  if (child_ > 0) kill(child_, SIGTERM);
}

}  // namespace awlab::fuzz
