// The ledger and the scenarios against cells that break one property each, and against ours.
#include "core/contract/ledger.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "core/atomic_waker.hpp"
#include "core/testing/whole_threads.hpp"

namespace awlab {
namespace {

using P = SequentialPlatform;

// A cell for one thread at a time, with a switch for each way to be wrong.
struct Right {};
struct WakeForgets {};
struct WakeKeeps {};
struct WakeLeaks {};
struct RegisterDropsTwice {};
struct RegisterWakes {};
struct RegisterIgnores {};
struct CloneThrowIsSwallowed {};
struct CloneThrowLosesOld {};
struct WakesUnderLock {};
struct TakesManySteps {};

template <class Wrong>
class PlainCell {
  template <class W>
  static constexpr bool is = std::is_same_v<Wrong, W>;

 public:
  static constexpr Promises promises{.steps = Steps::bounded(3, 2)};

  void register_by_ref(const Waker& waker) {
    if (is<RegisterIgnores>) return;
    if (owned_) {
      waker.wake_by_ref();
      return;
    }
    if (is<CloneThrowLosesOld>) slot_ = Waker();
    try {
      slot_ = waker;
    } catch (...) {
      if (!is<CloneThrowIsSwallowed>) throw;
      return;
    }
    if (is<RegisterWakes>) waker.wake_by_ref();
  }
  void register_waker(Waker&& waker) { slot_ = std::move(waker); }
  void wake() {
    for (int i = 0; is<TakesManySteps> && i < 3; ++i) {
      word_.fetch_add(1, std::memory_order_relaxed);
    }
    owned_ = is<WakesUnderLock>;
    if (is<WakeKeeps>) {
      if (slot_) slot_.wake_by_ref();
    } else if (std::optional<Waker> taken = take_waker()) {
      if (is<WakeForgets>) return;
      if (is<WakeLeaks>) {
        new (grave_) Waker(*taken);
      }
      taken->wake();
    }
    owned_ = false;
  }
  std::optional<Waker> take_waker() {
    if (!slot_) return std::nullopt;
    return std::optional<Waker>(std::exchange(slot_, Waker()));
  }

