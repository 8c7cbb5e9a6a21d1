// Threads that wait on the machine: parked for a permit, or yielding for something new.
#include <gtest/gtest.h>

#include <algorithm>
#include <span>
#include <vector>

#include "core/support/as_size.hpp"
#include "core/testing/atomic_interface.hpp"
#include "fuzz/machine/bodies.hpp"

namespace awlab::machine {
namespace {

using P = MachinePlatform;

constexpr auto kRelaxed = std::memory_order_relaxed;

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

// Thread 0 takes the lock; then it goes on only if neither of the two others can.
class OwnerLast : public Decisions {
 public:
  std::size_t thread(const Graph& /*made*/, std::span<const int> threads) override {
    const auto rank = [&](int thread) { return thread == 0 ? (taken_ ? 2 : -1) : thread == last_; };
    const auto next = std::ranges::min_element(threads, {}, rank);
    taken_ = true;
    last_ = *next;
    return as_size(next - threads.begin());
  }
  std::size_t choice(const Graph& /*made*/, int /*thread*/,
                     std::span<const Choice> /*choices*/) override {
    return 0;
  }

 private:
  bool taken_ = false;
  int last_ = 0;
};

// Each failed exchange writes what it read: no news to another thread that waits for the lock.
TEST(Machine, threads_that_wait_for_a_lock_by_exchanges_do_not_keep_each_other_going) {
  const std::vector<Body> bodies(3, [](Shared& shared) {
    while (shared.x.exchange(1, std::memory_order_acquire) == 1) P::yield();
    shared.data.with_mut([](int& data) { return ++data; });
    shared.x.store(0, std::memory_order_release);
  });
  Machine machine(program_of(bodies));
  Execution execution(machine);
  OwnerLast decisions;
  EXPECT_FALSE(execution.run(decisions));
  EXPECT_TRUE(execution.finished());
}

TEST(Machine, a_waiting_compare_exchange_and_one_of_two_locations_wait_too) {
  EXPECT_EQ(run({[](Shared& shared) {
              std::size_t expected = 0;
              while (!shared.x.compare_exchange_strong(expected = 1, 2, kRelaxed, kRelaxed)) {
                P::yield();
              }
            }}).kinds,
            std::vector{Kind::kDeadlock});
  EXPECT_EQ(run({[](Shared& shared) {
              while (shared.x.load(kRelaxed) + shared.y.load(kRelaxed) == 0) P::yield();
            }}).kinds,
            std::vector{Kind::kDeadlock});
}

TEST(Machine, a_yield_ends_with_the_next_step) {
  const Seen seen = run({[](Shared& shared) {
    shared.x.load(kRelaxed);
    P::yield();
    shared.y.load(kRelaxed);
    shared.x.load(kRelaxed);  // the same again
  }});
  EXPECT_TRUE(seen.kinds.empty());
  EXPECT_EQ(seen.finished, 300);
}

TEST(Machine, has_the_whole_interface_of_std_atomic) {
  constexpr auto kExpect = [](bool ok, const char* /*law*/) { P::check(ok); };
  using Interface = AtomicInterface<P, std::decay_t<decltype(kExpect)>>;
  for (std::size_t part = 0; part < Interface::kParts; ++part) {
    const Seen seen = run({[&](Shared& /*shared*/) { Interface(kExpect).use(part); }}, 3);
    EXPECT_TRUE(seen.kinds.empty()) << part;
    EXPECT_EQ(seen.finished, 3) << part;
  }
}

const Body wait_for_change = [](Shared& shared) { shared.x.wait(0, kRelaxed); };

TEST(Machine, a_store_and_a_notify_after_it_end_every_wait) {
  EXPECT_EQ(run({wait_for_change, wait_for_change,
                 [](Shared& shared) {
                   shared.x.store(1, kRelaxed);
                   shared.x.notify_all();
                 }})
                .finished,
            300);
}

TEST(Machine, a_wait_that_no_notify_ends_is_a_deadlock) {
  EXPECT_EQ(run({wait_for_change}).kinds, std::vector{Kind::kDeadlock});
  const Seen silent = run({wait_for_change, [](Shared& shared) { shared.x.store(1, kRelaxed); }});
  EXPECT_EQ(silent.kinds, std::vector{Kind::kDeadlock});
  EXPECT_GT(silent.finished, 0) << "where the store came first";
  const Seen early = run({wait_for_change, [](Shared& shared) {
                            shared.x.notify_all();
                            shared.x.store(1, kRelaxed);
                          }});
  EXPECT_EQ(early.kinds, std::vector{Kind::kDeadlock});
}

TEST(Machine, a_notify_one_ends_the_wait_of_one) {
  const Body notify = [](Shared& shared) {
    shared.x.store(1, kRelaxed);
    shared.x.notify_one();
  };
  EXPECT_EQ(run({wait_for_change, notify}).finished, 300);
  const Seen one = run({wait_for_change, wait_for_change, notify});
  EXPECT_EQ(one.kinds, std::vector{Kind::kDeadlock});
  EXPECT_EQ(run({wait_for_change, wait_for_change,
                 [](Shared& shared) {
                   shared.x.store(1, kRelaxed);
                   shared.x.notify_one();
                   shared.x.notify_one();
                 }})
                .finished,
            300);
}

TEST(Machine, waiting_orders_no_memory) {
  const auto publish = [](std::memory_order order) {
    return Body([order](Shared& shared) {
      shared.data.with_mut([](int& data) { return data = 2; });
      shared.x.store(1, order);
      shared.x.notify_one();
    });
  };
  const auto receive = [](std::memory_order order) {
    return Body([order](Shared& shared) {
      shared.x.wait(0, order);
      shared.data.with([](int data) { return data; });
    });
  };
  constexpr auto kAcquire = std::memory_order_acquire;
  constexpr auto kRelease = std::memory_order_release;
  EXPECT_TRUE(run({receive(kAcquire), publish(kRelease)}).kinds.empty());
  EXPECT_EQ(run({receive(kRelaxed), publish(kRelease)}).kinds, std::vector{Kind::kDataRace});
  EXPECT_EQ(run({receive(kAcquire), publish(kRelaxed)}).kinds, std::vector{Kind::kDataRace});
}

// The steps of a wait pass on what the store before them released.
TEST(Machine, waiting_and_notifying_keep_a_release_sequence) {
  EXPECT_TRUE(run({[](Shared& shared) {
                     shared.data.with_mut([](int& data) { return data = 2; });
                     shared.x.store(1, std::memory_order_release);
                     shared.x.notify_all();
                   },
                   [](Shared& shared) {
                     shared.x.wait(0, std::memory_order_acquire);
                     shared.x.notify_all();
                   },
                   [](Shared& shared) {
                     if (shared.x.load(std::memory_order_acquire) == 0) return;
                     shared.data.with([](int data) { return data; });
                   }})
                  .kinds.empty());
}

TEST(Machine, a_fence_is_in_the_trace_with_its_order_and_its_place) {
  const std::vector<Body> bodies = {[](Shared& shared) {
    shared.x.store(1, kRelaxed);
    P::fence(std::memory_order_seq_cst);
    shared.y.load(kRelaxed);
  }};
  Machine machine(program_of(bodies));
  Execution execution(machine);
  RandomDecisions decisions(1);
  Trace trace;
  EXPECT_FALSE(execution.run(decisions, &trace));
  const auto fence = std::ranges::find(trace.events(), Step::kFence, &TraceEvent::step);
  ASSERT_NE(fence, trace.events().end());
  EXPECT_EQ(fence->order, std::memory_order_seq_cst);
  EXPECT_EQ(fence->thread, 0);
  EXPECT_NE(std::string_view(fence->function).find("operator()"), std::string_view::npos);
  EXPECT_EQ((fence - 1)->step, Step::kStore);
  EXPECT_EQ((fence + 1)->step, Step::kLoad);
}

}  // namespace
}  // namespace awlab::machine
