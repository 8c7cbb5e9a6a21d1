// The text of a single event, and the call it belongs to.
#include <algorithm>
#include <array>
#include <utility>

#include "core/trace/explain.hpp"

namespace awlab {

std::string short_function(std::string_view pretty) {
  std::size_t depth = 0;  // of template brackets: names inside them do not count
  std::size_t begin = 0;
  for (std::size_t i = 0; i < pretty.size(); ++i) {
    const char c = pretty[i];
    if (c == '<') {
      ++depth;
    } else if (c == '>' && depth > 0) {
      --depth;
    } else if (depth == 0 && c == '(') {
      std::string_view name = pretty.substr(begin, i - begin);
      return std::string(name.substr(0, name.find('<')));
    } else if (depth == 0 && (c == ':' || c == ' ' || c == '*' || c == '&')) {
      begin = i + 1;
    }
  }
  return std::string(pretty);
}

namespace {

std::string waker_name(WakerId waker, const TraceNames& names) {
  return waker == kNoWaker ? "" : names.wakers[static_cast<std::size_t>(waker)];
}

}  // namespace

std::string object_name(const void* object, const Trace& trace, const TraceNames& names) {
  if (const int cell = trace.cell_of(object); cell != kNoCell) {
    return names.cells[std::min(static_cast<std::size_t>(cell), names.cells.size() - 1)];
  }
  const auto named =
      std::ranges::find(names.objects, object, &std::pair<const void*, std::string>::first);
  return named == names.objects.end() ? names.publication : named->second;
}

std::string value_name(std::uint64_t value, const TraceEvent& event, const Trace& trace,
                       const TraceNames& names) {
  if (trace.in_cell(event.object) && value < names.states.size()) {
    return names.states[value];
  }
  return std::to_string(value);
}

std::string actor(const TraceEvent& event, const TraceNames& names) {
  std::string who = event.thread == kOutside
                        ? "the check from outside"
                        : names.threads[static_cast<std::size_t>(event.thread)];
  if (event.call == Call::kNone) {
    return who;
  }
  who += "'s ";
  who += to_string(event.call);
  if (event.call == Call::kRegister) {
    who += "(" + waker_name(event.waker, names) + ")";
  }
  return who;
}

std::string describe(const TraceEvent& event, const Trace& trace, const TraceNames& names) {
  std::string text(to_string(event.step));
  if (event.step >= Step::kCall) {
    if (event.call != Call::kNone) {
      text += " " + std::string(to_string(event.call));
    }
    if (event.waker != kNoWaker) {
      text += " " + waker_name(event.waker, names);
    }
    return text;
  }
  if (!is_plain(event.step)) {
    text += "(" + std::string(to_string(event.order)) + ")";
  }
  if (event.step == Step::kFence) {
    return text;
  }
  const std::string object = object_name(event.object, trace, names);
  if (is_of_waiting(event.step)) {  // these have no order of their own
    text = std::string(to_string(event.step)) + " on " + object;
    return event.step == Step::kWait
               ? text + " while it is " + value_name(event.written, event, trace, names)
               : text;
  }
  if (is_plain(event.step) && trace.in_cell(event.object)) {
    text += names.cells.size() > 1 ? " of the slot of " + object : " of the slot";
  } else {
    text += " on " + object;
  }
  if (is_plain(event.step)) {
    return text;
  }
  text += ": ";
  const std::string read = value_name(event.read, event, trace, names);
  const std::string written = value_name(event.written, event, trace, names);
  if (event.step == Step::kStore) {
    return text + written;
  }
  return text + (is_write(event.step) ? read + " -> " + written : read);
}

Trace with_calls(const Trace& trace) {
  Trace result = trace;
  result.clear_events();
  struct Open {
    Call call;
    WakerId waker;
  };
  std::array<std::vector<Open>, kMaxThreads + 1> open;
  for (TraceEvent event : trace.events()) {
    std::vector<Open>& calls = open[static_cast<std::size_t>(event.thread)];
    if (event.step == Step::kCall) {
      calls.push_back({event.call, event.waker});
    } else if ((event.step == Step::kReturn || event.step == Step::kThrow) && !calls.empty()) {
      calls.pop_back();
    } else if (event.step < Step::kCall && !calls.empty()) {
      event.call = calls.back().call;
      event.waker = calls.back().waker;
    }
    result.add(event);
  }
  return result;
}

}  // namespace awlab
