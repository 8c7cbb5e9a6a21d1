#include "core/support/crash.hpp"

#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>
#include <optional>
#include <set>
#include <string>

namespace awlab {
namespace {

using How = Crash::How;

constexpr std::array<int, 6> kSignals = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP};

constinit TakeCrash taker = nullptr;
constinit std::terminate_handler terminate_before = nullptr;
std::array<struct sigaction, kSignals.size()> before{};
constinit bool handlers_are_set = false;

constexpr std::size_t kStackBytes = std::size_t{128} << 10U;

// Set on each thread whose crashes are taken. Read in handlers, so it needs no construction.
thread_local constinit bool is_watched = false;

void copy_text(Crash& crash, std::string_view text) {
  const std::size_t size = std::min(text.size(), crash.text.size() - 1);
  std::copy_n(text.begin(), size, crash.text.begin());
  crash.text[size] = '\0';
}

void append_text(Crash& crash, std::string_view text) {
  const std::size_t used = std::strlen(crash.text.data());
  const std::size_t size = std::min(text.size(), crash.text.size() - 1 - used);
  std::copy_n(text.begin(), size, crash.text.begin() + static_cast<std::ptrdiff_t>(used));
  crash.text[used + size] = '\0';
}

std::uintptr_t stack_pointer(const void* context) {
  const auto& machine = static_cast<const ucontext_t*>(context)->uc_mcontext;
#if defined(__x86_64__)
  return static_cast<std::uintptr_t>(machine.gregs[REG_RSP]);
#elif defined(__aarch64__)
  return static_cast<std::uintptr_t>(machine.sp);
#else
  static_cast<void>(machine);
  return 0;
#endif
}

// An access right at the end of the stack in use is that stack's overflow.
How memory_or_stack(const siginfo_t& info, const void* context) {
  constexpr std::uintptr_t kNear = std::uintptr_t{64} << 10U;
  const auto accessed = reinterpret_cast<std::uintptr_t>(info.si_addr);
  const std::uintptr_t top = stack_pointer(context);
  return accessed != 0 && (accessed > top ? accessed - top : top - accessed) < kNear ? How::kStack
                                                                                     : How::kMemory;
}

How how_of(int signal, const siginfo_t& info, const void* context) {
  switch (signal) {
    case SIGSEGV:
      return memory_or_stack(info, context);
    case SIGBUS:
      return How::kBus;
    case SIGFPE:
      return How::kArithmetic;
    case SIGILL:
      return How::kInstruction;
    case SIGTRAP:
      return How::kTrap;
    default:
      return How::kAbort;
  }
}

// Continues as if this file did not exist: the instruction is made again, or the signal raised.
void leave_to_handler_before(int signal, const siginfo_t& info) {
  const auto* const place = std::ranges::find(kSignals, signal);
  sigaction(signal, &before[static_cast<std::size_t>(place - kSignals.begin())], nullptr);
  const bool comes_again = info.si_code > 0 && signal != SIGTRAP;
  if (!comes_again) std::raise(signal);
}

void on_signal(int signal, siginfo_t* info, void* context) {
  const bool by_another_process = info->si_code <= 0 && info->si_pid != getpid();
  if (is_watched && taker != nullptr && !by_another_process) {
    taker({.how = how_of(signal, *info, context), .text = {}});
  }
  leave_to_handler_before(signal, *info);
}

[[noreturn]] void on_terminate() {
  if (is_watched && taker != nullptr) {
    Crash crash{.how = How::kTerminate, .text = {}};
    if (std::current_exception() != nullptr) {
      crash.how = How::kException;
      try {
        throw;
      } catch (const std::exception& error) {
        copy_text(crash, error.what());
      } catch (...) {  // swallowed: it has no message
      }
    }
    taker(crash);
  }
  if (terminate_before != nullptr) terminate_before();
  std::abort();
}

void set_handlers() {
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    struct sigaction action{};
    action.sa_sigaction = &on_signal;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
    struct sigaction found{};
    sigaction(kSignals[i], &action, &found);
    if (found.sa_sigaction != &on_signal) before[i] = found;
  }
}

