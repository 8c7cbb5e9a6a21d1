// The cell's four calls on real atomics, compiled as for a program, for check_codegen.py to read.
// extern "C" gives them names that can be found in the assembly.
#include <optional>
#include <utility>

#include "core/atomic_waker.hpp"

using Cell = awlab::AtomicWaker<awlab::StdPlatform>;

extern "C" {

void awlab_register_by_ref(Cell& cell, const awlab::Waker& waker) { cell.register_by_ref(waker); }

void awlab_register_waker(Cell& cell, awlab::Waker& waker) {
  cell.register_waker(std::move(waker));
}

void awlab_wake(Cell& cell) { cell.wake(); }

void awlab_take_waker(Cell& cell, std::optional<awlab::Waker>& out) { out = cell.take_waker(); }

}  // extern "C"
