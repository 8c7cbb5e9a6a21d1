// The features of executions: equal executions have equal features, and new ones have new features.
#include "fuzz/fuzzer/feedback.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/support/as_size.hpp"
#include "fuzz/fuzzer/mutator.hpp"
#include "fuzz/schedule/harness_fixture.hpp"
#include "fuzz/schedule/input.hpp"

namespace awlab::fuzz {
namespace {

// The counters that are set, and the end.
struct Features {
  std::set<std::size_t> set;
  std::uint32_t end = 0;

  friend bool operator==(const Features&, const Features&) = default;
  friend void PrintTo(const Features& features, std::ostream* out) {
    *out << testing::PrintToString(features.set) << " ending in " << features.end;
  }
};

class Observer {
 public:
  explicit Observer(const SubjectModule& subject = kSubject<MachineCell>) : harness_(subject) {}

  Features run(const Program& program, machine::Decisions& decisions) {
    last_ = std::exchange(program_, std::make_unique<Program>(program));
    const std::optional<Violation> found = harness_.run({program_.get()}, decisions);
    EXPECT_FALSE(found) << found->actual;
    counters_.fill(0);
    feedback_.observe(harness_.graph(), harness_.machine(), counters_);
    Features features;
    for (std::size_t i = 0; i < counters_.size(); ++i) {
      if (counters_[i] != 0) features.set.insert(i);
    }
    features.end = feedback_.end();
    return features;
  }
  Features run(std::string_view lines, std::vector<int> turns = {},
               std::vector<std::size_t> sees = {}) {
    Turns decisions(std::move(turns), std::move(sees));
    return run(awlab::program(lines), decisions);
  }
  Features run(const Input& input) {
    ScheduledDecisions decisions(input.decisions);
    return run(input.program, decisions);
  }
  [[nodiscard]] const machine::Graph& graph() const { return harness_.graph(); }

