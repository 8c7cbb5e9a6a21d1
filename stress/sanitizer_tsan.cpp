// ThreadSanitizer's part: its options, and a hook that copies both accesses of a race.
#include "stress/sanitizer_report.hpp"

#if __has_feature(thread_sanitizer)

#include <pthread.h>
#include <sanitizer/tsan_interface.h>

namespace {

using awlab::stress::hook::kMostAccesses;
using awlab::stress::hook::kMostAddresses;
using awlab::stress::hook::RawAccess;
using awlab::stress::hook::RawReport;

/// The access at `index` of a report: 0 is the one that found the race, the others came earlier.
AWLAB_UNWATCHED const char* kind_of_access(int index, bool atomic, bool write) {
  static constexpr const char* kKinds[2][2][2] = {
      {{"read", "write"}, {"atomic read", "atomic write"}},
      {{"previous read", "previous write"}, {"previous atomic read", "previous atomic write"}}};
  return kKinds[index == 0 ? 0 : 1][atomic ? 1 : 0][write ? 1 : 0];
}

AWLAB_UNWATCHED void copy_access(void* report, int index, RawAccess& access) {
  int thread = 0;
  void* address = nullptr;
  int write = 0;
  int atomic = 0;
  // The trace size counts addresses, though the header says bytes.
  __tsan_get_report_mop(report, static_cast<unsigned long>(index), &thread, &address, &access.size,
                        &write, &atomic, access.return_addresses, kMostAddresses);
  access.thread = static_cast<std::uint64_t>(thread);
  access.what = kind_of_access(index, atomic != 0, write != 0);
}

/// Misused mutexes and the like have stacks, but no access to memory.
AWLAB_UNWATCHED void copy_stack(void* report, int index, RawAccess& access) {
  access.what = "call";
  __tsan_get_report_stack(report, static_cast<unsigned long>(index), access.return_addresses,
                          kMostAddresses);
}

}  // namespace

extern "C" {

// abort_on_error and exitcode: an error that is fatal to the runtime must not look like an orderly
// end, and one that is not must not change the exit code.
// history_size: a race is dropped silently if the older access has left the history of its thread.
// 7 is the maximum, 9 parts of 256 KiB per thread, and few threads run here.
// suppress_equal_stacks: two races are the same only if both stacks are equal, whatever the
// address.
AWLAB_UNWATCHED const char* __tsan_default_options() {
  return "external_symbolizer_path=" AWLAB_SYMBOLIZER
         ":halt_on_error=0:abort_on_error=1:exitcode=0"
         ":history_size=7:suppress_equal_stacks=1";
}

AWLAB_UNWATCHED void __tsan_on_report(void* report) {
  const char* description = nullptr;
  int count = 0;
  int stacks = 0;
  int accesses = 0;
  int locations = 0;
  int mutexes = 0;
  int threads = 0;
  int thread_ids = 0;
  void* sleep_trace[1];
  __tsan_get_report_data(report, &description, &count, &stacks, &accesses, &locations, &mutexes,
                         &threads, &thread_ids, sleep_trace, 1);
  RawReport raw = {};
  raw.sanitizer = "thread";
  awlab::stress::hook::copy_text(description, raw.description, sizeof(raw.description));
  const int found = accesses != 0 ? accesses : stacks;
  raw.access_count = found < kMostAccesses ? found : kMostAccesses;
  for (int i = 0; i < raw.access_count; ++i) {
    (accesses != 0 ? copy_access : copy_stack)(report, i, raw.accesses[i]);
  }
  awlab::stress::hook::hand_over(raw);
}

}  // extern "C"

namespace awlab::stress {

std::string_view sanitizer_name() { return "thread"; }

namespace {

// The runtime records 65,536 nested calls of a thread (kShadowStackSize in compiler-rt), and writes
// the next one into memory of others. A
// frame takes 16 bytes or more, so a stack of this size overflows first, as a crash like any other.
constexpr std::size_t kStackBytes = std::size_t{1} << 20U;

// For all threads that are made from now on.
void limit_stacks() {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, kStackBytes);
  pthread_setattr_default_np(&attributes);
  pthread_attr_destroy(&attributes);
}

}  // namespace

void collect_sanitizer_reports() {
  hook::prepare_runtime();
  limit_stacks();
}

void check_leaks() {}

}  // namespace awlab::stress

#endif
