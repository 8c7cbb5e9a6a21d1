// The search on code that is not a waker cell: the ends of a search, and the programs it refuses.
#include "fuzz/explore/explorer.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/support/as_size.hpp"
#include "fuzz/machine/bodies.hpp"

namespace awlab::explore {
namespace {

using machine::Body;
using machine::MachinePlatform;
using machine::Shared;
using P = MachinePlatform;

constexpr auto kRelaxed = std::memory_order_relaxed;
constexpr auto kAcquire = std::memory_order_acquire;
constexpr auto kRelease = std::memory_order_release;

ExploreOutcome explore(const std::vector<Body>& bodies, ExplorerOptions options = {}) {
  machine::Machine machine(machine::program_of(bodies));
  return Explorer(machine, std::move(options)).run();
}

std::optional<Kind> kind(const ExploreOutcome& outcome) {
  return outcome.violation ? std::optional(outcome.violation->kind) : std::nullopt;
}

// A lock that waits by yielding: each wait is one step, so its executions can be counted.
Body locked(std::memory_order take, std::memory_order give) {
  return [=](Shared& shared) {
    while (shared.x.exchange(1, take) == 1) P::yield();
    shared.data.with_mut([](int& data) { return ++data; });
    shared.x.store(0, give);
  };
}

TEST(Explorer, a_yielding_lock_is_searched_to_the_end) {
  const ExploreOutcome outcome = explore({locked(kAcquire, kRelease), locked(kAcquire, kRelease)});
  EXPECT_EQ(kind(outcome), std::nullopt);
  EXPECT_TRUE(outcome.finished);
  EXPECT_GE(outcome.counts.complete, 2U);
}

// The code counts its executions, which no program under test may do.
TEST(Explorer, code_that_does_another_step_than_before_ends_the_search_with_that_step) {
  int executions = 0;
  const Body changing = [&](Shared& shared) {
    const bool is_odd = ++executions % 2 == 1;
    shared.x.load(kAcquire);
    if (is_odd) {
      shared.y.store(7, kRelease);
    } else {
      shared.x.load(kRelaxed);
    }
  };
  const ExploreOutcome outcome = explore({changing});
  EXPECT_FALSE(outcome.finished);
  EXPECT_EQ(kind(outcome), std::nullopt);
  ASSERT_TRUE(outcome.contradiction);
  EXPECT_EQ(outcome.contradiction->thread, 0);
  EXPECT_EQ(outcome.contradiction->step, 2);
  EXPECT_EQ(outcome.contradiction->before.op, Step::kLoad);
  EXPECT_EQ(outcome.contradiction->now.op, Step::kStore);
  TraceNames names;
  names.threads = {"consumer"};
  const std::string x = std::to_string(outcome.contradiction->before.location);
  const std::string y = std::to_string(outcome.contradiction->now.location);
  EXPECT_EQ(
      describe(*outcome.contradiction, names),
      "the subject is not deterministic: step 2 of consumer was load(relaxed) on object " + x +
          ", and in another execution store(release) on object " + y +
          " with 7; its steps may depend only on the values that it reads through the platform");
}

TEST(Explorer, a_lock_with_a_weak_order_races) {
  EXPECT_EQ(kind(explore({locked(kRelaxed, kRelease), locked(kRelaxed, kRelease)})),
            Kind::kDataRace);
  EXPECT_EQ(kind(explore({locked(kAcquire, kRelaxed), locked(kAcquire, kRelaxed)})),
            Kind::kDataRace);
}

TEST(Explorer, who_never_gives_the_lock_back_leaves_the_other_waiting) {
  const Body keep = [](Shared& shared) { shared.x.exchange(1, kAcquire); };
  EXPECT_EQ(kind(explore({keep, locked(kAcquire, kRelease)})), Kind::kDeadlock);
}

TEST(Explorer, a_check_that_fails_in_one_execution_alone_is_found) {
  std::vector<Body> bodies(3, [](Shared& shared) { shared.x.fetch_add(1, kRelaxed); });
  bodies.emplace_back([](Shared& shared) {
    const std::size_t first = shared.x.load(kRelaxed);
    const std::size_t second = shared.x.load(kRelaxed);
    P::check(first != 1 || second != 3 || shared.x.load(kRelaxed) != 3);
  });
  const ExploreOutcome outcome = explore(bodies);
  EXPECT_EQ(kind(outcome), Kind::kCrash);
  EXPECT_FALSE(outcome.finished);
  EXPECT_FALSE(outcome.events.empty());
}

TEST(Explorer, a_loop_without_end_is_a_finding) {
  EXPECT_EQ(kind(explore({[](Shared& shared) {
              for (;;) shared.x.fetch_add(1, kRelaxed);
            }})),
            Kind::kStepBound);
  EXPECT_EQ(kind(explore({[](Shared& shared) {
              for (;;) shared.data.with([](int data) { return data; });
            }})),
            Kind::kStepBound);
}

TEST(Explorer, a_step_differs_also_by_the_value_that_it_writes) {
  std::size_t runs = 0;
  const ExploreOutcome outcome = explore({[&](Shared& shared) { shared.x.store(++runs, kRelaxed); },
                                          [](Shared& shared) { shared.x.load(kRelaxed); }});
  EXPECT_FALSE(outcome.finished);
  ASSERT_TRUE(outcome.contradiction);
  EXPECT_EQ(outcome.contradiction->step, 1);
  EXPECT_EQ(outcome.contradiction->before.operand, 1U);
  EXPECT_EQ(outcome.contradiction->now.operand, 2U);
}

TEST(Explorer, threads_that_are_not_alike_are_not_taken_for_it) {
  const std::vector<Body> bodies = {[](Shared& shared) { shared.x.fetch_add(1, kRelaxed); },
                                    [](Shared& shared) { shared.x.exchange(1, kRelaxed); }};
  EXPECT_TRUE(explore(bodies).finished);
  EXPECT_THROW(explore(bodies, {.alike_from = 0}), std::runtime_error);
}

TEST(Explorer, what_a_thread_finds_in_plain_data_decides_what_it_does) {
  const Body fill = [](Shared& shared) {
    const std::size_t value = shared.y.fetch_add(1, kRelaxed);
    if (shared.x.exchange(1, kAcquire) != 0) return;
    shared.data.with_mut([&](int& data) { return data = 10 + static_cast<int>(value); });
    shared.x.exchange(2, kRelease);
  };
  const Body use = [](Shared& shared) {
    if (shared.x.load(kAcquire) != 2) return;
    const int data = shared.data.with([](int seen) { return seen; });
    if (data == 10) shared.y.store(100, kRelaxed);
    if (data == 11) shared.y.store(200, kRelaxed);
  };
  std::set<std::uint64_t> last;
  const ExploreOutcome outcome =
      explore({fill, fill, use}, {.visit = [&](Scenario&, const machine::Graph& graph) {
                for (machine::EventId id = 0; id < graph.size(); ++id) {
                  if (graph[id].operation.op == Step::kStore) last.insert(graph[id].written);
                }
              }});
  EXPECT_EQ(kind(outcome), std::nullopt);
  EXPECT_EQ(last, (std::set<std::uint64_t>{100, 200}));
}

TEST(Explorer, a_search_that_is_stopped_says_so) {
  const std::atomic<bool> stop{true};
  const std::vector<Body> bodies(6, [](Shared& shared) {
    shared.x.fetch_add(1, kRelaxed);
    shared.y.fetch_add(1, kRelaxed);
  });
  const ExploreOutcome outcome = explore(bodies, {.stop = &stop});
  EXPECT_FALSE(outcome.finished);
  EXPECT_FALSE(outcome.violation);
}

TEST(Explorer, the_estimate_grows_to_all_of_the_tree) {
  const std::vector<Body> bodies(5, [](Shared& shared) {
    shared.x.fetch_add(1, kRelaxed);
    shared.y.fetch_add(1, kRelaxed);
  });
  double before = 0;
  const ExploreOutcome outcome = explore(bodies, {.progress = [&](const Counts&, double done) {
                                           EXPECT_GE(done, before);
                                           before = done;
                                         }});
  EXPECT_TRUE(outcome.finished);
  EXPECT_GT(before, 0.5);
  EXPECT_LE(before, 1.0001);
}

// The waiter reads x: 0 0 1, 0 1, or 1 1; the other one sees its y or not, but not if the waiter
// saw x at once: that would be out of thin air. 3 * 2 - 1.
TEST(Explorer, who_yielded_on_another_path_does_not_wait) {
  const Body set = [](Shared& shared) {
    shared.y.load(kRelaxed);
    shared.x.store(1, kRelaxed);
  };
  const Body wait = [](Shared& shared) {
    shared.x.load(kRelaxed);
    shared.y.store(1, kRelaxed);
    while (shared.x.load(kRelaxed) == 0) P::yield();
  };
  EXPECT_EQ(explore({set, wait}).counts.complete, 5U);
}

TEST(Explorer, goes_on_after_a_race_only_if_told_to) {
  const Body publish = [](Shared& shared) {
    shared.data.with_mut([](int& value) { value = 1; });
    shared.x.store(1, kRelease);
  };
  const Body look = [](Shared& shared) {
    shared.x.load(kAcquire);
    shared.data.with([](int value) { return value; });
  };
  EXPECT_TRUE(explore({publish, look}).violation);
  const ExploreOutcome all = explore({publish, look}, {.pass_over_races = true});
  EXPECT_TRUE(all.finished);
  EXPECT_FALSE(all.violation);
  EXPECT_GT(all.counts.racy, 0U);
  EXPECT_EQ(all.counts.complete, 1U);
}

// Each of the like threads is distinguished from the others by its place among the
// read-modify-writes. Which of two is less can show only after a third, which keeps its name, has
// appeared: it sees x = 1, they do not, and both add after it.
TEST(Explorer, symmetry_of_three_threads_divides_by_six) {
  const Body set = [](Shared& shared) { shared.x.store(1, kRelaxed); };
  const Body count = [](Shared& shared) {
    shared.x.load(kRelaxed);
    shared.y.fetch_add(1, kRelaxed);
  };
  const std::vector<Body> bodies = {set, count, count, count};
  const std::uint64_t all = explore(bodies).counts.complete;
  EXPECT_EQ(all, 48U);  // 2 to the power of 3 loads, 3! orders of adding
  EXPECT_EQ(explore(bodies, {.alike_from = 1}).counts.complete * 6, all);
}

TEST(Explorer, knows_whether_a_compare_exchange_succeeded) {
  const ExploreOutcome outcome = explore({[](Shared& shared) {
    std::size_t expected = 0;
    const bool done = shared.y.compare_exchange_weak(expected, 8, kRelaxed, kRelaxed);
    P::check(expected == 0);
    shared.x.store(done ? 1 : 2, kRelaxed);
  }});
  EXPECT_FALSE(outcome.violation);
  EXPECT_EQ(outcome.counts.complete, 2U);
}

TEST(Explorer, a_search_ends_at_its_deadline) {
  const std::vector<Body> bodies(6, [](Shared& shared) {
    shared.x.fetch_add(1, kRelaxed);
    shared.y.fetch_add(1, kRelaxed);
  });
  EXPECT_FALSE(explore(bodies, {.deadline = std::chrono::steady_clock::now()}).finished);
}

}  // namespace
}  // namespace awlab::explore
