// Waiting on an atomic object, fences, and the whole interface of std::atomic, on Relacy.
#include <gtest/gtest.h>

#include "core/testing/atomic_interface.hpp"
#include "relacy/bodies.hpp"

namespace awlab::relacy {
namespace {

using P = RelacyPlatform;

constexpr auto kRelaxed = std::memory_order_relaxed;
constexpr auto kAcquire = std::memory_order_acquire;
constexpr auto kRelease = std::memory_order_release;
constexpr auto kSeqCst = std::memory_order_seq_cst;

// The kind of the violation; none if the search came to its end without one.
std::optional<Kind> kind_of(const Body& a, const Body& b) {
  const SearchOutcome outcome = run_bodies(a, b);
  EXPECT_TRUE(outcome.complete || outcome.violation);
  return outcome.violation ? std::optional(outcome.violation->kind) : std::nullopt;
}

TEST(RelacyAtomic, has_the_whole_interface_of_std_atomic) {
  const Body use_all = [](Shared& /*shared*/) {
    use_atomic_interface<P>([](bool ok, const char* /*law*/) { P::check(ok); });
  };
  const SearchOutcome outcome =
      run_bodies(use_all, &idle, {.search = Search::kRandom, .executions = 10});
  EXPECT_FALSE(outcome.violation);
  EXPECT_EQ(outcome.executions, 10U);
}

const Body wait_for_change = [](Shared& shared) { shared.word.wait(0, kRelaxed); };

TEST(RelacyWaiting, a_store_and_a_notify_after_it_end_every_wait) {
  for (const bool all : {false, true}) {
    EXPECT_EQ(kind_of(wait_for_change,
                      [&](Shared& shared) {
                        shared.word.store(1, kRelaxed);
                        all ? shared.word.notify_all() : shared.word.notify_one();
                      }),
              std::nullopt);
  }
}

TEST(RelacyWaiting, a_wait_that_no_notify_ends_is_a_deadlock) {
  EXPECT_EQ(kind_of(wait_for_change, &idle), Kind::kDeadlock);
  EXPECT_EQ(kind_of(wait_for_change, [](Shared& shared) { shared.word.store(1, kRelaxed); }),
            Kind::kDeadlock);
  EXPECT_EQ(kind_of(wait_for_change,
                    [](Shared& shared) {
                      shared.word.notify_all();
                      shared.word.store(1, kRelaxed);
                    }),
            Kind::kDeadlock);
}

TEST(RelacyWaiting, a_wait_orders_memory_only_as_its_load_does) {
  const auto publish = [](std::memory_order order) {
    return Body([order](Shared& shared) {
      shared.data.with_mut([](int& data) { return data = 2; });
      shared.word.store(1, order);
      shared.word.notify_one();
    });
  };
  const auto receive = [](std::memory_order order) {
    return Body([order](Shared& shared) {
      shared.word.wait(0, order);
      shared.data.with([](int data) { return data; });
    });
  };
  EXPECT_EQ(kind_of(receive(kAcquire), publish(kRelease)), std::nullopt);
  EXPECT_EQ(kind_of(receive(kRelaxed), publish(kRelease)), Kind::kDataRace);
  EXPECT_EQ(kind_of(receive(kAcquire), publish(kRelaxed)), Kind::kDataRace);
}

TEST(RelacyFence, fences_order_what_relaxed_accesses_do_not) {
  const auto publish = [](bool fenced) {
    return Body([fenced](Shared& shared) {
      shared.data.with_mut([](int& data) { return data = 2; });
      if (fenced) P::fence(kRelease);
      shared.word.store(1, kRelaxed);
    });
  };
  const Body receive = [](Shared& shared) {
    if (shared.word.load(kRelaxed) == 0) return;
    P::fence(kAcquire);
    shared.data.with([](int data) { return data; });
  };
  EXPECT_EQ(kind_of(receive, publish(true)), std::nullopt);
  EXPECT_EQ(kind_of(receive, publish(false)), Kind::kDataRace);
}

// Store buffering: with a fence on each side, at least one of them sees the other's store.
TEST(RelacyFence, sequentially_consistent_fences_forbid_that_both_sides_look_too_early) {
  static int early;  // sides of this execution that looked too early
  static int executions_of_both;
  for (const bool fenced : {true, false}) {
    const auto side = [fenced](bool first) {
      return Body([fenced, first](Shared& shared) {
        (first ? shared.word : shared.other).store(1, kRelaxed);
        if (fenced) P::fence(kSeqCst);
        const bool sees = (first ? shared.other : shared.word).load(kRelaxed) != 0;
        early += sees ? 0 : 1;
        executions_of_both += early == 2 ? 1 : 0;
      });
    };
    executions_of_both = 0;
    Bodies::at_start = [] { early = 0; };
    const SearchOutcome outcome = run_bodies(side(true), side(false));
    Bodies::at_start = nullptr;
    EXPECT_TRUE(outcome.complete);
    EXPECT_EQ(executions_of_both > 0, !fenced);
  }
}

}  // namespace
}  // namespace awlab::relacy