 private:
  std::unique_ptr<Program> program_;
  std::unique_ptr<Program> last_;  // the program that ran last must outlive the next run
  Harness harness_;
  Feedback feedback_;
  std::array<std::uint8_t, Feedback::kCounters> counters_{};
};

// The number of features of `one` that none of `others` has.
std::size_t new_in(const Features& one, const std::vector<Features>& others) {
  return as_size(std::ranges::count_if(one.set, [&](std::size_t feature) {
    return std::ranges::none_of(others,
                                [&](const Features& other) { return other.set.contains(feature); });
  }));
}

TEST(Feedback, the_same_execution_has_the_same_features_whatever_ran_before) {
  Observer observer;
  Mutator mutator(1);
  Input input;
  Input other;
  std::set<std::size_t> ever;
  for (int i = 0; i < 2000; ++i) {
    if (i % 50 == 0) input = {};
    mutator.mutate(input);
    mutator.mutate(other);
    const Features first = observer.run(input);
    observer.run(other);
    ASSERT_EQ(observer.run(input), first);
    ever.insert(first.set.begin(), first.set.end());
  }
  EXPECT_GT(ever.size(), 100U);
}

TEST(Feedback, counters_are_set_and_never_cleared) {
  const Program program = awlab::program("thread register(c1,w1) wake(c1)");
  Harness harness(kSubject<MachineCell>);
  Turns turns({});
  EXPECT_FALSE(harness.run({&program}, turns));
  Feedback feedback;
  std::array<std::uint8_t, Feedback::kCounters> counters{};
  feedback.observe(harness.graph(), harness.machine(), counters);
  EXPECT_TRUE(std::ranges::all_of(counters, [](std::uint8_t c) { return c <= 1; }));
  EXPECT_TRUE(std::ranges::count(counters, 1) > 0);
  counters.fill(1);
  feedback.observe(harness.graph(), harness.machine(), counters);
  EXPECT_FALSE(std::ranges::count(counters, 0) > 0);
}

TEST(Feedback, an_execution_that_never_uses_a_cell_has_no_features) {
  Observer observer;
  EXPECT_TRUE(observer.run("thread publish(c1)\nthread publish(c1)").set.empty());
}

constexpr std::string_view kRace = "thread register(c1,w1)\nthread wake(c1)";

// Runs without any contention: each thread as a whole.
std::vector<Features> whole_threads(Observer& observer, std::string_view lines) {
  std::vector<Features> all;
  for (const int first : {0, 1}) all.push_back(observer.run(lines, {first, first}));
  return all;
}

TEST(Feedback, a_wake_in_the_middle_of_a_registration_is_new) {
  Observer observer;
  const std::vector<Features> uncontended = whole_threads(observer, kRace);
  const Features contended = observer.run(kRace, {0, 1});
  // The wake finds REGISTERING, the release fails, and its owner takes the wake-up over.
  EXPECT_GE(new_in(contended, uncontended), 3U);
  EXPECT_NE(uncontended[0].end, contended.end);
  EXPECT_NE(uncontended[1].end, contended.end);
}

TEST(Feedback, a_registration_in_the_middle_of_a_wake_is_new) {
  Observer observer;
  const std::vector<Features> uncontended = whole_threads(observer, kRace);
  const Features contended = observer.run(kRace, {1, 0});
  EXPECT_GE(new_in(contended, uncontended), 1U);
  EXPECT_GE(new_in(contended, {uncontended[0], uncontended[1], observer.run(kRace, {0, 1})}), 1U);
}

// New even beside a compare-exchange that fails for the same value while that is the newest.
TEST(Feedback, a_compare_exchange_that_fails_on_an_old_value_is_new) {
  Observer observer;
  std::vector<Features> others = whole_threads(observer, kRace);
  others.push_back(observer.run(kRace, {1, 0}));
  others.push_back(observer.run(kRace, {0, 1}));
  const Features stale = observer.run(kRace, {1, 1}, {1});
  const machine::Graph& graph = observer.graph();
  const machine::Event& last = graph[static_cast<machine::EventId>(graph.size() - 1)];
  ASSERT_EQ(last.operation.op, Step::kCas);
  ASSERT_FALSE(last.is_write);
  ASSERT_EQ(last.read, 2U);
  EXPECT_GE(new_in(stale, others), 1U);
}

// Each kind of feature by itself: nothing else distinguishes the two executions.

TEST(Feedback, whose_write_is_read_is_a_feature) {
  Observer observer;
  // Both wakes have left WAKING; the registration fails on the value of one or of the other.
  const std::string_view lines = "thread register(c1,w1)\nthread wake(c1)\nthread wake(c1)";
  const Features newest = observer.run(lines, {1, 2, 0});
  const Features older = observer.run(lines, {1, 2, 0}, {1});
  EXPECT_EQ(older.end, newest.end);
  EXPECT_EQ(new_in(older, {newest}), 1U);
  EXPECT_EQ(new_in(newest, {older}), 0U);
}

TEST(Feedback, which_step_of_another_thread_came_right_before_is_a_feature) {
  Observer observer;
  const std::vector<Features> orders = whole_threads(observer, kRace);
  EXPECT_EQ(orders[0].end, orders[1].end);
  EXPECT_EQ(new_in(orders[1], {orders[0]}), 1U) << "nobody is woken in this one";
}

TEST(Feedback, which_step_of_its_thread_came_before_is_a_feature) {
  Observer observer;
  const Features register_first = observer.run("thread register(c1,w1) wake(c1)");
  const Features wake_first = observer.run("thread wake(c1) register(c1,w1)");
  EXPECT_EQ(new_in(wake_first, {register_first}), 2U) << "at the beginning, and between the calls";
}

// Counts its wakes in eights.
class Tallies {
 public:
  void register_by_ref(const Waker& waker) { slot_ = waker; }
  void register_waker(Waker&& waker) { slot_ = std::move(waker); }
  void wake() {
    tally_.fetch_add(8, std::memory_order_relaxed);
    if (std::optional<Waker> taken = take_waker()) taken->wake();
  }
  std::optional<Waker> take_waker() {
    if (!slot_) return std::nullopt;
    return std::optional<Waker>(std::exchange(slot_, Waker()));
  }

