// Inputs on the machine: any input runs on our cell and ends well, and wrong cells are found.
#include "fuzz/schedule/harness.hpp"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "core/contract/rows.hpp"
#include "fuzz/fuzzer/mutator.hpp"
#include "fuzz/schedule/harness_fixture.hpp"
#include "fuzz/schedule/input.hpp"

namespace awlab {
namespace {

using P = machine::MachinePlatform;

void random_input(std::mt19937_64& random, Input& input) {
  std::array<std::uint8_t, 160> bytes{};
  const std::size_t size = random() % bytes.size();
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
  input.decode({bytes.data(), size});
}

std::optional<Violation> run(Harness& harness, const Input& input, Trace* trace = nullptr) {
  ScheduledDecisions decisions(input.decisions);
  return harness.run({&input.program}, decisions, trace);
}

// The ends of executions: all threads finished, or those that did not finish are asleep.
struct Ends {
  int finished = 0;
  int asleep = 0;
  std::size_t most_events = 0;

  void add(Harness& harness, const Input& input) {
    const std::optional<Violation> found = run(harness, input);
    ASSERT_FALSE(found) << info(found->property).id << ": " << found->actual << '\n'
                        << to_text(input.program);
    ++(harness.finished() ? finished : asleep);
    most_events = std::max<std::size_t>(most_events, harness.graph().size());
  }
};

TEST(Harness, our_cell_is_right_on_random_bytes) {
  Harness harness(kSubject<MachineCell>);
  std::mt19937_64 random(1);
  Input input;
  Ends ends;
  for (int i = 0; i < 100'000; ++i) {
    random_input(random, input);
    ends.add(harness, input);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(ends.finished, ends.asleep);
}

// From the empty input on, with a new beginning now and then: small programs are as good as big
// ones.
TEST(Harness, our_cell_is_right_on_what_mutations_make_and_goes_through_every_row) {
  Harness harness(kSubject<MachineCell>);
  fuzz::Mutator mutator(1);
  Input input;
  Ends ends;
  RowCounts rows{};
  for (int i = 0; i < 100'000; ++i) {
    if (i % 50 == 0) input = {};
    mutator.mutate(input);
    ends.add(harness, input);
    if (HasFatalFailure()) return;
    harness.machine().add_rows(rows);
  }
  for (std::size_t i = 0; i < kRows.size(); ++i) EXPECT_GT(rows[i], 0U) << kRows[i].name;
  EXPECT_GT(ends.finished, ends.asleep);
  EXPECT_GT(ends.asleep, 0) << "no program slept for ever: it is not tried";
}

// Everything in an event except the address of its function's name.
auto content(const TraceEvent& e) {
  return std::tuple(e.step, e.thread, e.call, e.waker, e.order, e.object, e.read, e.written,
                    e.reads_from, e.placed_after, std::string(e.function));
}

TEST(Harness, the_same_input_makes_the_same_execution_whatever_ran_before) {
  Harness harness(kSubject<MachineCell>);
  fuzz::Mutator mutator(2);
  Input input;
  Input other;
  Trace first;
  Trace second;
  for (int i = 0; i < 2000; ++i) {
    if (i % 50 == 0) input = {};
    mutator.mutate(input);
    mutator.mutate(other);
    first.clear_events();
    second.clear_events();
    run(harness, input, &first);
    const bool finished = harness.finished();
    const std::vector<ScheduledStep> steps = steps_of(harness.graph());
    run(harness, other);
    run(harness, input, &second);
    EXPECT_EQ(harness.finished(), finished);
    ASSERT_EQ(steps_of(harness.graph()), steps) << to_text(input.program);
    ASSERT_TRUE(std::ranges::equal(first.events(), second.events(), {}, content, content))
        << to_text(input.program);
    // A trace only looks on.
    run(harness, input);
    ASSERT_EQ(steps_of(harness.graph()), steps);
  }
}

TEST(Harness, who_sleeps_with_nothing_to_wake_it_is_no_violation) {
  for (const std::string_view lines :
       {"thread register(c1,w1) check(c1) sleep(c1) publish(c1)",
        "thread register(c1,w1) check(c1) sleep(c1) publish(c1)\n"
        "thread register(c2,w2) check(c2) sleep(c2) publish(c2)",
        "thread register(c1,w1) check(c1) sleep(c1)\n"
        "thread give(c2,w2) check(c2) sleep(c2) publish(c1) publish(c2) wake(c1) wake(c2)"}) {
    const HarnessOutcome outcome = run_once<MachineCell>(lines);
    EXPECT_FALSE(outcome.violation) << outcome.violation->actual;
    EXPECT_FALSE(outcome.finished);
  }
}

TEST(Harness, who_sleeps_is_woken_by_our_cell) {
  Harness harness(kSubject<MachineCell>);
  const Program sleeping = program(
      "thread register(c1,w1) check(c1) sleep(c1) check(c1)\n"
      "thread publish(c1) wake(c1)");
  std::mt19937_64 random(3);
  for (int i = 0; i < 2000; ++i) {
    DecisionLists lists;
    for (int n = 0; n < 20; ++n) lists.next += static_cast<char>(random() % 2);
    for (int n = 0; n < 20; ++n) lists.sees += static_cast<char>(random() % 2);
    ScheduledDecisions decisions(lists);
    EXPECT_FALSE(harness.run({&sleeping}, decisions));
    EXPECT_TRUE(harness.finished());
  }
}

// Holds a lock while it clones.
class ClonesUnderLock {
 public:
  void register_by_ref(const Waker& waker) {
    lock();
    Waker replaced = std::exchange(slot_, waker);
    unlock();
    replaced = Waker();
  }
  void register_waker(Waker&& waker) {
    lock();
    Waker replaced = std::exchange(slot_, std::move(waker));
    unlock();
    replaced = Waker();
  }
  void wake() {
    if (std::optional<Waker> taken = take_waker()) taken->wake();
  }
  std::optional<Waker> take_waker() {
    lock();
    Waker taken = std::exchange(slot_, Waker());
    unlock();
    return taken ? std::optional<Waker>(std::move(taken)) : std::nullopt;
  }

 private:
  void lock() {
    while (locked_.exchange(1, std::memory_order_acquire) != 0) P::yield();
  }
  void unlock() { locked_.store(0, std::memory_order_release); }

  P::atomic<std::size_t> locked_{0};
  Waker slot_;
};

TEST(Harness, a_call_that_waits_for_the_call_around_it_is_a_deadlock) {
  for (const std::string_view rest : {"", "\nthread publish(c1)",
                                      // Another thread that only sleeps does not help.
                                      "\nthread register(c2,w2) check(c2) sleep(c2) publish(c2)"}) {
    for (const std::string_view call : {"register(c1,w2)", "wake(c1)", "take(c1)"}) {
      const std::string nested =
          "waker w1 on_clone=" + std::string(call) + "\nthread register(c1,w1)" + std::string(rest);
      const HarnessOutcome outcome = run_once<ClonesUnderLock>(nested);
      ASSERT_TRUE(outcome.violation);
      EXPECT_EQ(outcome.violation->property, Property::kP9);
      EXPECT_EQ(outcome.violation->kind, Kind::kDeadlock);
      EXPECT_FALSE(outcome.finished);
      // Our cell knows that it is registering.
      EXPECT_FALSE(run_once<MachineCell>(nested).violation);
    }
  }
  EXPECT_FALSE(run_once<ClonesUnderLock>("thread register(c1,w1) wake(c1)").violation);
}

// Our protocol without exceptions; only `Right` keeps its promise to a call that finds it waking.
template <bool Right>
class MayForget {
 public:
  void register_by_ref(const Waker& waker) {
    store([&] { return waker; }, [&] { waker.wake_by_ref(); });
  }
  void register_waker(Waker&& waker) {
    store([&] { return std::move(waker); }, [&] { waker.wake(); });
  }
  void wake() {
    if (std::optional<Waker> taken = take_waker()) taken->wake();
  }
  std::optional<Waker> take_waker() {
    if (state_.fetch_or(2, std::memory_order_acq_rel) != 0) return std::nullopt;
    Waker taken = take();
    return taken ? std::optional<Waker>(std::move(taken)) : std::nullopt;
  }

 private:
  template <class Make, class Wake>
  void store(Make make, Wake wake_it) {
    std::size_t seen = 0;
    if (!state_.compare_exchange_strong(seen, 1, std::memory_order_acquire,
                                        std::memory_order_relaxed)) {
      if (Right && seen == 2) wake_it();
      return;
    }
    Waker fresh = make();
    slot_.with_mut([&](Waker& slot) { slot.swap(fresh); });
    seen = 1;
    if (!state_.compare_exchange_strong(seen, 0, std::memory_order_acq_rel,
                                        std::memory_order_acquire)) {
      take().wake();
      if (fresh) fresh.wake();
    }
  }
  Waker take() {
    Waker taken = slot_.with_mut([](Waker& slot) { return std::exchange(slot, Waker()); });
    state_.exchange(0, std::memory_order_acq_rel);
    return taken;
  }

  P::atomic<std::size_t> state_{0};
  P::plain<Waker> slot_{Waker()};
};

int executions_until_missed(const SubjectModule& subject, std::uint64_t seed, int most) {
  Harness harness(subject);
  fuzz::Mutator mutator(seed);
  Input input;
  for (int i = 1; i <= most; ++i) {
    if (i % 50 == 0) input = {};
    mutator.mutate(input);
    for (Behaviour& waker : input.program.wakers) waker = {};  // the cell supports no exceptions
    if (const std::optional<Violation> found = run(harness, input)) {
      EXPECT_EQ(found->kind, Kind::kMissedWakeup) << found->actual << '\n'
                                                  << to_text(input.program);
      return i;
    }
  }
  return 0;
}

TEST(Harness, a_missed_wakeup_is_found_by_mutation) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const int found = executions_until_missed(kSubject<MayForget<false>>, seed, 10'000);
    EXPECT_GT(found, 0);
    EXPECT_EQ(executions_until_missed(kSubject<MayForget<true>>, seed, found), 0);
  }
}

// The promise P1, with threads in turns.
TEST(Harness, a_later_look_that_sees_all_cancels_what_was_missed) {
  // Thread 1 registers while thread 2 wakes, and its first look sees an old value.
  const auto missed = [](std::string_view later) {
    return run_once<MayForget<false>>("thread register(c1,w1) check(c1)" + std::string(later) +
                                          "\nthread publish(c1) wake(c1)",
                                      {1, 1, 0, 0}, {1})
        .violation.has_value();
  };
  EXPECT_TRUE(missed(""));
  EXPECT_FALSE(missed(" check(c1)"));
}

}  // namespace
}  // namespace awlab
