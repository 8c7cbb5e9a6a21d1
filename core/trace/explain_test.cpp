// Explanations of happens-before that is missing, on small recorded executions.
#include "core/trace/explain.hpp"

#include <gtest/gtest.h>

namespace awlab {
namespace {

constexpr auto kRelaxed = std::memory_order_relaxed;
constexpr auto kAcquire = std::memory_order_acquire;
constexpr auto kRelease = std::memory_order_release;

const int kSlot = 0;
const int kState = 0;

TraceEvent access(int thread, Step step) {
  TraceEvent event;
  event.step = step;
  event.thread = static_cast<std::int8_t>(thread);
  event.object = &kSlot;
  return event;
}

TraceEvent atomic(int thread, Step step, std::memory_order order,
                  std::int32_t reads_from = kInitial) {
  TraceEvent event = access(thread, step);
  event.object = &kState;
  event.order = order;
  event.reads_from = reads_from;
  return event;
}

// The slot is written, handed over by a release and a store after it, and read.
std::string summary_of_race(int storer, std::memory_order order) {
  Trace trace;
  trace.add(access(0, Step::kPlainWrite));
  trace.add(atomic(0, Step::kStore, kRelease));
  trace.add(atomic(storer, Step::kStore, order));
  trace.add(atomic(1, Step::kLoad, kAcquire, 2));
  trace.add(access(1, Step::kPlainRead));
  TraceNames names;
  names.threads = {"owner", "taker", "other"};
  return explain({.property = Property::kP4, .kind = Kind::kDataRace, .expected = "", .actual = ""},
                 trace, names)
      .summary;
}

// [intro.races]: since C++20, whichever thread makes the store.
TEST(Explain, a_store_breaks_a_release_sequence_of_another_thread_and_of_its_own) {
  EXPECT_EQ(summary_of_race(2, kRelaxed),
            "the plain store of other broke the release sequence of the store of owner");
  EXPECT_EQ(summary_of_race(0, kRelaxed),
            "the plain store of owner broke the release sequence of the store of owner");
}

}  // namespace
}  // namespace awlab
