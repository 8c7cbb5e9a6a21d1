// Each row of the protocol's table, from the calls that go through it.
#include "stress/recorder.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace awlab::stress {
namespace {

constexpr std::uint64_t kWaiting = 0;
constexpr std::uint64_t kRegistering = 1;
constexpr std::uint64_t kWaking = 2;
constexpr std::uint64_t kBoth = 3;
constexpr WakerId kMine = 0;
constexpr WakerId kOther = 1;

class Calls {
 public:
  Calls() { recorder_.start(0); }

  Calls& begin(Call call, WakerId waker = kNoWaker) { return note(Step::kCall, waker, call); }
  Calls& end(Step how = Step::kReturn) { return note(how, kNoWaker, Call::kNone); }
  Calls& finds(std::uint64_t value, Step step = Step::kCas) {
    recorder_.access(step, std::memory_order_acq_rel, nullptr, value, 0, "");
    return *this;
  }
  Calls& note(Step step, WakerId waker = kMine, Call call = Call::kNone) {
    TraceEvent event;
    event.step = step;
    event.call = call;
    event.waker = waker;
    recorder_.note(event);
    return *this;
  }

  // The names of the rows seen, each as often as it was.
  [[nodiscard]] std::vector<std::string> rows() const {
    std::vector<std::string> rows;
    for (std::size_t i = 0; i < kRows.size(); ++i) {
      rows.insert(rows.end(), recorder_.rows()[i], std::string(kRows[i].name));
    }
    return rows;
  }
  [[nodiscard]] const Recorder& recorder() const { return recorder_; }

 private:
  Recorder recorder_;
};

Calls registers() { return Calls().begin(Call::kRegister, kMine); }
using Rows = std::vector<std::string>;

TEST(Recorder, ARegisterIsNamedByWhatItFound) {
  EXPECT_EQ(registers().finds(kWaiting).finds(kRegistering).end().rows(),
            Rows{"register_on_waiting"});
  EXPECT_EQ(registers().finds(kWaiting).finds(kBoth).finds(kBoth).end().rows(),
            Rows{"register_contended"});
  EXPECT_EQ(registers().finds(kWaking).end().rows(), Rows{"register_on_waking"});
  EXPECT_EQ(registers().finds(kRegistering).end().rows(), Rows{"register_on_registering"});
  EXPECT_EQ(registers().finds(kBoth).end().rows(), Rows{"register_on_registering"});
}

TEST(Recorder, AWakeIsNamedByWhatItFound) {
  EXPECT_EQ(Calls().begin(Call::kWake).finds(kWaiting).finds(kWaking).end().rows(),
            Rows{"wake_on_waiting"});
  EXPECT_EQ(Calls().begin(Call::kTake).finds(kWaking).end().rows(), Rows{"wake_on_waking"});
  EXPECT_EQ(Calls().begin(Call::kWake).finds(kRegistering).end().rows(),
            Rows{"wake_on_registering"});
  EXPECT_EQ(Calls().begin(Call::kWake).finds(kBoth).end().rows(), Rows{"wake_on_registering"});
}

TEST(Recorder, ExceptionsHaveRowsOfTheirOwn) {
  const auto threw = [](Calls calls, Step step, WakerId waker) { return calls.note(step, waker); };
  const Calls free = registers().finds(kWaiting);
  EXPECT_EQ(threw(free, Step::kCloneThrew, kMine).finds(kRegistering).end(Step::kThrow).rows(),
            Rows{"clone_threw"});
  EXPECT_EQ(threw(free, Step::kCloneThrew, kMine).finds(kBoth).end(Step::kThrow).rows(),
            Rows{"clone_threw_contended"});
  const Calls contended = registers().finds(kWaiting).finds(kBoth);
  EXPECT_EQ(threw(contended, Step::kWakeThrew, kMine).end(Step::kThrow).rows(),
            Rows{"wake_threw_contended"});
  EXPECT_EQ(threw(contended, Step::kWakeThrew, kOther).end().rows(),
            (Rows{"register_contended", "old_wake_threw_contended"}));
  EXPECT_EQ(threw(registers().finds(kWaking), Step::kWakeThrew, kMine).end(Step::kThrow).rows(),
            Rows{"wake_threw_on_waking"});
  EXPECT_EQ(threw(Calls().begin(Call::kWake).finds(kWaiting), Step::kWakeThrew, kMine)
                .end(Step::kThrow)
                .rows(),
            Rows{"wake_threw"});
}

TEST(Recorder, ACallInsideAnotherIsARowOfItsOwn) {
  EXPECT_EQ(Calls()
                .begin(Call::kWake)
                .finds(kWaiting)
                .begin(Call::kRegister, kOther)
                .finds(kWaking)
                .end()
                .finds(kWaking)
                .end()
                .rows(),
            (Rows{"wake_on_waiting", "register_on_waking"}));
}

TEST(Recorder, AccessesOutsideOfCallsAndPlainLoadsAreNoRows) {
  EXPECT_EQ(Calls().finds(kWaking).rows(), Rows{});
  EXPECT_EQ(Calls().begin(Call::kWake).finds(kWaking, Step::kLoad).end().rows(), Rows{});
}

TEST(Recorder, OperationsAreAllButLoads) {
  const Calls calls = registers().finds(0).finds(0, Step::kLoad).finds(0, Step::kStore).finds(1);
  EXPECT_EQ(calls.recorder().operations(), 3U);
}

TEST(Recorder, ItKeepsTheLastEvents) {
  Calls calls;
  for (std::uint64_t i = 0; i < Recorder::kKept + 10; ++i) calls.finds(i);
  std::vector<std::uint64_t> kept;
  calls.recorder().for_each([&](const Recorder::Event& event) { kept.push_back(event.what.read); });
  ASSERT_EQ(kept.size(), Recorder::kKept);
  EXPECT_EQ(kept.front(), 10U);
  EXPECT_EQ(kept.back(), Recorder::kKept + 9U);
  EXPECT_EQ(calls.recorder().lost(), 10U);
}

TEST(Recorder, WhoWokeWhomIsSeen) {
  EXPECT_TRUE(registers().note(Step::kWoken).recorder().seen().woke_own);
  EXPECT_FALSE(registers().note(Step::kWoken).recorder().seen().woke_other);
  EXPECT_TRUE(Calls().begin(Call::kWake).note(Step::kWoken).recorder().seen().woke_other);
  EXPECT_TRUE(Calls().note(Step::kWoken).recorder().seen().woke_other);
}

}  // namespace
}  // namespace awlab::stress
