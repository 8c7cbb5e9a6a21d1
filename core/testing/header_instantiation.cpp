// Every member of the product headers as the user's compiler sees it; compiled by the warning tests
// in CMakeLists.txt, and never linked.
#include <optional>
#include <utility>

#include "core/atomic_waker.hpp"
#include "core/platform.hpp"
#include "core/std_platform.hpp"
#include "core/waker.hpp"
#include "core/waker_cell.hpp"

namespace awlab {

template class AtomicWaker<StdPlatform>;
static_assert(WakerCell<AtomicWaker<>>);

// A cell may be a static object that needs no initialisation at run time.
extern AtomicWaker<> static_cell;
constinit AtomicWaker<> static_cell;

// External, so that nothing is left out as unused.
void use_each_call(AtomicWaker<>& cell, const Waker& by_ref, Waker& by_value);
void use_each_call(AtomicWaker<>& cell, const Waker& by_ref, Waker& by_value) {
  cell.register_by_ref(by_ref);
  cell.register_waker(std::move(by_value));
  by_value = by_ref;
  by_value.swap(by_value);
  if (by_value && by_value.will_wake(by_ref)) {
    by_ref.wake_by_ref();
    cell.wake();
  }
  if (std::optional<Waker> taken = cell.take_waker()) taken->wake();
  StdPlatform::yield();
}

}  // namespace awlab
