// Every call interrupted at every point by every call: the bounds on steps [P8], rest [P5] and the
// conservation of wakers [P2] in all the combinations that the hand-written rows do not spell out.
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <tuple>

#include "core/support/as_size.hpp"
#include "core/testing/cell_fixture.hpp"

namespace awlab {
namespace {

enum class Operation { kRegisterByRef, kRegisterWaker, kWake, kTakeWaker };

constexpr int kMaxSteps[] = {3, 3, 2, 2};  // contract §1, by operation
constexpr const char* kNames[] = {"RegisterByRef", "RegisterWaker", "Wake", "TakeWaker"};

// The call, the call that interrupts it, whether a waker is in the cell, and the calls that throw.
using Parameters = std::tuple<Operation, Operation, bool, std::optional<Call>>;

bool is_register(Operation operation) {
  return operation == Operation::kRegisterByRef || operation == Operation::kRegisterWaker;
}

class InterruptionTest : public CellTest, public testing::WithParamInterface<Parameters> {
 protected:
  // Returns the atomic steps of the call without those of an interruption.
  int run(Operation operation, TestTask& task) {
    const int before = HookPlatform::steps();
    const int nested_before = nested_steps_;
    thrown_by([&] {
      const Waker waker = task.waker();
      switch (operation) {
        case Operation::kRegisterByRef:
          return cell_->register_by_ref(waker);
        case Operation::kRegisterWaker:
          return cell_->register_waker(task.waker());
        case Operation::kWake:
          return cell_->wake();
        case Operation::kTakeWaker:
          if (std::optional<Waker> taken = cell_->take_waker()) taken->wake();
      }
    });
    return HookPlatform::steps() - before - (nested_steps_ - nested_before);
  }

  int nested_steps_ = 0;
};

TEST_P(InterruptionTest, takes_bounded_steps_and_comes_to_rest) {
  const Operation outer = std::get<0>(GetParam());
  const Operation inner = std::get<1>(GetParam());
  const bool occupied = std::get<2>(GetParam());
  const std::optional<Call> throwing = std::get<3>(GetParam());
  const int max_steps = kMaxSteps[as_size(outer)];
  // Point 0 lies before the first step, point 2n between step n and what follows it.
  for (int point = 0; point <= 2 * max_steps; ++point) {
    SCOPED_TRACE("interrupted at point " + std::to_string(point));
    TestTask old("old");
    TestTask outer_task("outer");
    TestTask inner_task("inner");
    TestTask probe("probe");
    cell_ = std::make_unique<HookCell>();
    if (occupied) cell_->register_waker(old.waker());
    int inner_steps = 0;
    const auto interrupt = [&] {
      inner_steps = run(inner, inner_task);
      EXPECT_GE(inner_steps, 1);
      EXPECT_LE(inner_steps, kMaxSteps[as_size(inner)]);
      nested_steps_ += inner_steps;
    };
    if (point == 0) {
      interrupt();
    } else if (point % 2 == 1) {
      HookPlatform::interrupt_before_step((point + 1) / 2, interrupt);
    } else {
      HookPlatform::interrupt_after_step(point / 2, interrupt);
    }
    if (throwing) {
      for (TestTask* task : {&old, &outer_task, &inner_task}) {
        task->throw_from_next(*throwing);
      }
    }
    const int steps = run(outer, outer_task);
    EXPECT_GE(steps, 1);
    EXPECT_LE(steps, max_steps);
    if (is_register(outer) && !is_register(inner) && inner_steps == 1) {
      // The wake found the slot owned by this registration, which must have delivered it.
      if (throwing == Call::kClone && outer == Operation::kRegisterByRef) {
        EXPECT_EQ(old.woken(), occupied ? 1 : 0);
      } else {
        EXPECT_EQ(outer_task.woken(), 1);
      }
    }
    HookPlatform::cancel_interrupt();  // a call that took fewer steps does not reach every point
    for (TestTask* task : {&old, &outer_task, &inner_task}) {
      task->forget_scripts();
    }
    expect_at_rest(*cell_, probe);
    cell_.reset();
  }
}

std::string name_of(const testing::TestParamInfo<Parameters>& info) {
  const auto& [outer, inner, occupied, throwing] = info.param;
  std::string name = kNames[as_size(outer)];
  name += std::string("InterruptedBy") + kNames[as_size(inner)] + (occupied ? "Over" : "Without") +
          "OldWaker";
  if (throwing) name += *throwing == Call::kClone ? "ThrowingClones" : "ThrowingWakes";
  return name;
}

INSTANTIATE_TEST_SUITE_P(
    Everywhere, InterruptionTest,
    testing::Combine(testing::Values(Operation::kRegisterByRef, Operation::kRegisterWaker,
                                     Operation::kWake, Operation::kTakeWaker),
                     testing::Values(Operation::kRegisterByRef, Operation::kRegisterWaker,
                                     Operation::kWake, Operation::kTakeWaker),
                     testing::Bool(),
                     testing::Values(std::optional<Call>(), std::optional(Call::kClone),
                                     std::optional(Call::kWake))),
    name_of);

}  // namespace
}  // namespace awlab
