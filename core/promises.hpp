// The promises of a waker cell: the choices that designs differ in.
//
// The lab holds a cell to what it promises. A cell declares its promises as a static member
//
//   static constexpr awlab::Promises promises{.registrars = awlab::Registrars::kLastStands};
//
// or, where the class must not change, its user specialises awlab::kPromises beside it. A cell that
// declares nothing has the defaults below. A promise that is not made is not tried, and the report
// says so.
#ifndef AWLAB_CORE_PROMISES_HPP_
#define AWLAB_CORE_PROMISES_HPP_

#include <cstdint>

namespace awlab {

/// The steps that one call may take. Only stores, read-modify-writes and failed compare-exchanges
/// count. An endless loop is a finding under every choice.
struct Steps {
  enum class Bound : std::uint8_t {
    kNone,      // any number: locks and retries are allowed
    kLockFree,  // any number, but no call ever waits for another thread
    kBounded,   // at most so many
  };
  Bound bound = Bound::kNone;
  std::uint16_t register_most = 0;  // for kBounded
  std::uint16_t wake_most = 0;      // of wake and of take_waker

  static constexpr Steps any() { return {}; }
  static constexpr Steps lock_free() { return {.bound = Bound::kLockFree}; }
  static constexpr Steps bounded(std::uint16_t register_most, std::uint16_t wake_most) {
    return {Bound::kBounded, register_most, wake_most};
  }

  friend constexpr bool operator==(const Steps&, const Steps&) = default;
};

/// The effect of a wake that finds no waker.
enum class WakeWithoutWaker : std::uint8_t {
  kForgotten,
  kRemembered,  // a permit: it wakes the next waker that is registered, at once; permits do not add
};

/// The fate of a waker that was woken.
enum class WokenWaker : std::uint8_t {
  kConsumed,
  kKept,  // later wakes wake it again, until another one is registered
};

/// The threads that may register.
enum class Registrars : std::uint8_t {
  kOneTask,          // one at a time; the task may migrate to another thread
  kOneStands,        // several at once: memory stays safe, and one of them stands
  kLastStands,       // several at once: the last one stands, and is woken
  kEveryOneIsWoken,  // several at once: each is woken, by the wake or when it is replaced
};

/// The fate of a waker that another registration replaces.
enum class ReplacedWaker : std::uint8_t { kDropped, kWoken };

/// The owner of the cell's end.
enum class CellEnd : std::uint8_t {
  kByLastUser,   // no call is in progress when the cell is destroyed
  kByWokenTask,  // whoever is woken by a wake() may destroy the cell at once
};

struct Promises {
  Steps steps = Steps::any();
  WakeWithoutWaker wake_without_waker = WakeWithoutWaker::kForgotten;
  WokenWaker woken_waker = WokenWaker::kConsumed;
  Registrars registrars = Registrars::kOneTask;
  ReplacedWaker replaced_waker = ReplacedWaker::kDropped;
  /// False if the calls are noexcept, so that no clone and no wake may throw.
  bool wakers_may_throw = true;
  /// False if no call of the cell may be made from inside a waker's clone, wake or drop.
  bool reentrant = true;
  CellEnd cell_end = CellEnd::kByLastUser;

  friend constexpr bool operator==(const Promises&, const Promises&) = default;
};

namespace promises_detail {

template <class Cell>
constexpr Promises declared() {
  if constexpr (requires { Promises(Cell::promises); }) {
    return Cell::promises;
  } else {
    return {};
  }
}

}  // namespace promises_detail

/// The promises of `Cell`, for one platform. May be specialised for a user's class.
template <class Cell>
inline constexpr Promises kPromises = promises_detail::declared<Cell>();

}  // namespace awlab

#endif  // AWLAB_CORE_PROMISES_HPP_