std::string_view said_of(How how) {
  switch (how) {
    case How::kAbort:
      return "it aborts (SIGABRT)";
    case How::kAssertion:
      return "its assertion fails";
    case How::kTerminate:
      return "it calls std::terminate";
    case How::kException:
      return "an exception had no way out of the call, which ends the program";
    case How::kMemory:
      return "it uses memory that is not there (SIGSEGV)";
    case How::kStack:
      return "its stack overflows, as when a function calls itself without end (SIGSEGV)";
    case How::kBus:
      return "it uses memory that is not there (SIGBUS)";
    case How::kArithmetic:
      return "it divides by zero, or the result does not fit (SIGFPE)";
    case How::kInstruction:
      return "it comes to an instruction that traps (SIGILL)";
    case How::kTrap:
      return "it comes to an instruction that traps (SIGTRAP)";
  }
  return "";
}

// The text in storage that is never given back; crashes have few different texts.
std::string_view kept(std::string text) {
  static std::set<std::string> all;
  return *all.insert(std::move(text)).first;
}

}  // namespace

void take_crashes(TakeCrash take, bool signals) {
  taker = take;
  thread_local std::optional<CrashWatch> watch;
  if (!is_watched) watch.emplace();
  if (handlers_are_set) return;
  handlers_are_set = true;
  if (const auto found = std::set_terminate(&on_terminate); found != &on_terminate) {
    terminate_before = found;
  }
  if (signals) set_handlers();
}

CrashWatch::CrashWatch()
    : stack_(
          mmap(nullptr, kStackBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) {
  if (stack_ == MAP_FAILED) throw std::bad_alloc();
  const stack_t other{.ss_sp = stack_, .ss_flags = 0, .ss_size = kStackBytes};
  sigaltstack(&other, &before_);
  is_watched = true;
}

CrashWatch::~CrashWatch() {
  is_watched = false;
  sigaltstack(&before_, nullptr);
  munmap(stack_, kStackBytes);
}

void give_back_crashes() {
  if (kTakesSignals && handlers_are_set) {
    for (std::size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &before[i], nullptr);
  }
  handlers_are_set = false;
}

Violation violation_of(const Crash& crash, std::string_view where) {
  const std::string_view text = crash.text.data();
  std::string said(said_of(crash.how));
  if (!text.empty()) said += ": " + std::string(text);
  if (crash.how == How::kException) {
    return {Property::kP6, Kind::kPanicSafety, "an exception of a waker has a way out of the call",
            kept(std::move(said))};
  }
  return {Property::kP4, Kind::kCrash, "whatever is called in whatever order, the process goes on",
          kept(std::string(where) + " crashes: " + said)};
}

}  // namespace awlab

#if !defined(AWLAB_SANITIZER_TAKES_SIGNALS) && !defined(AWLAB_ENGINE_TAKES_SIGNALS)

// The C library's function that assert() calls, hidden by ours in a program that takes crashes: the
// library's prints, each time again, and its text is what a finding is best told by.
extern "C" void __assert_fail(const char* condition,
                              const char* file,  // NOLINT(*-reserved-identifier)
                              unsigned line, const char* function) noexcept {
  using awlab::Crash;
  if (awlab::is_watched && awlab::taker != nullptr) {
    const std::string_view path = file;
    const std::size_t slash = path.rfind('/');
    Crash crash{.how = Crash::How::kAssertion, .text = {}};
    awlab::copy_text(crash, condition);
    awlab::append_text(crash, " (");
    awlab::append_text(crash, slash == std::string_view::npos ? path : path.substr(slash + 1));
    awlab::append_text(crash, ")");
    awlab::taker(crash);
  }
  std::fprintf(stderr, "%s: %s:%u: %s: Assertion `%s' failed.\n", program_invocation_short_name,
               file, line, function, condition);
  std::abort();
}

#endif