 private:
  machine::MachinePlatform::atomic<std::size_t> tally_{0};
  Waker slot_;
};

TEST(Feedback, small_values_are_features_and_large_ones_count_as_one) {
  Observer observer(kSubject<Tallies>);
  std::vector<Features> by_wakes;
  std::string lines = "thread";
  for (int wakes = 1; wakes <= 6; ++wakes) by_wakes.push_back(observer.run(lines += " wake(c1)"));
  EXPECT_GT(new_in(by_wakes[1], {by_wakes[0]}), 0U) << "8 was found";
  EXPECT_GT(new_in(by_wakes[2], {by_wakes[1]}), 0U) << "16 was found";
  EXPECT_EQ(by_wakes[4], by_wakes[3]) << "32 is as 24";
  EXPECT_EQ(by_wakes[5], by_wakes[3]);
}

TEST(Feedback, what_a_waker_throws_is_new_and_where) {
  Observer observer;
  const std::string_view quiet = "thread register(c1,w1) register(c1,w1) wake(c1)";
  const auto run = [&](std::string_view waker) {
    return observer.run(std::string(waker) + '\n' + std::string(quiet));
  };
  const Features plain = observer.run(quiet);
  // No atomic step distinguishes them, only the events between the steps.
  const Features clone = run("waker w1 clone_throws=2");
  EXPECT_GE(new_in(clone, {plain}), 1U);
  EXPECT_EQ(clone.end, plain.end);
  const Features wake = run("waker w1 wake_throws=1");
  EXPECT_GE(new_in(wake, {plain, clone}), 1U);
}

TEST(Feedback, what_a_look_sees_is_a_feature) {
  Observer observer;
  const std::string_view lines = "thread register(c1,w1) check(c1)\nthread publish(c1)";
  const Features misses = observer.run(lines, {0, 0, 0});
  const Features sees = observer.run(lines, {1});
  EXPECT_GE(new_in(misses, {sees}), 1U);
}

// Their steps are the same; only their places differ.
TEST(Feedback, two_cells_used_alike_have_the_features_of_one) {
  Observer observer;
  const Features first = observer.run("thread register(c1,w1) wake(c1)");
  EXPECT_FALSE(first.set.empty());
  EXPECT_EQ(observer.run("thread register(c2,w1) wake(c2)"), first);
  EXPECT_EQ(observer
                .run("thread register(c1,w1) wake(c1)\nthread register(c2,w2) wake(c2)",
                     {0, 1, 0, 1, 0, 1})
                .set,
            first.set);
  // One race, on either cell.
  const Features race = observer.run(kRace, {0, 1});
  EXPECT_EQ(observer.run("thread register(c2,w1)\nthread wake(c2)", {0, 1}), race);
}

TEST(Feedback, which_thread_and_which_waker_it_was_does_not_count) {
  Observer observer;
  for (const std::vector<int>& turns : {std::vector{0, 0}, std::vector{0, 1}, std::vector{1, 0}}) {
    std::vector<int> others = turns;
    for (int& thread : others) thread = 1 - thread;
    EXPECT_EQ(observer.run(kRace, turns),
              observer.run("thread wake(c1)\nthread register(c1,w4)", others));
  }
}

// One after the other, since each needs the machine for itself; the second lies at other addresses.
TEST(Feedback, features_do_not_depend_on_addresses) {
  const auto all = [](Observer& observer) {
    Mutator mutator(5);
    Input input;
    std::vector<Features> features;
    for (int i = 0; i < 1000; ++i) {
      if (i % 50 == 0) input = {};
      mutator.mutate(input);
      features.push_back(observer.run(input));
    }
    return features;
  };
  const auto first = std::make_unique<Observer>();
  const std::vector<Features> of_first = all(*first);
  const auto second = std::make_unique<Observer>();
  ASSERT_NE(first.get(), second.get());
  EXPECT_EQ(all(*second), of_first);
  EXPECT_EQ(all(*first), of_first);
}

}  // namespace
}  // namespace awlab::fuzz
