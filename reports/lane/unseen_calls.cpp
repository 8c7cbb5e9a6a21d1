#include "reports/lane/unseen_calls.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "reports/lane/plain_name.hpp"

namespace awlab::lane {
namespace {

// Families of functions in C: POSIX and C threads, semaphores, timers, atomics of libatomic, events
// of Linux, OpenMP.
constexpr auto kPrefixes = std::to_array<std::string_view>(
    {"pthread_", "sem_", "mtx_", "cnd_", "thrd_", "tss_", "timer_", "__atomic_", "__sync_",
     "eventfd", "epoll_", "timerfd_", "io_uring_", "__kmpc_", "omp_", "GOMP_"});

constexpr auto kCalls = std::to_array<std::string_view>(
    {// threads and processes
     "call_once", "syscall", "futex", "sched_yield", "sched_getcpu", "getpid", "gettid", "fork",
     "vfork", "clone", "signal", "sigaction", "sigwait", "raise", "kill", "pause", "__tls_get_addr",
     // time
     "clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "usleep", "sleep", "time",
     "clock", "times", "gettimeofday", "timespec_get", "alarm", "setitimer",
     // chance
     "rand", "srand", "random", "srandom", "drand48", "lrand48", "mrand48", "arc4random",
     "arc4random_buf", "arc4random_uniform", "getrandom", "getentropy",
     // the environment, and what other processes may change or answer
     "getenv", "secure_getenv", "setenv", "putenv", "unsetenv", "poll", "ppoll", "select",
     "pselect", "read", "pread", "recv", "recvfrom", "recvmsg", "accept", "accept4", "pipe",
     "pipe2", "open", "openat", "fopen", "fread", "fgets", "mmap", "shm_open", "dlopen", "dlsym"});

// Classes and functions of the C++ library that do such things inside of it.
constexpr auto kStandard = std::to_array<std::string_view>({"std::thread",
                                                            "std::jthread",
                                                            "std::this_thread",
                                                            "std::mutex",
                                                            "std::timed_mutex",
                                                            "std::recursive_mutex",
                                                            "std::recursive_timed_mutex",
                                                            "std::shared_mutex",
                                                            "std::condition_variable",
                                                            "std::condition_variable_any",
                                                            "std::notify_all_at_thread_exit",
                                                            "std::call_once",
                                                            "std::future",
                                                            "std::shared_future",
                                                            "std::promise",
                                                            "std::packaged_task",
                                                            "std::__future_base",
                                                            "std::__once_proxy",
                                                            "std::__atomic_futex_unsigned_base",
                                                            "std::__atomic_wait_address",
                                                            "std::_Sp_locker",
                                                            "std::random_device",
                                                            "std::chrono::system_clock::now",
                                                            "std::chrono::steady_clock::now",
                                                            "std::chrono::get_tzdb",
                                                            "std::pmr::synchronized_pool_resource",
                                                            "std::basic_filebuf",
                                                            "std::basic_ifstream",
                                                            "std::basic_fstream",
                                                            "std::filesystem",
                                                            "tbb"});

// Instructions that compilers offer as functions: fences, clocks, chance, transactions.
constexpr auto kIntrinsics = std::to_array<std::string_view>(
    {"llvm.x86.sse2.mfence", "llvm.x86.sse2.lfence", "llvm.x86.sse.sfence", "llvm.x86.rdtsc",
     "llvm.x86.rdtscp", "llvm.x86.rdrand", "llvm.x86.rdseed", "llvm.x86.rdpid", "llvm.x86.xbegin",
     "llvm.x86.xtest", "llvm.x86.umonitor", "llvm.x86.umwait", "llvm.readcyclecounter",
     "llvm.readsteadycounter", "llvm.aarch64.dmb", "llvm.aarch64.dsb", "llvm.aarch64.ldxr",
     "llvm.aarch64.stxr"});

// True if `name` is `whole`, or a member of it.
bool is_in(std::string_view name, std::string_view whole, std::string_view separator) {
  return name.starts_with(whole) &&
         (name.size() == whole.size() || name.substr(whole.size()).starts_with(separator));
}

}  // namespace

std::string unseen_call(const std::string& symbol) {
  if (symbol.starts_with("llvm.")) {
    const auto found = std::ranges::find_if(
        kIntrinsics, [&](std::string_view name) { return is_in(symbol, name, "."); });
    return found == kIntrinsics.end()
               ? ""
               : "the instruction " + std::string(found->substr(found->rfind('.') + 1));
  }
  const std::string name = plain_name(symbol);
  if (!symbol.starts_with("_Z")) {
    const bool found =
        std::ranges::find(kCalls, symbol) != kCalls.end() ||
        std::ranges::any_of(kPrefixes, [&](std::string_view it) { return symbol.starts_with(it); });
    return found ? name : "";
  }
  const bool found = std::ranges::any_of(
      kStandard, [&](std::string_view whole) { return is_in(name, whole, "::"); });
  const std::string documented = documented_part(name);
  return found ? documented.empty() ? name : documented : "";
}

}  // namespace awlab::lane
