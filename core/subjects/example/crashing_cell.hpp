// A user's subject that crashes, for tests that each lane reports it: the environment variable
// AWLAB_EXAMPLE_CRASH names the deed. Without the variable, the cell is right.
#ifndef EXAMPLE_CRASHING_CELL_HPP_
#define EXAMPLE_CRASHING_CELL_HPP_

#include <cassert>
#include <cstdlib>
#include <exception>
#include <optional>
#include <string_view>
#include <utility>

#include "cell.hpp"

namespace example {

/// True if the variable names this deed: "wake" fails an assertion in wake(), "register" uses a null
/// pointer in register, "destructor" and "constructor" abort there, "take" calls itself without end
/// in take_waker(), "noexcept" throws out of a function that must not, "division" divides by zero in
/// wake(), "terminate" calls std::terminate there, and "second" aborts in a wake() that another
/// thread's wake() is in the middle of.
inline bool crashes(std::string_view deed) {
  static const char* const asked = std::getenv("AWLAB_EXAMPLE_CRASH");  // NOLINT: nobody sets it
  return asked != nullptr && deed == asked;
}

template <class Platform>
class CrashingCell {
 public:
  CrashingCell() {
    if (crashes("constructor")) std::abort();
  }
  ~CrashingCell() {
    if (crashes("destructor")) std::abort();
  }

  void register_by_ref(const awlab::Waker& waker) {
    use_a_pointer();
    cell_.register_by_ref(waker);
  }
  void register_waker(awlab::Waker&& waker) {
    use_a_pointer();
    cell_.register_waker(std::move(waker));
  }

  void wake() {
    assert(!crashes("wake"));
    if (crashes("division")) calls_ = quotient(zero_, zero_);
    if (crashes("terminate")) std::terminate();
    if (crashes("noexcept")) throw_nothing();
    if (++inside_ > 1 && crashes("second")) std::abort();
    std::optional<awlab::Waker> waker = take_waker();
    --inside_;
    if (waker) waker->wake();
  }

  std::optional<awlab::Waker> take_waker() {
    if (crashes("take")) calls_ = call_again(calls_);
    return cell_.take_waker();
  }

 private:
  static void use_a_pointer() {
    static int* volatile nowhere = nullptr;
    if (crashes("register")) *nowhere = 1;
  }
  static int quotient(volatile int& of, volatile int& by) { return of / by; }
  static void throw_nothing() noexcept { throw std::exception(); }
  // Not a tail call, and of a depth that no compiler knows.
  static int call_again(int depth) {
    volatile int here = depth;
    return here < 0 ? 0 : call_again(here + 1) + here;
  }

  Cell<Platform> cell_;
  volatile int zero_ = 0;
  int calls_ = 0;
  int inside_ = 0;  // wake()s that take the waker; not of the platform, so that it adds no step
};

}  // namespace example

#endif  // EXAMPLE_CRASHING_CELL_HPP_
