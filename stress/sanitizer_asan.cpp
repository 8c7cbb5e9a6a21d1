// AddressSanitizer's part, with UndefinedBehaviorSanitizer and LeakSanitizer, which live in the
// same runtime: their options and their hooks.
//
// The runtime calls the hooks of one process one after the other, under its own lock.
#include "stress/sanitizer_report.hpp"

#if __has_feature(address_sanitizer)

#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#include <sanitizer/lsan_interface.h>
#include <unwind.h>

#include <cstdlib>
#include <iterator>

namespace awlab::stress::hook {
namespace {

struct Unwinding {
  void** addresses;
  int skip;
  int count;
};

AWLAB_UNWATCHED _Unwind_Reason_Code add_address(_Unwind_Context* context, void* data) {
  auto& unwinding = *static_cast<Unwinding*>(data);
  if (unwinding.skip > 0) {
    --unwinding.skip;
    return _URC_NO_REASON;
  }
  if (unwinding.count == kMostAddresses) return _URC_END_OF_STACK;
  // NOLINTNEXTLINE(performance-no-int-to-ptr): the other traces come as pointers
  unwinding.addresses[unwinding.count++] = reinterpret_cast<void*>(_Unwind_GetIP(context));
  return _URC_NO_REASON;
}

/// The runtime gives its number of a thread only for a piece of memory.
AWLAB_UNWATCHED std::uint64_t current_thread() {
  void* const probe = std::malloc(1);
  int thread = 0;
  void* unused[1];
  __asan_get_alloc_stack(probe, unused, 1, &thread);
  std::free(probe);
  return static_cast<std::uint64_t>(thread);
}

/// Copies the calls that led to the calling hook, without this function and the hook.
[[gnu::noinline]] AWLAB_UNWATCHED void copy_own_stack(RawAccess& access) {
  access.thread = current_thread();
  Unwinding unwinding{access.return_addresses, 2, 0};
  _Unwind_Backtrace(&add_address, &unwinding);
}

// A loop hits the same error again and again. If the runtime filters repeats itself
// (suppress_equal_pcs), it gives up at the 26th place.
AWLAB_UNWATCHED bool is_new(const RawAccess& access) {
  static std::uint64_t seen[1024];
  static std::size_t seen_count = 0;
  std::uint64_t hash = 14695981039346656037U;
  for (void* const address : access.return_addresses) {
    hash = (hash ^ reinterpret_cast<std::uintptr_t>(address)) * 1099511628211U;
  }
  for (std::size_t i = 0; i < seen_count; ++i) {
    if (seen[i] == hash) return false;
  }
  if (seen_count < std::size(seen)) seen[seen_count++] = hash;
  return true;
}

using GetStack = decltype(__asan_get_alloc_stack);

AWLAB_UNWATCHED void add_heap_stack(GetStack& get, const char* what, RawReport& raw) {
  RawAccess& access = raw.accesses[raw.access_count];
  int thread = 0;
  // These addresses already lie inside the calls; one byte further back is inside as well.
  if (get(__asan_get_report_address(), access.return_addresses, kMostAddresses, &thread) != 0) {
    access.what = what;
    access.thread = static_cast<std::uint64_t>(thread);
    ++raw.access_count;
  }
}

[[gnu::noinline]] AWLAB_UNWATCHED void on_address_error(const char* /*text*/) {
  RawReport raw = {};
  RawAccess& access = raw.accesses[0];
  copy_own_stack(access);
  if (!is_new(access)) return;
  raw.sanitizer = "address";
  copy_text(__asan_get_report_description(), raw.description, sizeof(raw.description));
  access.size = static_cast<int>(__asan_get_report_access_size());
  access.what = access.size == 0 ? "call" : __asan_get_report_access_type() != 0 ? "write" : "read";
  raw.access_count = 1;
  add_heap_stack(__asan_get_alloc_stack, "allocation", raw);
  add_heap_stack(__asan_get_free_stack, "free", raw);
  hand_over(raw);
}

// This thread's destination for the leak summary, which is all that the runtime tells of leaks.
constinit thread_local RawReport* leak_report = nullptr;

}  // namespace
}  // namespace awlab::stress::hook

using awlab::stress::hook::copy_text;
using awlab::stress::hook::RawReport;

extern "C" {

// abort_on_error: an error that the runtime cannot survive must not look like an orderly end.
AWLAB_UNWATCHED const char* __asan_default_options() {
  return "external_symbolizer_path=" AWLAB_SYMBOLIZER
         ":halt_on_error=0:abort_on_error=1:suppress_equal_pcs=0"
         ":detect_leaks=1:leak_check_at_exit=0";
}

AWLAB_UNWATCHED const char* __ubsan_default_options() { return "halt_on_error=0"; }

AWLAB_UNWATCHED const char* __lsan_default_options() { return "print_suppressions=0"; }

// Not declared in any public header: the runtime's interface for a process that watches this one.
void __ubsan_get_current_report_data(const char** kind, const char** message, const char** file,
                                     unsigned* line, unsigned* column, char** address);

[[gnu::noinline]] AWLAB_UNWATCHED void __ubsan_on_report() {
  const char* kind = nullptr;
  const char* message = nullptr;
  const char* file = nullptr;
  unsigned line = 0;
  unsigned column = 0;
  char* address = nullptr;
  __ubsan_get_current_report_data(&kind, &message, &file, &line, &column, &address);
  RawReport raw = {};
  raw.sanitizer = "undefined";
  copy_text(kind, raw.description, sizeof(raw.description));
  copy_text(message, raw.detail, sizeof(raw.detail));
  raw.accesses[0].what = "operation";
  awlab::stress::hook::copy_own_stack(raw.accesses[0]);
  raw.access_count = 1;
  awlab::stress::hook::hand_over(raw);
}

AWLAB_UNWATCHED void __sanitizer_report_error_summary(const char* summary) {
  if (RawReport* const raw = awlab::stress::hook::leak_report; raw != nullptr) {
    copy_text(summary, raw->detail, sizeof(raw->detail));
  }
}

}  // extern "C"

namespace awlab::stress {

std::string_view sanitizer_name() { return "address,undefined"; }

void collect_sanitizer_reports() {
  __asan_set_error_report_callback(&hook::on_address_error);
  hook::prepare_runtime();
}

void check_leaks() {
  RawReport raw = {};
  raw.sanitizer = "leak";
  copy_text("memory-leak", raw.description, sizeof(raw.description));
  hook::leak_report = &raw;
  const bool leaked = __lsan_do_recoverable_leak_check() != 0;
  hook::leak_report = nullptr;
  if (leaked) hook::hand_over(raw);
}

}  // namespace awlab::stress

#endif
