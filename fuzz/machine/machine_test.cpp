// The machine on code that is not a waker cell: exceptions across fibers, bounds, memory, the
// trace.
#include "fuzz/machine/machine.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <exception>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/support/as_size.hpp"
#include "fuzz/machine/arena.hpp"
#include "fuzz/machine/bodies.hpp"
#include "fuzz/machine/execution.hpp"
#include "fuzz/machine/platform.hpp"

namespace awlab::machine {
namespace {

using P = MachinePlatform;
using Word = P::atomic<std::size_t>;

constexpr auto kRelaxed = std::memory_order_relaxed;
constexpr auto kAcquire = std::memory_order_acquire;
constexpr auto kRelease = std::memory_order_release;

TEST(Machine, an_exception_in_flight_survives_other_threads_exceptions) {
  const Body thrower = [](Shared& shared) {
    const auto mine = static_cast<int>(P::current_thread());
    try {
      shared.x.fetch_add(1, kRelaxed);
      throw mine;
    } catch (int caught) {
      shared.x.fetch_add(1, kRelaxed);  // others throw and catch here
      try {
        throw std::runtime_error("inner");
      } catch (const std::runtime_error&) {
        shared.y.fetch_add(1, kRelaxed);
      }
      shared.x.fetch_add(1, kRelaxed);
      P::check(caught == mine);
      try {
        throw;  // the current one is still the outer one
      } catch (int again) {
        P::check(again == mine);
      }
    }
    P::check(std::current_exception() == nullptr);
  };
  const Seen seen = run({thrower, thrower, thrower});
  EXPECT_TRUE(seen.kinds.empty());
  EXPECT_EQ(seen.finished, 300);
}

TEST(Machine, a_failed_check_ends_the_execution_and_is_a_finding) {
  const Seen seen = run({[](Shared& shared) { P::check(shared.x.load(kRelaxed) == 0); },
                         [](Shared& shared) { shared.x.store(1, kRelaxed); }});
  EXPECT_EQ(seen.kinds, std::vector{Kind::kCrash});
  EXPECT_GT(seen.finished, 0);
  EXPECT_LT(seen.finished, 300);
}

TEST(Machine, what_the_lab_allocates_after_a_violation_is_its_own) {
  const std::vector<Body> bodies = {[](Shared& shared) {
    shared.x.load(kRelaxed);
    P::check(false);
  }};
  Machine machine(program_of(bodies));
  Execution execution(machine);
  RandomDecisions decisions(1);
  EXPECT_TRUE(execution.run(decisions));
  const auto mine = std::make_unique<int>(1);
  EXPECT_FALSE(Arena::free(mine.get()));  // not from the arena
}

TEST(Machine, a_thread_can_make_254_steps) {
  const auto steps = [](int count) {
    return [count](Shared& shared) {
      for (int i = 0; i < count; ++i) shared.x.load(kRelaxed);
    };
  };
  EXPECT_EQ(run({steps(254)}, 1).finished, 1);
  EXPECT_EQ(run({steps(255)}, 1).kinds, std::vector{Kind::kStepBound});
}

TEST(Machine, operations_are_stores_and_read_modify_writes_of_this_execution) {
  const Seen seen = run({[](Shared& shared) {
    P::check(P::operations() == 0);
    shared.x.load(kRelaxed);
    P::fence(kAcquire);
    P::check(P::operations() == 0);
    shared.x.store(1, kRelaxed);
    shared.x.fetch_add(1, kRelaxed);
    std::size_t expected = 9;
    shared.x.compare_exchange_strong(expected, 1, kRelaxed, kRelaxed);  // fails
    P::check(P::operations() == 3);
  }});
  EXPECT_TRUE(seen.kinds.empty());
}

// Outside of all threads, too, a value in memory is cut to its type.
class Outside : public Bodies {
 public:
  using Bodies::Bodies;
  ~Outside() override { ++destroyed; }
  void before() override {
    P::atomic<std::uint8_t> narrow(255);
    P::check(narrow.fetch_add(1, kRelaxed) == 255);
    std::uint8_t expected = 0;
    P::check(narrow.compare_exchange_strong(expected, 3, kRelaxed, kRelaxed));
    P::check(!narrow.compare_exchange_strong(expected, 4, kRelaxed, kRelaxed) && expected == 3);
    P::check(narrow.load(kRelaxed) == 3);
  }