 private:
  Waker slot_;
  bool owned_ = false;
  P::atomic<std::size_t> word_{0};
  alignas(Waker) unsigned char grave_[sizeof(Waker)];
};

template <class Wrong>
void expect(std::string_view scenario, Property property, Kind kind) {
  const ScenarioInfo& info = *find_scenario(scenario);
  const int producers = info.max_producers() == 0 ? 0 : 1;
  const std::optional<Violation> found =
      judge<PlainCell<Wrong>>(scenario, producers, first_to_last(info.consumers + producers));
  ASSERT_TRUE(found) << scenario;
  EXPECT_EQ(found->kind, kind) << to_string(found->kind) << ": " << found->actual;
  EXPECT_EQ(found->property, property) << found->actual;
  EXPECT_FALSE(found->expected.empty());
  EXPECT_FALSE(
      judge<PlainCell<Right>>(scenario, producers, first_to_last(info.consumers + producers)));
}

TEST(Ledger, a_wake_that_forgets_its_waker_is_a_stuck_cell_or_a_missed_wakeup) {
  // The check from outside already sees that wake does not wake.
  expect<WakeForgets>("basic", Property::kP5, Kind::kStuckState);
}

TEST(Ledger, a_waker_woken_more_often_than_registered_is_a_duplicate) {
  expect<WakeKeeps>("basic", Property::kP3, Kind::kDuplicateWake);
}

TEST(Ledger, a_waker_that_is_never_dropped_breaks_conservation) {
  expect<WakeLeaks>("destroy", Property::kP2, Kind::kWakerLifetime);
}

TEST(Ledger, a_registration_that_wakes_with_nobody_waking_is_stuck_state) {
  expect<RegisterWakes>("basic", Property::kP5, Kind::kStuckState);
}

TEST(Ledger, a_registration_that_does_nothing_is_stuck_state) {
  expect<RegisterIgnores>("basic", Property::kP5, Kind::kStuckState);
}

TEST(Ledger, a_clone_exception_must_reach_its_caller) {
  expect<CloneThrowIsSwallowed>("panic_clone", Property::kP6, Kind::kPanicSafety);
}

TEST(Ledger, a_throwing_clone_must_leave_the_old_waker) {
  expect<CloneThrowLosesOld>("panic_clone_over_old", Property::kP6, Kind::kPanicSafety);
}

TEST(Ledger, a_wake_exception_must_reach_its_caller) {
  for (const unsigned passed_on : {1U, kNoRegistration}) {
    Trace trace;
    P::trace = &trace;
    P::thread = 0;
    Ledger<P> ledger;
    ledger.script(0, {.wake_throws = WakerScript::kAlways});
    const Waker waker = ledger.make(0);
    ledger.begin(Call::kRegister, 0);
    const Waker stored = waker;
    ledger.end();
    ledger.begin(Call::kWake, kNoWaker);
    EXPECT_THROW(stored.wake_by_ref(), ScriptedError);
    ledger.end(passed_on);
    EXPECT_EQ(ledger.violation().has_value(), passed_on == kNoRegistration);
  }
}

TEST(Ledger, a_register_inside_a_wake_must_be_stored) {
  expect<WakesUnderLock>("reentrant", Property::kP7, Kind::kStuckState);
}

TEST(Ledger, more_steps_than_the_contract_allows_are_a_step_bound_finding) {
  expect<TakesManySteps>("basic", Property::kP8, Kind::kStepBound);
}

// Another thread publishes and wakes, and nobody is woken.
void announce(Ledger<P>& ledger, unsigned value) {
  P::thread = 1;
  ledger.published(value);
  ledger.begin(Call::kWake, kNoWaker);
  ledger.end();
  P::thread = 0;
}

// P1 by itself: a consumer that looks although its registration did not happen, while a wake did. A
// registration inside another may be complete while the outer one is not.
TEST(CellBook, a_registration_inside_another_does_not_tell_that_its_thread_is_done) {
  CellBook<true> book;
  book.registers(1, 5);
  EXPECT_TRUE(book.registered_by_no_other(0, 5));
  EXPECT_FALSE(book.registered_by_no_other(0, 4));
  book.registers(1, 6, true);
  EXPECT_FALSE(book.registered_by_no_other(0, 6));
  EXPECT_TRUE(book.registered_by_no_other(1, kNoRegistration));
}

TEST(Ledger, a_look_that_saw_nothing_with_no_wake_since_is_missed) {
  Trace trace;
  P::trace = &trace;
  P::thread = 0;
  Ledger<P> ledger;
  ledger.begin(Call::kRegister, 0);
  const Waker waker = ledger.make(0);
  const Waker stored = waker;
  ledger.end();
  ledger.looked(0, false);
  EXPECT_EQ(ledger.missed().waker, kNoWaker) << "nothing was published yet";
  announce(ledger, 1);
  EXPECT_EQ(ledger.missed().waker, 0);
  stored.wake_by_ref();
  EXPECT_EQ(ledger.missed().waker, kNoWaker);
  ledger.begin(Call::kRegister, 0);
  const Waker again = waker;
  ledger.end();
  ledger.looked(0, false);
  EXPECT_EQ(ledger.missed().waker, 0) << "a wake before the last registration does not count";
  ledger.looked(1, true);
  EXPECT_EQ(ledger.missed().waker, kNoWaker);
  announce(ledger, 2);
  EXPECT_EQ(ledger.missed().waker, 0) << "a publication that the look did not see";
}

TEST(Ledger, a_waker_used_after_it_was_woken_is_a_lifetime_violation) {
  Trace trace;
  P::trace = &trace;
  P::thread = 0;
  Ledger<P> ledger;
  Waker waker = ledger.make(0);
  ledger.begin(Call::kRegister, 0);
  const Waker stored = waker;
  ledger.end();
  alignas(Waker) unsigned char copy[sizeof(Waker)];
  std::copy_n(reinterpret_cast<unsigned char*>(&waker), sizeof(Waker), copy);
  Waker& twin = *reinterpret_cast<Waker*>(copy);
  waker.wake();
  const Waker clone = twin;
  ASSERT_TRUE(ledger.violation());
  EXPECT_EQ(ledger.violation()->kind, Kind::kWakerLifetime);
  twin.wake();
  EXPECT_EQ(ledger.violation()->kind, Kind::kWakerLifetime) << "the first violation stands";
}

class OurCell : public testing::TestWithParam<ScenarioInfo> {};

TEST_P(OurCell, is_right_in_every_order_of_whole_threads) {
  const ScenarioInfo& info = GetParam();
  if (!meets(kPromises<AtomicWaker<P>>, info.demand)) return;
  const int producers = std::min(2, info.max_producers());
  const std::optional<Violation> found = judge_all_orders<AtomicWaker<P>>(info.name, producers);
  EXPECT_FALSE(found) << found->actual;
}

INSTANTIATE_TEST_SUITE_P(Scenarios, OurCell, testing::ValuesIn(kScenarios),
                         [](const auto& instance) { return std::string(instance.param.name); });

}  // namespace
}  // namespace awlab
