#include "core/trace/history.hpp"

#include <array>

namespace awlab {
namespace {

using Stacks = std::array<std::vector<Index>, kMaxThreads + 1>;

bool is_end(Step step) { return step == Step::kReturn || step == Step::kThrow; }

// The trace with each memory access attributed to its call; `calls` and `ends` as in History.
Trace with_calls(const Trace& trace, std::vector<Index>& calls, std::vector<Index>& ends) {
  Trace result = trace;
  result.clear_events();
  const auto size = static_cast<Index>(trace.events().size());
  ends.assign(trace.events().size(), size);
  Stacks open;
  for (Index i = 0; i < size; ++i) {
    TraceEvent event = trace.events()[static_cast<std::size_t>(i)];
    std::vector<Index>& stack = open[static_cast<std::size_t>(event.thread)];
    if (event.step == Step::kCall) stack.push_back(i);
    calls.push_back(stack.empty() ? kNone : stack.back());
    if (is_end(event.step) && !stack.empty()) {
      ends[static_cast<std::size_t>(stack.back())] = i;
      stack.pop_back();
    } else if (event.step < Step::kCall && !stack.empty()) {
      const TraceEvent& call = trace.events()[static_cast<std::size_t>(stack.back())];
      event.call = call.call;
      event.waker = call.waker;
    }
    result.add(event);
  }
  return result;
}

}  // namespace

History::History(const Trace& trace)
    : trace_(with_calls(trace, calls_, ends_)),
      order_(trace_.events()),
      modified_(trace_.events()) {}

Index History::after(Index write) const {
  return first(0, size(), [&](Index i) {
    return is_write((*this)[i].step) && (*this)[i].object == (*this)[write].object &&
           before(i) == write;
  });
}

Index History::object_of(Index i) const {
  const std::vector<TraceObject>& objects = trace_.objects();
  for (auto n = static_cast<Index>(objects.size()) - 1; n >= 0; --n) {
    const TraceObject& object = objects[static_cast<std::size_t>(n)];
    if (object.address == (*this)[i].object && object.made <= i) return n;
  }
  return kNone;
}

}  // namespace awlab
