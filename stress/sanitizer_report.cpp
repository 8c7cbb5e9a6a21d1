// The queue between the hooks and the program, and the translation of addresses to functions and
// lines.
//
// A hook only copies addresses. Symbolizing talks to another process and allocates, so it waits
// until a report is taken.
#include "stress/sanitizer_report.hpp"

#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)

#include <fcntl.h>
#include <pthread.h>
#include <sanitizer/common_interface_defs.h>
#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

namespace awlab::stress {
namespace {

using hook::RawAccess;
using hook::RawReport;

const void* context = nullptr;

// Uses builtins and plain arrays: functions of the library would be instrumented.
class Queue {
 public:
  AWLAB_UNWATCHED void push(const RawReport& report) {
    lock();
    if (count_ == hook::kMostReports) {
      ++lost_;
    } else {
      RawReport& kept = reports_[(first_ + count_) % hook::kMostReports];
      kept = report;
      kept.context = __atomic_load_n(&context, __ATOMIC_RELAXED);
      ++count_;
    }
    unlock();
  }

  AWLAB_UNWATCHED bool pop(RawReport& report) {
    lock();
    const bool found = count_ != 0;
    if (found) {
      report = reports_[first_];
      first_ = (first_ + 1) % hook::kMostReports;
      --count_;
    }
    unlock();
    return found;
  }

  AWLAB_UNWATCHED std::uint64_t lost() {
    lock();
    const std::uint64_t lost = lost_;
    unlock();
    return lost;
  }

 private:
  AWLAB_UNWATCHED void lock() {
    while (__atomic_test_and_set(&locked_, __ATOMIC_ACQUIRE)) {
      sched_yield();
    }
  }
  AWLAB_UNWATCHED void unlock() { __atomic_clear(&locked_, __ATOMIC_RELEASE); }

  RawReport reports_[hook::kMostReports] = {};
  int first_ = 0;
  int count_ = 0;
  std::uint64_t lost_ = 0;
  bool locked_ = false;
};

constinit Queue queue;

/// Takes the text up to the next end of line; empty if the runtime does not know it.
std::string_view next_field(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view field = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return field == "<null>" ? "" : field;
}

Frame parse_frame(std::string_view text) {
  const std::string_view function = next_field(text);
  const std::string_view file = next_field(text);
  Frame frame{std::string(function), std::string(file), 0};
  std::from_chars(text.data(), text.data() + text.size(), frame.line);
  return frame;
}

/// The calls at this address, innermost first. The runtime writes one string each and ends with an
/// empty one.
std::vector<Frame> symbolize(void* return_address) {
  std::array<char, 16384> text = {};
  // One byte less than the buffer, so that a truncated text still ends twice.
  __sanitizer_symbolize_pc(return_address, "%f\n%s\n%l", text.data(), text.size() - 1);
  std::vector<Frame> frames;
  for (std::string_view next = text.data(); !next.empty(); next = next.data() + next.size() + 1) {
    frames.push_back(parse_frame(next));
  }
  return frames;
}

/// Frames of the runtime, from which the hooks are called, are of no interest.
bool is_runtime(const Frame& frame) {
  for (const char* name : {"__asan", "__ubsan", "__sanitizer"}) {
    if (frame.function.find(name) != std::string::npos) return true;
  }
  return false;
}

// ThreadSanitizer repeats an address for each call inlined there; the others do not.
#if __has_feature(thread_sanitizer)
constexpr bool kRepeatsInlined = true;
#else
constexpr bool kRepeatsInlined = false;
#endif

std::vector<Frame> symbolize_stack(std::span<void* const> addresses) {
  std::vector<Frame> stack;
  for (std::size_t i = 0; i < addresses.size() && addresses[i] != nullptr;) {
    const std::vector<Frame> frames = symbolize(addresses[i]);
    for (const Frame& frame : frames) {
      const bool unknown = frame.function.empty() && frame.file.empty();
      if (!unknown && !(stack.empty() && is_runtime(frame))) stack.push_back(frame);
    }
    // Not all equal addresses are skipped: the next may be another level of a recursion.
    i += kRepeatsInlined ? std::max<std::size_t>(frames.size(), 1) : 1;
  }
  return stack;
}

SanitizerReport symbolize(const RawReport& raw) {
  SanitizerReport report{raw.sanitizer, raw.description, raw.detail, {}, raw.context};
  for (int i = 0; i < raw.access_count; ++i) {
    const RawAccess& access = raw.accesses[i];
    report.accesses.push_back(
        {access.what, access.size, access.thread, symbolize_stack(access.return_addresses)});
  }
  return report;
}

int nowhere() {
  static const int descriptor = open("/dev/null", O_WRONLY | O_CLOEXEC);
  return descriptor;
}

void send_text_nowhere() {
  // The interface wants a descriptor in the shape of a pointer.
  // NOLINTNEXTLINE(performance-no-int-to-ptr)
  __sanitizer_set_report_fd(reinterpret_cast<void*>(static_cast<std::intptr_t>(nowhere())));
}

/// Starts the symbolizer early: not in the middle of the first reported access, and away from our
/// stderr, where it would complain of each race on a stack.
void start_symbolizer() {
  const int own_stderr = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0);
  dup2(nowhere(), STDERR_FILENO);
  symbolize(__builtin_return_address(0));
  dup2(own_stderr, STDERR_FILENO);
  close(own_stderr);
}

}  // namespace

AWLAB_UNWATCHED void hook::hand_over(const RawReport& report) { queue.push(report); }

AWLAB_UNWATCHED void hook::copy_text(const char* text, char* to, std::size_t size) {
  std::size_t length = 0;
  while (text != nullptr && text[length] != '\0' && length + 1 < size) {
    to[length] = text[length];
    ++length;
  }
  to[length] = '\0';
}

void hook::prepare_runtime() {
  start_symbolizer();
  if (*__sanitizer_get_report_path() == '\0') {
    send_text_nowhere();
    // Otherwise a child takes its parent's descriptor for a file that it must open again.
    pthread_atfork(nullptr, nullptr, &send_text_nowhere);
  }
}

void set_report_context(const void* current) {
  __atomic_store_n(&context, current, __ATOMIC_RELAXED);
}

std::vector<SanitizerReport> take_sanitizer_reports() {
  std::vector<SanitizerReport> reports;
  RawReport raw;
  while (queue.pop(raw)) {
    reports.push_back(symbolize(raw));
  }
  return reports;
}

std::uint64_t lost_sanitizer_reports() { return queue.lost(); }

}  // namespace awlab::stress

#endif
