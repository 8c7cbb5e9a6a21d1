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

std::string table_of(const Trace& trace, const TraceNames& names) {
  const History history(trace);
  return trace_table(history, Wording(history, names), names);
}

TEST(TraceTable, each_thread_has_a_column) {
  Trace trace;
  trace.add(wake_of(1, Step::kCall));
  trace.add(wake_of(0, Step::kCall));
  EXPECT_EQ(table_of(trace, two_threads()),
            "step  consumer                                               producer\n"
            "   0                                                         call wake\n"
            "   1  call wake\n");
}

TEST(TraceTable, nothing_but_the_names_where_nothing_happened) {
  EXPECT_EQ(table_of(Trace(), two_threads()),
            "step  consumer                                               producer\n");
}

// A crash before any thread took part: no table can be drawn, though there is much to report.
TEST(TraceTable, nothing_where_nobody_took_part) { EXPECT_EQ(table_of(Trace(), {}), ""); }

// A weak compare-exchange may fail although it found what it expected.
TEST(TraceTable, a_failure_without_a_reason_is_marked) {
  const int word = 0;
  Trace trace;
  trace.set_cell(0, &word, sizeof(word));
  TraceEvent event;
  event.step = Step::kCasFailed;
  event.thread = 0;
  event.object = &word;
  event.spurious = true;
  trace.add(event);
  EXPECT_NE(table_of(trace, two_threads()).find("CAS failed(relaxed) on atomic 1 of the cell: 0,"),
            std::string::npos);
  EXPECT_NE(table_of(trace, two_threads()).find("spuriously (initial)"), std::string::npos);
}

TEST(TraceTable, switches_are_counted_between_threads_alone) {
  Trace trace;
  for (const int thread : {0, 0, 1, kOutside, 1, 0}) trace.add(wake_of(thread, Step::kCall));
  EXPECT_EQ(context_switches(trace), 2U);
}

}  // namespace
}  // namespace awlab
