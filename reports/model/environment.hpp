// The origin of a report: this program, this machine, this build, this run. Nothing here names a
// person, a host or a directory, so a report may be published as it is.
#ifndef AWLAB_REPORTS_MODEL_ENVIRONMENT_HPP_
#define AWLAB_REPORTS_MODEL_ENVIRONMENT_HPP_

#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reports/model/report.hpp"

namespace awlab::reports {

// The sanitizers of the translation unit that includes this header. Used as a default argument, the
// value is the caller's: one library serves lanes that are built with different sanitizers.
#if defined(__has_feature)
#define AWLAB_HAS_FEATURE(name) __has_feature(name)
#else
#define AWLAB_HAS_FEATURE(name) 0
#endif
#if AWLAB_HAS_FEATURE(thread_sanitizer) || defined(__SANITIZE_THREAD__)
constexpr const char* kSanitizer = "thread";
#elif AWLAB_HAS_FEATURE(memory_sanitizer)
constexpr const char* kSanitizer = "memory";
#elif (AWLAB_HAS_FEATURE(address_sanitizer) || defined(__SANITIZE_ADDRESS__)) && \
    AWLAB_HAS_FEATURE(undefined_behavior_sanitizer)
constexpr const char* kSanitizer = "address,undefined";
#elif AWLAB_HAS_FEATURE(address_sanitizer) || defined(__SANITIZE_ADDRESS__)
constexpr const char* kSanitizer = "address";
#elif AWLAB_HAS_FEATURE(undefined_behavior_sanitizer)
constexpr const char* kSanitizer = "undefined";
#else
constexpr const char* kSanitizer = "none";
#endif
#undef AWLAB_HAS_FEATURE

/// Name, version and git state of the lab as built. Thread-safe, like everything in this header.
[[nodiscard]] Tool this_tool();

/// Operating system, kernel, processor, usable cores, installed memory; "unknown" for a text that
/// the system does not report.
[[nodiscard]] Host this_host();

/// Compiler and flags of the lab; leave `sanitizer` to its default.
[[nodiscard]] Build this_build(std::string_view sanitizer = kSanitizer);

/// RFC 3339 in UTC with whole seconds: "2025-01-31T23:59:59Z".
[[nodiscard]] std::string utc_time(
    std::chrono::system_clock::time_point time = std::chrono::system_clock::now());

/// "20250131t235959z-0badcafe": the date sorts runs by start; the rest distinguishes command, seed
/// and shard. Depends on the arguments alone. @param started_at from utc_time()
[[nodiscard]] std::string make_run_id(std::string_view started_at, std::string_view command,
                                      std::uint64_t seed, const Shard& shard);

/// A shell command line that runs the program with exactly these arguments.
[[nodiscard]] std::string command_line(std::span<const char* const> arguments);
[[nodiscard]] std::string command_line(std::span<const std::string> arguments);

/// The words of each command in a line such as "./lab fuzz --out 'a b'; ./lab relacy": of what
/// command_line() has made, and joined by semicolons. No command is empty.
[[nodiscard]] std::vector<std::vector<std::string>> commands_of(std::string_view line);

/// A report that starts now, without lanes and findings: inconclusive and not finished, as a killed
/// run would leave it. @param seed at most kMaxCount
[[nodiscard]] Report new_report(std::string command, std::uint64_t seed, const Shard& shard,
                                Subject subject, std::string_view sanitizer = kSanitizer);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_MODEL_ENVIRONMENT_HPP_
