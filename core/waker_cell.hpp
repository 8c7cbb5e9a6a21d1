// A subject: a cell that the lab can put under test. AtomicWaker is one; a user's header supplies
// another of the same shape.
#ifndef AWLAB_CORE_WAKER_CELL_HPP_
#define AWLAB_CORE_WAKER_CELL_HPP_

#include <concepts>
#include <optional>

#include "waker.hpp"

namespace awlab {

/// The calls that scenarios make of a cell. `C` is a cell for one platform, such as
/// AtomicWaker<StdPlatform>.
template <class C>
concept WakerCell =
    std::default_initializable<C> && requires(C& cell, const Waker& by_ref, Waker&& by_value) {
      cell.register_by_ref(by_ref);
      cell.register_waker(static_cast<Waker&&>(by_value));
      cell.wake();
      { cell.take_waker() } -> std::same_as<std::optional<Waker>>;
    };

}  // namespace awlab

#endif  // AWLAB_CORE_WAKER_CELL_HPP_
