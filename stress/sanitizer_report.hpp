// What a sanitizer of clang finds, as data: taken from the runtime's hooks, never from its text.
//
// Linked into a program built with ThreadSanitizer, or with AddressSanitizer and
// UndefinedBehaviorSanitizer, or with none. The program runs on after a report and decides its own
// exit code; only what the runtime cannot survive aborts it. The text of the reports is dropped,
// unless log_path in TSAN_OPTIONS or ASAN_OPTIONS names a file for it.
#ifndef AWLAB_STRESS_SANITIZER_REPORT_HPP_
#define AWLAB_STRESS_SANITIZER_REPORT_HPP_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace awlab::stress {

struct Frame {
  std::string function;
  std::string file;
  int line = 0;
};

struct Access {
  std::string what;          // "write", "previous atomic read", "allocation", "free", ...
  int size = 0;              // in bytes, 0 if unknown
  std::uint64_t thread = 0;  // the runtime's own number; 0 is the first, or unknown
  std::vector<Frame> stack;  // innermost first, inlined calls included
};

struct SanitizerReport {
  std::string sanitizer;    // "thread", "address", "undefined", "leak"
  std::string description;  // the runtime's own name: "data-race", "heap-use-after-free", ...
  std::string detail;       // the runtime's words for this occurrence, where it offers them
  std::vector<Access> accesses;
  const void* context = nullptr;  // see set_report_context()
};

/// What this program was built with: "thread", "address,undefined" or "none".
std::string_view sanitizer_name();

/// Begins to collect; call once at the start of main.
void collect_sanitizer_reports();

/// From now on reports carry `context`: what is being tested, in the caller's terms.
void set_report_context(const void* context);

/// What was reported since the last call, symbolized. Any thread may call it. Two reports never
/// have all the same stacks, but for leaks.
std::vector<SanitizerReport> take_sanitizer_reports();

/// How many reports came when the queue was full.
std::uint64_t lost_sanitizer_reports();

/// Checks now for leaked memory; what leaks becomes one report, without stacks, for the runtime has
/// no interface to them. Does nothing without AddressSanitizer.
void check_leaks();

/// Between the hooks and the queue; of no use to anyone else.
namespace hook {

// A hook runs in the middle of someone's memory access, inside the runtime: it must not be watched,
// or it would report itself, and its lock would order the very accesses that race.
#define AWLAB_UNWATCHED __attribute__((disable_sanitizer_instrumentation))

inline constexpr int kMostReports = 64;
inline constexpr int kMostAccesses = 3;
inline constexpr int kMostAddresses = 96;

struct RawAccess {
  const char* what;  // a literal
  int size;
  std::uint64_t thread;
  void* return_addresses[kMostAddresses];  // ends with a null, unless full
};

struct RawReport {
  const char* sanitizer;  // a literal
  const void* context;    // set by hand_over()
  char description[64];
  char detail[192];
  int access_count;
  RawAccess accesses[kMostAccesses];
};

/// Copies as much of `text` as fits; a null is empty.
void copy_text(const char* text, char* to, std::size_t size);

/// Puts a report into the queue; allocates nothing.
void hand_over(const RawReport& report);

/// Starts the symbolizer, and sends the text of the reports nowhere, unless the user named a file.
void prepare_runtime();

}  // namespace hook
}  // namespace awlab::stress

#endif  // AWLAB_STRESS_SANITIZER_REPORT_HPP_
