// A user's program: it registers, is woken once, and needs nothing else.
#include <atomic_waker_lab/atomic_waker.hpp>
#include <atomic_waker_lab/platform.hpp>
#include <atomic_waker_lab/std_platform.hpp>
#include <atomic_waker_lab/waker.hpp>
#include <atomic_waker_lab/waker_cell.hpp>

static_assert(awlab::WakerCell<awlab::AtomicWaker<>>);

namespace {

awlab::RawWaker make_waker(void* wakes);

constexpr auto kDrop = [](void*) noexcept {};
constexpr auto kWake = [](void* wakes) { ++*static_cast<int*>(wakes); };
constexpr awlab::WakerVTable kTable = {make_waker, kWake, kWake, kDrop};

awlab::RawWaker make_waker(void* wakes) { return {wakes, &kTable}; }

}  // namespace

int main() {
  int wakes = 0;
  awlab::AtomicWaker<> cell;
  cell.wake();
  cell.register_by_ref(awlab::Waker(make_waker(&wakes)));
  if (wakes != 0) return 1;
  cell.wake();
  cell.wake();
  return wakes == 1 ? 0 : 1;
}
