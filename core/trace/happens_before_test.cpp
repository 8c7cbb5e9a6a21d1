// Happens-before of small recorded executions; the expectation of each is the rule of C++20 named.
#include "core/trace/happens_before.hpp"

#include <gtest/gtest.h>

namespace awlab {
namespace {

const int kWord = 0;

TraceEvent event(int thread, Step step, std::memory_order order = std::memory_order_relaxed,
                 std::int32_t reads_from = kInitial) {
  TraceEvent e;
  e.step = step;
  e.thread = static_cast<std::int8_t>(thread);
  e.order = order;
  e.reads_from = reads_from;
  e.object = &kWord;
  return e;
}

using Events = std::vector<TraceEvent>;
constexpr auto kRelaxed = std::memory_order_relaxed;
constexpr auto kAcquire = std::memory_order_acquire;
constexpr auto kRelease = std::memory_order_release;

TEST(HappensBefore, program_order_orders_and_threads_alone_do_not) {
  const HappensBefore hb(Events{event(0, Step::kPlainWrite), event(0, Step::kPlainWrite),
                                event(1, Step::kPlainWrite)});
  EXPECT_TRUE(hb.ordered(0, 1));
  EXPECT_FALSE(hb.ordered(1, 0));
  EXPECT_FALSE(hb.ordered(0, 2));
}

TEST(HappensBefore, an_acquire_that_reads_a_release_orders) {
  const HappensBefore hb(Events{event(0, Step::kPlainWrite), event(0, Step::kStore, kRelease),
                                event(1, Step::kLoad, kAcquire, 1), event(1, Step::kPlainRead)});
  EXPECT_TRUE(hb.ordered(0, 3));
}

TEST(HappensBefore, a_relaxed_side_does_not_order) {
  const HappensBefore relaxed_read(
      Events{event(0, Step::kStore, kRelease), event(1, Step::kLoad, kRelaxed, 0)});
  EXPECT_FALSE(relaxed_read.ordered(0, 1));
  const HappensBefore relaxed_write(
      Events{event(0, Step::kStore, kRelaxed), event(1, Step::kLoad, kAcquire, 0)});
  EXPECT_FALSE(relaxed_write.ordered(0, 1));
}

// [intro.races]: a release sequence is continued by read-modify-writes of any thread and order...
TEST(HappensBefore, a_read_modify_write_of_another_thread_continues_a_release_sequence) {
  const HappensBefore hb(Events{event(0, Step::kStore, kRelease),
                                event(1, Step::kExchange, kRelaxed, 0),
                                event(2, Step::kLoad, kAcquire, 1)});
  EXPECT_TRUE(hb.ordered(0, 2));
  EXPECT_FALSE(hb.ordered(1, 2)) << "the relaxed exchange itself releases nothing";
}

// ... and since C++20 no longer by plain stores, not even of the same thread.
TEST(HappensBefore, a_plain_store_starts_anew) {
  const HappensBefore hb(Events{event(0, Step::kStore, kRelease), event(0, Step::kStore, kRelaxed),
                                event(1, Step::kLoad, kAcquire, 1)});
  EXPECT_FALSE(hb.ordered(0, 2));
}

// [atomics.fences].
TEST(HappensBefore, fences_order_the_relaxed_accesses_around_them) {
  const HappensBefore hb(Events{event(0, Step::kPlainWrite), event(0, Step::kFence, kRelease),
                                event(0, Step::kStore, kRelaxed),
                                event(1, Step::kLoad, kRelaxed, 2),
                                event(1, Step::kFence, kAcquire), event(1, Step::kPlainRead)});
  EXPECT_TRUE(hb.ordered(0, 5));
  EXPECT_FALSE(hb.ordered(0, 3)) << "the load alone does not acquire";
}

TEST(HappensBefore, a_failed_compare_exchange_acquires_with_its_failure_order) {
  const HappensBefore hb(Events{event(0, Step::kStore, kRelease),
                                event(1, Step::kCasFailed, kAcquire, 0),
                                event(2, Step::kCasFailed, kRelaxed, 0)});
  EXPECT_TRUE(hb.ordered(0, 1));
  EXPECT_FALSE(hb.ordered(0, 2));
}

TEST(HappensBefore, set_up_comes_before_all_threads_and_the_final_checks_after) {
  const HappensBefore hb(Events{event(kOutside, Step::kPlainWrite), event(0, Step::kPlainWrite),
                                event(1, Step::kPlainWrite), event(kOutside, Step::kPlainRead)});
  EXPECT_TRUE(hb.ordered(0, 1));
  EXPECT_TRUE(hb.ordered(0, 2));
  EXPECT_FALSE(hb.ordered(1, 2));
  EXPECT_TRUE(hb.ordered(1, 3));
  EXPECT_TRUE(hb.ordered(2, 3));
}

}  // namespace
}  // namespace awlab
