// Reports of clang's sanitizers as data, taken from the runtime's hooks and never from its text.
//
// Linked into a program built with ThreadSanitizer, or with AddressSanitizer and
// UndefinedBehaviorSanitizer, or with none. The program runs on after a report and decides its own
// exit code; only an error that the runtime cannot survive aborts it. The text of the reports is
// dropped, unless log_path in TSAN_OPTIONS or ASAN_OPTIONS names a file for it.
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
  std::uint64_t thread = 0;  // the runtime's own number; 0: the first thread, or unknown
  std::vector<Frame> stack;  // innermost first, inlined calls included
};

struct SanitizerReport {
  std::string sanitizer;    // "thread", "address", "undefined", "leak"
  std::string description;  // the runtime's own name: "data-race", "heap-use-after-free", ...
  std::string detail;       // the runtime's words for this occurrence, where it has any
  std::vector<Access> accesses;
  const void* context = nullptr;  // see set_report_context()
};

/// The sanitizers of this build: "thread", "address,undefined" or "none".
std::string_view sanitizer_name();

/// Begins to collect reports; call once at the start of main.
void collect_sanitizer_reports();

/// Attaches `context`, the caller's name for the work under test, to all later reports.
void set_report_context(const void* context);

/// The reports since the last call, symbolized. May be called from any thread. Apart from leaks, no
/// two reports have all the same stacks.
std::vector<SanitizerReport> take_sanitizer_reports();

/// Number of reports lost because the queue was full.
std::uint64_t lost_sanitizer_reports();

/// Checks for leaked memory now. All leaks become one report, without stacks, because the runtime
/// has no interface to them. Does nothing without AddressSanitizer.
void check_leaks();

/// Internal: between the hooks and the queue.
namespace hook {

// A hook runs inside the runtime, in the middle of a memory access. It must not be instrumented: it
// would report itself, and its lock would order the very accesses that race.
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

/// Copies as much of `text` as fits; a null gives an empty text.
void copy_text(const char* text, char* to, std::size_t size);

/// Puts a report into the queue. Does not allocate.
void hand_over(const RawReport& report);

/// Starts the symbolizer, and discards the text of the reports unless the user named a file.
void prepare_runtime();

}  // namespace hook
}  // namespace awlab::stress

#endif  // AWLAB_STRESS_SANITIZER_REPORT_HPP_
