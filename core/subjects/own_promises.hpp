// The promises of our own cell and of its faults, which are the same class with one change.
#ifndef AWLAB_CORE_SUBJECTS_OWN_PROMISES_HPP_
#define AWLAB_CORE_SUBJECTS_OWN_PROMISES_HPP_

#include "core/platform.hpp"
#include "core/promises.hpp"

namespace awlab {

template <class P>
  requires Platform<P>
class AtomicWaker;

/// The promises of tokio's cell: wait-free, safe with several registrars at once, and not touched
/// after wake() has woken its waker.
template <Platform P>
inline constexpr Promises kPromises<AtomicWaker<P>> = {.steps = Steps::bounded(3, 2),
                                                       .registrars = Registrars::kOneStands,
                                                       .cell_end = CellEnd::kByWokenTask};

}  // namespace awlab

#endif  // AWLAB_CORE_SUBJECTS_OWN_PROMISES_HPP_
