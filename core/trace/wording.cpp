#include "core/trace/wording.hpp"

#include <fmt/format.h>

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

std::string Wording::thread(int number) const {
  const auto i = static_cast<std::size_t>(number);
  return number == kOutside          ? "the check from outside"
         : i < names_.threads.size() ? names_.threads[i]
                                     : fmt::format("thread {}", number);
}

std::string Wording::waker(WakerId waker) const {
  const auto i = static_cast<std::size_t>(static_cast<unsigned char>(waker));
  return waker == kNoWaker || i >= names_.wakers.size() ? "its waker" : names_.wakers[i];
}

std::string Wording::actor(Index i) const {
  const Step step = history_[i].step;
  const Index call = history_.call_of(i);
  std::string by = thread(history_[i].thread);
  if (call == kNone || step == Step::kCall || step == Step::kReturn || step == Step::kThrow) {
    return by;
  }
  const TraceEvent& begun = history_[call];
  return fmt::format("{}'s {}{}", by, to_string(begun.call),
                     begun.call == Call::kRegister ? "(" + waker(begun.waker) + ")" : "");
}

std::string Wording::event(Index i) const {
  const TraceEvent& event = history_[i];
  std::string text(to_string(event.step));
  if (event.step >= Step::kCall) {
    if (event.call != Call::kNone) text += fmt::format(" {}", to_string(event.call));
    if (event.waker != kNoWaker) text += " " + waker(event.waker);
    return text;
  }
  if (event.step == Step::kPark || event.step == Step::kUnpark) return text;
  if (is_plain(event.step)) return text + " of " + objects_.name(i).in_sentence();
  if (is_of_waiting(event.step)) {  // these have no order of their own
    text += " on " + objects_.name(i).in_sentence();
    return event.step == Step::kWait ? text + " while it is " + objects_.value(event.written, i)
                                     : text;
  }
  text += fmt::format("({})", to_string(event.order));
  if (event.step == Step::kFence) return text;
  const std::string read = objects_.value(event.read, i);
  const std::string written = objects_.value(event.written, i);
  return fmt::format("{} on {}: {}{}", text, objects_.name(i).in_sentence(),
                     event.step == Step::kStore ? written
                     : is_write(event.step)     ? fmt::format("{} -> {}", read, written)
                                                : read,
                     event.spurious ? ", spuriously" : "");
}

std::string Wording::place(Index i) const {
  const Index call = history_.call_of(i);
  Index step = i;
  if (history_[i].step == Step::kCall) {
    const Index first = history_.first_in(i, [&](Index j) { return history_.is_access(j); });
    return first != kNone ? short_function(history_[first].function)
                          : std::string(to_string(history_[i].call));
  }
  if (history_[i].step >= Step::kCall) {
    step = history_.last(0, i, [&](Index j) {
      return history_[j].thread == history_[i].thread && is_atomic(history_[j].step) &&
             history_.is_access(j) && (call == kNone || history_.call_of(j) == call);
    });
    if (step == kNone) return std::string(to_string(history_[call == kNone ? i : call].call));
  }
  const TraceEvent& event = history_[step];
  std::string text = fmt::format("{} {}", short_function(event.function), to_string(event.step));
  if (!is_plain(event.step) && !is_of_waiting(event.step)) {
    text += fmt::format(" {}", to_string(event.order));
  }
  if (event.step != Step::kFence) text += " " + objects_.role(step);
  return step == i ? text : fmt::format("{} after {}", to_string(history_[i].step), text);
}

}  // namespace awlab
