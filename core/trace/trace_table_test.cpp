// The table of an execution, as people read it.
#include "core/trace/trace_table.hpp"

#include <gtest/gtest.h>

namespace awlab {
namespace {

TraceEvent wake_of(int thread, Step step) {
  TraceEvent event;
  event.step = step;
  event.thread = static_cast<std::int8_t>(thread);
  event.call = Call::kWake;
  return event;
}

TraceNames two_threads() {
  TraceNames names;
  names.threads = {"consumer", "producer"};
  return names;
}

TEST(TraceTable, each_thread_has_a_column) {
  Trace trace;
  trace.add(wake_of(1, Step::kCall));
  trace.add(wake_of(0, Step::kCall));
  EXPECT_EQ(trace_table(trace, two_threads()),
            "step  consumer                                               producer\n"
            "   0                                                         call wake\n"
            "   1  call wake\n");
}

TEST(TraceTable, nothing_but_the_names_where_nothing_happened) {
  EXPECT_EQ(trace_table(Trace(), two_threads()),
            "step  consumer                                               producer\n");
}

// A crash before any thread took part: no table can be drawn, though there is much to report.
TEST(TraceTable, nothing_where_nobody_took_part) { EXPECT_EQ(trace_table(Trace(), {}), ""); }

TEST(TraceTable, switches_are_counted_between_threads_alone) {
  Trace trace;
  for (const int thread : {0, 0, 1, kOutside, 1, 0}) trace.add(wake_of(thread, Step::kCall));
  EXPECT_EQ(context_switches(trace), 2U);
}

}  // namespace
}  // namespace awlab
