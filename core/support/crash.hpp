// Crashes of the code under test: signals, failed assertions, exceptions without a way out.
//
// An engine that runs such code on the thread of its own code takes its crashes: it leaves the code
// where it is, never to be resumed, and goes on. Signals and assertions are left alone in a build
// with a sanitizer and in a fuzzing service's program, which have reports of their own.
#ifndef AWLAB_CORE_SUPPORT_CRASH_HPP_
#define AWLAB_CORE_SUPPORT_CRASH_HPP_

#include <array>
#include <csignal>
#include <cstdint>
#include <string_view>

#include "core/contract/contract.hpp"

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) || \
    __has_feature(thread_sanitizer)
#define AWLAB_SANITIZER_TAKES_SIGNALS 1
#endif
#endif

namespace awlab {

/// False if the crashes of signals and assertions are left to others: see above.
#if defined(AWLAB_SANITIZER_TAKES_SIGNALS) || defined(AWLAB_ENGINE_TAKES_SIGNALS)
inline constexpr bool kTakesSignals = false;
#else
inline constexpr bool kTakesSignals = true;
#endif

struct Crash {
  enum class How : std::uint8_t {
    kAbort,
    kAssertion,
    kTerminate,
    kException,
    kMemory,
    kStack,
    kBus,
    kArithmetic,
    kInstruction,
    kTrap,
  };
  How how{};
  /// Of an assertion its condition and file, of an exception its message; ended by 0, may be empty.
  std::array<char, 200> text{};
};

/// Takes a crash of the calling thread: does not return if that runs code under test. If it
/// returns, the crash is the lab's own, and goes on as without us. Runs in a signal handler, on a
/// stack of its own. No exception may leave it.
using TakeCrash = void (*)(const Crash& crash);

/// From now on `take` gets the crashes of this thread, and of those with a CrashWatch. Cheap if it
/// is so already. `signals`: those of signals, too.
void take_crashes(TakeCrash take, bool signals = kTakesSignals);

/// Lives on the stack of a further thread whose crashes are taken.
class CrashWatch {
 public:
  CrashWatch();
  CrashWatch(const CrashWatch&) = delete;
  CrashWatch& operator=(const CrashWatch&) = delete;
  ~CrashWatch();

 private:
  // Where handlers run: the crashed code may have used up its own stack. The stack from before is
  // restored: a sanitizer frees the one that it finds at the thread's end.
  void* stack_;
  stack_t before_{};
};

/// Gives signals back to the handlers from before take_crashes(), so that others may set theirs;
/// the next take_crashes() comes before those.
void give_back_crashes();

/// The violation that `crash` stands for; `where` names the code that crashed, as in "wake()". Its
/// texts live as long as the program.
Violation violation_of(const Crash& crash, std::string_view where);

}  // namespace awlab

#endif  // AWLAB_CORE_SUPPORT_CRASH_HPP_
