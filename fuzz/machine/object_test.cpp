// The lives of objects on the machine, and data races: the accesses that happens-before permits.
#include <gtest/gtest.h>

#include <vector>

#include "fuzz/machine/bodies.hpp"

namespace awlab::machine {
namespace {

using P = MachinePlatform;
using Word = P::atomic<std::size_t>;

constexpr auto kRelaxed = std::memory_order_relaxed;
constexpr auto kAcquire = std::memory_order_acquire;
constexpr auto kRelease = std::memory_order_release;

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

TEST(Machine, a_thread_can_use_what_it_made_at_once) {
  EXPECT_TRUE(run({[](Shared&) {
                P::plain<int> data(7);
                P::check(data.with([](int value) { return value; }) == 7);
              }}).kinds.empty());
}

// Each race is still seen, whatever else is asked of the graph after it.
TEST(Machine, a_race_is_not_forgotten) {
  const Body race = [](Shared& shared) {
    shared.data.with_mut([](int& value) { value = 1; });
    for (int i = 0; i < 3; ++i) shared.x.fetch_add(1, std::memory_order_seq_cst);
  };
  const Seen seen = run({race, race});
  EXPECT_EQ(seen.kinds, std::vector{Kind::kDataRace});
  EXPECT_EQ(seen.finished, 0);
}

TEST(Machine, objects_of_different_threads_are_different) {
  const Body count = [](Shared& shared) {
    Word mine(0);
    mine.fetch_add(1, kRelaxed);
    shared.x.fetch_add(1, kRelaxed);
    P::check(mine.fetch_add(1, kRelaxed) == 1);
  };
  EXPECT_EQ(run({count, count, count}).finished, 300);
}

// Two threads, of which each knows that the other has done its part only as far as `order` tells
// it.
std::vector<Kind> destroyed_after(const std::function<void(Location)>& use,
                                  std::memory_order order) {
  static Location made;
  const Body owner = [=](Shared& shared) {
    made = Machine::running().create(0, 8, nullptr);
    shared.x.store(1, kRelease);
    while (shared.y.load(order) == 0) P::yield();
    Machine::running().perform({.op = Step::kDestroy, .location = made}, "");
  };
  const Body user = [=](Shared& shared) {
    while (shared.x.load(kAcquire) == 0) P::yield();
    use(made);
    shared.y.store(1, kRelease);
  };
  return run({owner, user}).kinds;
}

TEST(Machine, who_destroys_an_object_must_know_of_every_access) {
  for (const Step op :
       {Step::kLoad, Step::kStore, Step::kFetchAdd, Step::kPlainRead, Step::kPlainWrite}) {
    const auto use = [op](Location made) {
      Machine::running().perform({.op = op, .location = made}, "");
    };
    EXPECT_EQ(destroyed_after(use, kRelaxed), std::vector{Kind::kDataRace}) << int(op);
    EXPECT_TRUE(destroyed_after(use, kAcquire).empty()) << int(op);
  }
}

TEST(Machine, what_is_destroyed_must_not_be_used_even_by_who_knows) {
  for (const Step op :
       {Step::kLoad, Step::kStore, Step::kPlainRead, Step::kPlainWrite, Step::kDestroy}) {
    const Seen seen = run({[op](Shared&) {
      const Location made = Machine::running().create(0, 8, nullptr);
      Machine::running().perform({.op = Step::kDestroy, .location = made}, "");
      Machine::running().perform({.op = op, .location = made}, "");
    }});
    EXPECT_EQ(seen.kinds, std::vector{Kind::kDataRace}) << int(op);
  }
}

TEST(Machine, an_object_is_destroyed_only_by_who_knows_that_it_was_made) {
  for (const auto order : {kRelaxed, kAcquire}) {
    static Location made;
    const Body make = [](Shared& shared) {
      made = Machine::running().create(0, 8, nullptr);
      shared.x.store(1, kRelease);
    };
    const Body destroy = [order](Shared& shared) {
      if (shared.x.load(order) == 1) {
        Machine::running().perform({.op = Step::kDestroy, .location = made}, "");
      }
    };
    const std::vector<Kind> race = {Kind::kDataRace};
    EXPECT_EQ(run({make, destroy}).kinds, order == kRelaxed ? race : std::vector<Kind>());
  }
}

TEST(Machine, a_use_after_destruction_is_called_one) {
  const std::vector<Body> bodies = {[](Shared& shared) {
    shared.late.emplace(0);
    const Word& gone = *shared.late;
    shared.late.reset();
    gone.load(kRelaxed);
  }};
  Machine machine(program_of(bodies));
  RandomDecisions decisions(1);
  const std::optional<Violation> violation = Execution(machine).run(decisions);
  ASSERT_TRUE(violation);
  EXPECT_EQ(violation->actual, "an object was used after it was destroyed");
}

}  // namespace
}  // namespace awlab::machine
