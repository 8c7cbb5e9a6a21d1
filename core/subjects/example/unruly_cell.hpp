// A user's subject that misbehaves, for tests that the lanes survive it.
//
// The deed of UnrulyCell is named by the environment variable AWLAB_EXAMPLE_UNRULY; without it, the
// cell is right. No simulation judges a subject that reads the environment, so for them there is a
// type for each deed.
#ifndef EXAMPLE_UNRULY_CELL_HPP_
#define EXAMPLE_UNRULY_CELL_HPP_

#include <array>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string_view>

#include "cell.hpp"

namespace example {

/// At each wake(): kAbort aborts, kEndless does not return, kDeaf does nothing, kTwice wakes a copy
/// of the waker's bytes before the waker, kObjects makes more objects than a simulation of a few
/// calls can number. When a cell is made: kAbortAtOnce aborts, kObjectsAtOnce makes too many.
enum class Deed { kNone, kAbort, kEndless, kDeaf, kTwice, kObjects, kAbortAtOnce, kObjectsAtOnce };

inline Deed deed_in_environment() {
  static constexpr std::array<std::string_view, 8> kNames = {
      "", "wake", "endless", "deaf", "twice", "objects", "constructor", "constructor_objects"};
  static const char* const asked = std::getenv("AWLAB_EXAMPLE_UNRULY");  // NOLINT: nobody sets it
  for (std::size_t i = 0; asked != nullptr && i < kNames.size(); ++i) {
    if (asked == kNames.at(i)) return static_cast<Deed>(i);
  }
  return Deed::kNone;
}

template <class Platform>
class CellWithDeeds : public Cell<Platform> {
 public:
  explicit CellWithDeeds(Deed deed) : deed_(deed) {
    if (deed_ == Deed::kAbortAtOnce) std::abort();
    if (deed_ == Deed::kObjectsAtOnce) make_objects(100);
  }

  void wake() {
    if (deed_ == Deed::kAbort) std::abort();
    if (deed_ == Deed::kObjects) make_objects(20);
    for (volatile bool endless = deed_ == Deed::kEndless; endless;) {
    }
    if (deed_ == Deed::kDeaf) return;
    if (deed_ == Deed::kTwice) return wake_twice();
    Cell<Platform>::wake();
  }

 protected:
  // Wakes a waker that nobody has cloned.
  static void wake_copy(awlab::Waker& waker) {
    alignas(awlab::Waker) std::array<std::byte, sizeof(awlab::Waker)> copy{};
    std::memcpy(copy.data(), static_cast<void*>(&waker), copy.size());
    reinterpret_cast<awlab::Waker*>(copy.data())->wake();
  }

 private:
  void wake_twice() {
    std::optional<awlab::Waker> taken = this->take_waker();
    if (!taken) return;
    wake_copy(*taken);
    taken->wake();
  }
  static void make_objects(int number) {
    for (int i = 0; i < number; ++i) const typename Platform::template atomic<unsigned> one{0};
  }

  const Deed deed_;
};

template <class Platform>
class UnrulyCell : public CellWithDeeds<Platform> {
 public:
  UnrulyCell() : CellWithDeeds<Platform>(deed_in_environment()) {}
};

template <class Platform>
class AbortingCell : public CellWithDeeds<Platform> {
 public:
  AbortingCell() : CellWithDeeds<Platform>(Deed::kAbort) {}
};

template <class Platform>
class EndlessCell : public CellWithDeeds<Platform> {
 public:
  EndlessCell() : CellWithDeeds<Platform>(Deed::kEndless) {}
};

template <class Platform>
class CrowdedCell : public CellWithDeeds<Platform> {
 public:
  CrowdedCell() : CellWithDeeds<Platform>(Deed::kObjects) {}
};

template <class Platform>
class CrowdedFromTheStartCell : public CellWithDeeds<Platform> {
 public:
  CrowdedFromTheStartCell() : CellWithDeeds<Platform>(Deed::kObjectsAtOnce) {}
};

}  // namespace example

#endif  // EXAMPLE_UNRULY_CELL_HPP_
