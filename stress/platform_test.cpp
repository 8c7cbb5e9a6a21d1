// StressPlatform's atomics: the interface of std::atomic, and a real wait.
#include "stress/platform.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "core/testing/atomic_interface.hpp"

namespace awlab::stress {
namespace {

TEST(StressPlatform, has_the_whole_interface_of_std_atomic) {
  use_atomic_interface<StressPlatform>([](bool ok, const char* law) { EXPECT_TRUE(ok) << law; });
}

TEST(StressPlatform, a_wait_ends_by_a_notify_of_another_thread) {
  StressPlatform::atomic<bool> changed{false};
  std::thread other([&] {
    changed.store(true, std::memory_order_release);
    changed.notify_one();
  });
  changed.wait(false, std::memory_order_acquire);
  EXPECT_TRUE(changed.load(std::memory_order_relaxed));
  other.join();
}

// The steps of a wait, and fences, are written down, and are none of those that P8 counts.
TEST(StressPlatform, waits_and_fences_are_recorded_and_not_counted) {
  Recorder recorder;
  recorder.start(0);
  current_role = {.round = nullptr, .recorder = &recorder};
  StressPlatform::atomic<int> word{1};
  word.wait(0);
  word.notify_one();
  StressPlatform::fence(std::memory_order_seq_cst);
  current_role = {};
  std::vector<Step> steps;
  recorder.for_each([&](const Recorder::Event& event) { steps.push_back(event.what.step); });
  EXPECT_EQ(steps, (std::vector{Step::kWait, Step::kNotifyOne, Step::kFence}));
  EXPECT_EQ(recorder.operations(), 0U);
}

}  // namespace
}  // namespace awlab::stress
