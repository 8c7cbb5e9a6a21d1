// The fixture of the cell's tests: a cell on HookPlatform, three tasks, and the two checks that
// close every test: the cell comes to rest [P5] and no waker is left or used twice [P2].
#ifndef AWLAB_CORE_TESTING_CELL_FIXTURE_HPP_
#define AWLAB_CORE_TESTING_CELL_FIXTURE_HPP_

#include <gtest/gtest.h>

#include <memory>

#include "core/atomic_waker.hpp"
#include "core/testing/hook_platform.hpp"
#include "core/testing/test_waker.hpp"

namespace awlab {

using HookCell = AtomicWaker<HookPlatform>;

/// P5, from the outside. Whatever the cell still holds is dropped on the way. `probe` is an unused
/// task; it must outlive the cell, because a broken one may keep its waker.
inline void expect_at_rest(HookCell& cell, TestTask& probe) {
  cell.register_waker(probe.waker());
  EXPECT_EQ(probe.woken(), 0) << "at rest, a registration must not wake";
  EXPECT_EQ(probe.live_handles(), 1) << "at rest, a registration must be stored";
  cell.wake();
  EXPECT_EQ(probe.woken(), 1) << "at rest, a wake must find the waker registered last";
  cell.wake();
  EXPECT_EQ(probe.woken(), 1) << "a waker must be handed out once";
}

class CellTest : public testing::Test {
 protected:
  void TearDown() override {
    EXPECT_FALSE(HookPlatform::cancel_interrupt()) << "the interruption was never reached";
    if (cell_) {
      expect_at_rest(*cell_, probe_);
      cell_.reset();
    }
  }

  void register_old() { cell_->register_waker(old_.waker()); }

  // Their destructors check P2, after the cell is gone.
  TestTask old_{"old"};
  TestTask new_{"new"};
  TestTask other_{"other"};
  TestTask probe_{"probe"};
  std::unique_ptr<HookCell> cell_ = std::make_unique<HookCell>();
};

}  // namespace awlab

#endif  // AWLAB_CORE_TESTING_CELL_FIXTURE_HPP_
