// The code that a thread is in, by which its crash is told: a call of the cell, the cell's
// constructor or destructor, or none of them.
#ifndef AWLAB_CORE_SUPPORT_CRASH_PLACE_HPP_
#define AWLAB_CORE_SUPPORT_CRASH_PLACE_HPP_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/contract/contract.hpp"
#include "core/subjects/subject_module.hpp"
#include "core/support/crash.hpp"
#include "core/trace/trace.hpp"

namespace awlab {

enum class Place : std::uint8_t { kScenario, kRegister, kWake, kTake, kConstructor, kDestructor };

/// In the order of Place, as subjects of a sentence.
inline constexpr std::array<std::string_view, 6> kPlaceNames = {
    "the scenario, between the calls of the cell,",
    "register()",
    "wake()",
    "take_waker()",
    "the cell's constructor",
    "the cell's destructor"};

constexpr Place place_of(Call call) {
  return call == Call::kRegister ? Place::kRegister
         : call == Call::kWake   ? Place::kWake
         : call == Call::kTake   ? Place::kTake
                                 : Place::kScenario;
}

/// The places that one thread is in, innermost last. Allocates nothing.
class Places {
 public:
  void clear() { depth_ = 0; }
  void enter(Place place) {
    if (depth_ < kMaxDepth) open_[depth_] = place;
    ++depth_;
  }
  void leave() { depth_ -= depth_ > 0 ? 1 : 0; }

  /// Records what the ledger notes of this thread.
  void note(const TraceEvent& event) {
    if (event.step == Step::kCall) enter(place_of(event.call));
    if (event.step == Step::kReturn || event.step == Step::kThrow) leave();
  }

  [[nodiscard]] Place innermost() const {
    return depth_ == 0 ? Place::kScenario : open_[depth_ < kMaxDepth ? depth_ - 1 : kMaxDepth - 1];
  }

 private:
  static constexpr std::size_t kMaxDepth = 16;

  std::size_t depth_ = 0;
  std::array<Place, kMaxDepth> open_{};
};

/// A crash in an execution.
struct PlacedCrash {
  Crash crash;
  Place place = Place::kScenario;
  int thread = kOutside;
};

inline Violation violation_of(const PlacedCrash& crash) {
  Violation violation =
      violation_of(crash.crash, kPlaceNames[static_cast<std::size_t>(crash.place)]);
  violation.thread = crash.thread;
  return violation;
}

/// The table of a cell with a constructor and a destructor that tell `Engine` of their places, by
/// its static enter(Place) and leave(). One table at a time in a process.
template <class Engine>
class PlacedTable {
 public:
  static const CellTable& of(const CellTable& cell) {
    original_ = placed_ = cell;
    placed_.construct = [](void* where) {
      const Inside inside(Place::kConstructor);
      original_.construct(where);
    };
    placed_.destroy = [](void* made) {
      const Inside inside(Place::kDestructor);
      original_.destroy(made);
    };
    return placed_;
  }

 private:
  class Inside {
   public:
    explicit Inside(Place place) { Engine::enter(place); }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;
    ~Inside() { Engine::leave(); }
  };

  static inline CellTable original_;
  static inline CellTable placed_;
};

}  // namespace awlab

#endif  // AWLAB_CORE_SUPPORT_CRASH_PLACE_HPP_
