// The recorder's own observations; core/contract/row_counter_test.cpp tests the rows.
#include "stress/recorder.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "core/support/as_size.hpp"

namespace awlab::stress {
namespace {

class Calls {
 public:
  Calls() { recorder_.start(0); }

  Calls& begin(Call call) { return note(Step::kCall, call); }
  Calls& finds(std::uint64_t value, Step step = Step::kCas) {
    recorder_.access(step, std::memory_order_acq_rel, nullptr, value, 0, "");
    return *this;
  }
  Calls& note(Step step, Call call = Call::kNone) {
    TraceEvent event;
    event.step = step;
    event.call = call;
    recorder_.note(event);
    return *this;
  }
  [[nodiscard]] const Recorder& recorder() const { return recorder_; }
  [[nodiscard]] unsigned seen(Row row) const { return recorder_.rows()[as_size(row)]; }

 private:
  Recorder recorder_;
};

Calls registers() { return Calls().begin(Call::kRegister); }

TEST(Recorder, rows_are_of_steps_that_read_and_may_write) {
  constexpr std::uint64_t kWaking = 2;
  for (const Step step : {Step::kExchange, Step::kFetchOr, Step::kCas, Step::kCasFailed}) {
    const Calls calls = Calls().begin(Call::kWake).finds(kWaking, step).note(Step::kReturn);
    EXPECT_EQ(calls.seen(Row::kWakeOnWaking), 1U) << to_string(step);
  }
  for (const Step step : {Step::kLoad, Step::kStore}) {
    const Calls calls = Calls().begin(Call::kWake).finds(kWaking, step).note(Step::kReturn);
    EXPECT_EQ(calls.recorder().rows(), RowCounter::Seen{}) << to_string(step);
  }
}

TEST(Recorder, operations_are_all_but_loads) {
  const Calls calls = registers().finds(0).finds(0, Step::kLoad).finds(0, Step::kStore).finds(1);
  EXPECT_EQ(calls.recorder().operations(), 3U);
}

TEST(Recorder, it_keeps_the_last_events) {
  Calls calls;
  for (std::uint64_t i = 0; i < Recorder::kKept + 10; ++i) calls.finds(i);
  std::vector<std::uint64_t> kept;
  calls.recorder().for_each([&](const Recorder::Event& event) { kept.push_back(event.what.read); });
  ASSERT_EQ(kept.size(), Recorder::kKept);
  EXPECT_EQ(kept.front(), 10U);
  EXPECT_EQ(kept.back(), Recorder::kKept + 9U);
  EXPECT_EQ(calls.recorder().lost(), 10U);
}

TEST(Recorder, who_woke_whom_is_seen) {
  EXPECT_TRUE(registers().note(Step::kWoken).recorder().seen().woke_own);
  EXPECT_FALSE(registers().note(Step::kWoken).recorder().seen().woke_other);
  EXPECT_TRUE(Calls().begin(Call::kWake).note(Step::kWoken).recorder().seen().woke_other);
  EXPECT_TRUE(Calls().note(Step::kWoken).recorder().seen().woke_other);
}

}  // namespace
}  // namespace awlab::stress