  static inline int destroyed = 0;
};

TEST(Machine, before_all_threads_and_at_the_end_it_is_code_like_any_other) {
  bool violated = true;
  const std::vector<Body> bodies = {[&](Shared& shared) {
    shared.x.load(kRelaxed);
    P::check(!violated);
  }};
  RandomDecisions decisions(1);
  {
    Machine machine({[&](void* where) { return ::new (where) Outside(bodies); }, 1});
    Execution execution(machine);
    EXPECT_TRUE(execution.run(decisions));
    violated = false;
    EXPECT_FALSE(execution.run(decisions));
    EXPECT_TRUE(execution.finished());
    EXPECT_EQ(Outside::destroyed, 0);  // not the object that was abandoned in the middle
  }
  EXPECT_EQ(Outside::destroyed, 1);
}

// Store buffering: at least one side sees the other, whichever way all of it is seq_cst.
TEST(Machine, random_executions_keep_to_seq_cst) {
  constexpr auto kSeqCst = std::memory_order_seq_cst;
  static std::array<std::size_t, 2> seen;
  using Side = void (*)(Word& mine, Word& other, std::size_t& seen);
  const auto both = [](Side side) {
    const auto body = [side](Word Shared::* mine, Word Shared::* other) {
      return [=](Shared& shared) {
        std::size_t& found = seen[as_size(P::current_thread())];
        found = 1;  // before the first step of any thread
        side(shared.*mine, shared.*other, found);
        P::check(seen[0] + seen[1] > 0);
      };
    };
    return run({body(&Shared::x, &Shared::y), body(&Shared::y, &Shared::x)});
  };
  EXPECT_EQ(both([](Word& mine, Word& other, std::size_t& found) {
              mine.store(1, kRelease);
              found = other.load(kAcquire);
            }).kinds,
            std::vector{Kind::kCrash});
  EXPECT_EQ(both([](Word& mine, Word& other, std::size_t& found) {
              mine.store(1, kSeqCst);
              found = other.load(kSeqCst);
            }).finished,
            300);
  EXPECT_EQ(both([](Word& mine, Word& other, std::size_t& found) {
              mine.store(1, kRelaxed);
              P::fence(kSeqCst);
              found = other.load(kRelaxed);
            }).finished,
            300);
}

TEST(Graph, whatever_is_added_after_a_mark_is_undone) {
  Graph graph;
  graph.set_up(0, 0);
  const Operation load = {.op = Step::kLoad};
  const Operation seq_cst = {.op = Step::kLoad, .order = std::memory_order_seq_cst};
  graph.add(0, load, {graph.newest(0)});
  const EventId last = graph.last_of(0);
  const Graph::Mark mark = graph.mark();
  graph.add_local(0, {.op = Step::kYield}, 0);
  EXPECT_FALSE(graph.can_go(0, load));
  graph.back(mark);
  EXPECT_TRUE(graph.can_go(0, load));
  graph.add(0, seq_cst, {graph.newest(0)});
  graph.add(0, seq_cst, {graph.newest(0)});
  EXPECT_TRUE(graph.concerns_seq_cst(load));
  graph.back(mark);
  EXPECT_FALSE(graph.concerns_seq_cst(load));
  EXPECT_EQ(graph.last_of(0), last);
  EXPECT_EQ(graph.events_of(0), 1);
}

TEST(Machine, eight_threads_and_256_events_are_enough_for_anyone) {
  const Body work = [](Shared& shared) {
    for (int i = 0; i < 32; ++i) shared.x.fetch_add(1, kRelaxed);
  };
  EXPECT_EQ(run(std::vector<Body>(8, work), 20).finished, 20);
  const Body more = [](Shared& shared) {
    for (int i = 0; i < 33; ++i) shared.x.fetch_add(1, kRelaxed);
  };
  EXPECT_THROW(run(std::vector<Body>(8, more), 20), std::length_error) << "it would end";
}

TEST(Machine, too_many_objects_are_an_error_and_not_a_verdict) {
  EXPECT_THROW(run({[](Shared&) {
                 std::vector<std::unique_ptr<Word>> words;
                 for (;;) words.push_back(std::make_unique<Word>(0));
               }}),
               std::length_error);
}

TEST(Machine, memory_that_a_thread_does_not_free_is_a_finding) {
  static int* volatile kept = nullptr;  // so that the compiler keeps the allocation
  EXPECT_EQ(run({[](Shared&) { kept = new int(1); }}).kinds, std::vector{Kind::kWakerLifetime});
  EXPECT_TRUE(run({[](Shared&) {
                kept = new int(1);
                delete kept;
              }}).kinds.empty());
}

TEST(Machine, an_address_depends_on_its_own_thread_alone) {
  static std::vector<const void*> seen;
  seen.clear();
  const Body allocate = [](Shared& shared) {
    shared.x.fetch_add(1, kRelaxed);
    const auto made = std::make_unique<int>(P::current_thread());
    if (P::current_thread() == 0) seen.push_back(made.get());
    shared.x.fetch_add(1, kRelaxed);
  };
  seen.reserve(300);
  EXPECT_EQ(run({allocate, allocate, allocate}).finished, 300);
  ASSERT_EQ(seen.size(), 300U);
  EXPECT_EQ(std::ranges::count(seen, seen.front()), 300);
}

TEST(Machine, narrow_values_wrap_as_their_type_does) {
  const Body count = [](Shared&) {
    P::atomic<std::uint8_t> narrow(255);
    P::check(narrow.fetch_add(1, kRelaxed) == 255);
    std::uint8_t zero = 0;
    P::check(narrow.compare_exchange_strong(zero, 0, kRelaxed, kRelaxed));
    P::check(narrow.fetch_sub(1, kRelaxed) == 0);
    std::uint8_t expected = 255;
    P::check(narrow.compare_exchange_strong(expected, 3, kRelaxed, kRelaxed));
    P::atomic<bool> flag(false);
    P::check(!flag.exchange(true, kRelaxed) && flag.load(kRelaxed));
  };
  EXPECT_TRUE(run({count}).kinds.empty());
}

TEST(Machine, a_trace_names_whose_value_was_read_and_where_a_store_went) {
  const std::vector<Body> bodies = {[](Shared& shared) {
    shared.x.store(1, kRelease);
    shared.x.store(2, kRelaxed);
    shared.x.fetch_add(1, kRelaxed);
    shared.x.load(kAcquire);
  }};
  Machine machine(program_of(bodies));
  Execution execution(machine);
  RandomDecisions decisions(1);
  Trace trace;
  EXPECT_FALSE(execution.run(decisions, &trace));
  const std::vector<TraceEvent>& events = trace.events();
  ASSERT_EQ(events.size(), 6U);
  EXPECT_EQ(events[0].thread, kOutside);
  EXPECT_EQ(events[0].step, Step::kPlainWrite);
  EXPECT_EQ(events[1].placed_after, kInitial);
  EXPECT_EQ(events[2].placed_after, 1);
  EXPECT_EQ(events[3].reads_from, 2);
  EXPECT_EQ(events[3].read, 2U);
  EXPECT_EQ(events[3].written, 3U);
  EXPECT_EQ(events[4].reads_from, 3);
  EXPECT_EQ(events[4].order, kAcquire);
  EXPECT_EQ(events[5].thread, kOutside);
}

TEST(Machine, set_up_comes_before_all_threads_and_the_checks_after_them) {
  const Body read = [](Shared& shared) {
    P::check(shared.data.with([](int data) { return data; }) == 1);
  };
  const Body write = [](Shared& shared) {
    shared.data.with_mut([](int& data) { return data = 2; });
  };
  EXPECT_TRUE(run({read, read}).kinds.empty());
  EXPECT_TRUE(run({write}).kinds.empty());
  EXPECT_EQ(run({read, write}).kinds.front(), Kind::kDataRace);
}

TEST(Machine, the_same_decisions_give_the_same_execution) {
  const Body work = [](Shared& shared) {
    shared.x.fetch_add(shared.y.load(kRelaxed) + 1, kRelaxed);
    shared.y.store(shared.x.load(kRelaxed), kRelaxed);
  };
  const std::vector<Body> bodies(3, work);
  Machine machine(program_of(bodies));
  Execution execution(machine);
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    std::vector<std::vector<TraceEvent>> traces;
    for (int i = 0; i < 2; ++i) {
      RandomDecisions decisions(seed);
      Trace trace;
      EXPECT_FALSE(execution.run(decisions, &trace));
      traces.push_back(trace.events());
    }
    ASSERT_EQ(traces[0].size(), traces[1].size());
    for (std::size_t i = 0; i < traces[0].size(); ++i) {
      EXPECT_EQ(traces[0][i].thread, traces[1][i].thread);
      EXPECT_EQ(traces[0][i].read, traces[1][i].read);
      EXPECT_EQ(traces[0][i].reads_from, traces[1][i].reads_from);
    }
  }
}

}  // namespace
}  // namespace awlab::machine
