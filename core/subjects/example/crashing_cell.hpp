// A user's subject that crashes, for tests that each lane reports it: one type for each deed.
#ifndef EXAMPLE_CRASHING_CELL_HPP_
#define EXAMPLE_CRASHING_CELL_HPP_

#include <cassert>
#include <cstdlib>
#include <exception>
#include <optional>
#include <utility>

#include "cell.hpp"

namespace example {

/// kWake fails an assertion in wake(), kRegister uses a null pointer in register, kDestructor and
/// kConstructor abort there, kTake calls itself without end in take_waker(), kNoexcept throws out
/// of a function that must not, kDivision divides by zero in wake(), kTerminate calls
/// std::terminate there, and kSecond aborts in a wake() that another thread's wake() is in the
/// middle of.
enum class Deed {
  kWake,
  kRegister,
  kDestructor,
  kConstructor,
  kTake,
  kNoexcept,
  kDivision,
  kTerminate,
  kSecond
};

template <class Platform, Deed kDeed>
class CrashingCell {
 public:
  CrashingCell() {
    if (crashes(Deed::kConstructor)) std::abort();
  }
  ~CrashingCell() {
    if (crashes(Deed::kDestructor)) std::abort();
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
    assert(!crashes(Deed::kWake));
    if (crashes(Deed::kDivision)) calls_ = quotient(zero_, zero_);
    if (crashes(Deed::kTerminate)) std::terminate();
    if (crashes(Deed::kNoexcept)) throw_nothing();
    if (++inside_ > 1 && crashes(Deed::kSecond)) std::abort();
    std::optional<awlab::Waker> waker = take_waker();
    --inside_;
    if (waker) waker->wake();
  }

  std::optional<awlab::Waker> take_waker() {
    if (crashes(Deed::kTake)) calls_ = call_again(calls_);
    return cell_.take_waker();
  }

 private:
  static constexpr bool crashes(Deed deed) { return deed == kDeed; }
  static void use_a_pointer() {
    int* volatile nowhere = nullptr;
    if (crashes(Deed::kRegister)) *nowhere = 1;
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

template <class Platform>
using CrashInWake = CrashingCell<Platform, Deed::kWake>;
template <class Platform>
using CrashInRegister = CrashingCell<Platform, Deed::kRegister>;
template <class Platform>
using CrashInDestructor = CrashingCell<Platform, Deed::kDestructor>;
template <class Platform>
using CrashInConstructor = CrashingCell<Platform, Deed::kConstructor>;
template <class Platform>
using CrashInTake = CrashingCell<Platform, Deed::kTake>;
template <class Platform>
using CrashInNoexcept = CrashingCell<Platform, Deed::kNoexcept>;
template <class Platform>
using CrashInDivision = CrashingCell<Platform, Deed::kDivision>;
template <class Platform>
using CrashInTerminate = CrashingCell<Platform, Deed::kTerminate>;
template <class Platform>
using CrashInSecond = CrashingCell<Platform, Deed::kSecond>;

}  // namespace example

#endif  // EXAMPLE_CRASHING_CELL_HPP_
