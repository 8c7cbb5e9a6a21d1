#include "core/trace_table.hpp"

#include <fmt/format.h>

#include <iterator>

#include "core/explain.hpp"

namespace awlab {

std::string trace_table(const Trace& trace, const TraceNames& names) {
  const Trace complete = with_calls(trace);
  std::string table = fmt::format("{:>4}  {:<12} {:<16} {}\n", "step", "thread", "call", "what");
  int number = 0;
  for (const TraceEvent& event : complete.events()) {
    const std::string who = event.thread == kOutside
                                ? "(outside)"
                                : names.threads[static_cast<std::size_t>(event.thread)];
    const bool access = event.step < Step::kCall;
    std::string call;
    if (access && event.call != Call::kNone) {
      call = to_string(event.call);
      if (event.call == Call::kRegister) {
        call += "(" + names.wakers[static_cast<std::size_t>(event.waker)] + ")";
      }
    }
    fmt::format_to(std::back_inserter(table), "{:>4}  {:<12} {:<16} {}", number++, who, call,
                   describe(event, complete, names));
    if (is_read(event.step)) {
      table += event.reads_from == kInitial ? ", reads the initial value"
                                            : fmt::format(", reads from {}", event.reads_from);
    }
    table += '\n';
  }
  if (trace.lost() > 0) {
    table += fmt::format("      and {} more steps\n", trace.lost());
  }
  return table;
}

std::uint64_t context_switches(const Trace& trace) {
  std::uint64_t switches = 0;
  int last = kOutside;
  for (const TraceEvent& event : trace.events()) {
    switches += last != kOutside && event.thread != kOutside && event.thread != last ? 1U : 0U;
    last = event.thread;
  }
  return switches;
}

}  // namespace awlab
