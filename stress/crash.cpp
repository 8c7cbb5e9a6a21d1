#include "stress/crash.hpp"

#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <exception>

namespace awlab::stress {
namespace {

constexpr std::array<int, 5> kSignals = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};

// State that a signal handler may touch: atomic, and nothing that allocates.
std::atomic<bool> claimed{false};
std::atomic<bool> happened{false};
Violation what{};
CurrentRole where{};
thread_local bool is_held = false;

[[noreturn]] void hold(const Violation& violation) {
  if (!claimed.exchange(true, std::memory_order_relaxed)) {
    what = violation;
    where = current_role;
    happened.store(true, std::memory_order_release);
  }
  while (true) pause();
}

void on_signal(int signal) {
  if (is_held && current_role.round != nullptr) {
    hold({Property::kP4, Kind::kCrash, "whatever is called in whatever order, the process goes on",
          signal == SIGABRT ? "the process was about to abort" : "a signal of bad memory or code"});
  }
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

[[noreturn]] void on_terminate() {
  if (is_held && current_role.round != nullptr) {
    hold({Property::kP6, Kind::kPanicSafety, "an exception of a waker has a way out of the call",
          "an exception had no way out of the call, which ends the program"});
  }
  std::abort();
}

}  // namespace

void hold_crashes() {
  std::set_terminate(&on_terminate);
  for (const int signal : kSignals) {
    struct sigaction action{};
    action.sa_handler = &on_signal;
    action.sa_flags = SA_ONSTACK | SA_NODEFER;
    sigaction(signal, &action, nullptr);
  }
}

CrashHold::CrashHold() {
  const stack_t other{.ss_sp = stack_.data(), .ss_flags = 0, .ss_size = stack_.size()};
  sigaltstack(&other, &before_);
  is_held = true;
}

CrashHold::~CrashHold() {
  is_held = false;
  sigaltstack(&before_, nullptr);
}

std::optional<Crash> crash() {
  if (!happened.load(std::memory_order_acquire)) return std::nullopt;
  return Crash{what, where.round, where.recorder};
}

}  // namespace awlab::stress
