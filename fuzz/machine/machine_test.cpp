// The machine on code that is not a waker cell: exceptions across fibers, lives of objects, waiting,
// bounds, memory, and the trace.
#include "fuzz/machine/machine.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <exception>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

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

// Many random executions of some threads; what kinds of violation they showed, and how many ended.
struct Seen {
  std::vector<Kind> kinds;
  int finished = 0;
};

Seen run(const std::vector<Body>& bodies, int executions = 300) {
  Machine machine(
      {[&](void* where) { return ::new (where) Bodies(bodies); }, static_cast<int>(bodies.size())});
  Execution execution(machine);
  RandomDecisions decisions(1);
  Seen seen;
  for (int i = 0; i < executions; ++i) {
    const std::optional<Violation> violation = execution.run(decisions);
    seen.finished += execution.finished() ? 1 : 0;
    if (violation && std::ranges::count(seen.kinds, violation->kind) == 0) {
      seen.kinds.push_back(violation->kind);
    }
  }
  return seen;
}

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

TEST(Machine, an_object_made_by_a_thread_is_there_only_for_who_knows_of_it) {
  const Body make = [](Shared& shared) {
    shared.late.emplace(7);
    shared.x.store(1, kRelaxed);
  };
  const Body use = [](Shared& shared) {
    if (shared.x.load(kRelaxed) == 1) shared.late->load(kRelaxed);
  };
  EXPECT_EQ(run({make, use}).kinds, std::vector{Kind::kDataRace});
  const Body publish = [](Shared& shared) {
    shared.late.emplace(7);
    shared.x.store(1, kRelease);
  };
  const Body look = [](Shared& shared) {
    if (shared.x.load(kAcquire) == 1) P::check(shared.late->load(kRelaxed) == 7);
  };
  EXPECT_TRUE(run({publish, look}).kinds.empty());
}

TEST(Machine, an_object_must_not_be_destroyed_under_its_users) {
  const Body use = [](Shared& shared) {
    shared.late.emplace(0);
    shared.x.store(1, kRelease);
    shared.late->store(1, kRelaxed);
    shared.y.store(1, kRelease);
  };
  const auto destroy_after = [](Word Shared::* flag) {
    return [flag](Shared& shared) {
      if ((shared.*flag).load(kAcquire) == 1) shared.late.reset();
    };
  };
  EXPECT_EQ(run({use, destroy_after(&Shared::x)}).kinds, std::vector{Kind::kDataRace});
  EXPECT_TRUE(run({use, destroy_after(&Shared::y)}).kinds.empty());
}

TEST(Machine, who_waits_for_a_permit_that_never_comes_is_deadlocked) {
  EXPECT_EQ(run({[](Shared& shared) { shared.parker.park(); }}).kinds,
            std::vector{Kind::kDeadlock});
  const Body park = [](Shared& shared) { shared.parker.park(); };
  const Body unpark = [](Shared& shared) { shared.parker.unpark(); };
  EXPECT_EQ(run({park, unpark}).finished, 300);
}

TEST(Machine, parking_orders_no_memory) {
  const Seen seen = run({[](Shared& shared) {
                           shared.parker.park();
                           P::check(shared.x.load(kRelaxed) == 1);
                         },
                         [](Shared& shared) {
                           shared.x.store(1, kRelaxed);
                           shared.parker.unpark();
                         }});
  EXPECT_EQ(seen.kinds, std::vector{Kind::kCrash});
}

TEST(Machine, a_yielding_loop_waits_and_a_busy_one_is_a_finding) {
  const Body set = [](Shared& shared) { shared.x.store(1, kRelaxed); };
  const Body wait = [](Shared& shared) {
    while (shared.x.load(kRelaxed) == 0) P::yield();
  };
  EXPECT_EQ(run({wait, set}).finished, 300);
  EXPECT_EQ(run({wait}).kinds, std::vector{Kind::kDeadlock});
  const Body spin = [](Shared& shared) {
    while (shared.x.load(kRelaxed) == 0) P::spin_hint();
  };
  EXPECT_EQ(run({spin}).kinds, std::vector{Kind::kStepBound});
  EXPECT_EQ(run({[](Shared& shared) {
              for (;;) shared.data.with([](int value) { return value; });
            }}).kinds,
            std::vector{Kind::kStepBound});
}

TEST(Machine, eight_threads_and_256_events_are_enough_for_anyone) {
  const Body work = [](Shared& shared) {
    for (int i = 0; i < 32; ++i) shared.x.fetch_add(1, kRelaxed);
  };
  EXPECT_EQ(run(std::vector<Body>(8, work), 20).finished, 20);
  const Body more = [](Shared& shared) {
    for (int i = 0; i < 33; ++i) shared.x.fetch_add(1, kRelaxed);
  };
  EXPECT_EQ(run(std::vector<Body>(8, more), 20).kinds, std::vector{Kind::kStepBound});
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
    P::check(narrow.load(kRelaxed) == 0);
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
