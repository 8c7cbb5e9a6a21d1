#include "fuzz/explore/contradiction.hpp"

#include <fmt/format.h>

#include "core/support/as_size.hpp"

namespace awlab::explore {
namespace {

std::string text_of(const Operation& operation) {
  if (operation.op == Step::kEnd) return "its end";
  std::string text(to_string(operation.op));
  if (is_atomic(operation.op) || operation.op == Step::kFence) {
    text += fmt::format("({})", to_string(operation.order));
  }
  if (operation.op == Step::kFence || operation.op == Step::kYield) return text;
  text += fmt::format(" on object {}", operation.location);
  if (is_cas(operation.op)) {
    text += fmt::format(": {} -> {}", operation.expected, operation.operand);
  } else if (is_write(operation.op)) {
    text += fmt::format(" with {}", operation.operand);
  }
  return text;
}

}  // namespace

std::string describe(const Contradiction& contradiction, const TraceNames& names) {
  const auto thread = as_size(contradiction.thread);
  return fmt::format(
      "the subject is not deterministic: step {} of {} was {}, and in another execution {}; its "
      "steps may depend only on the values that it reads through the platform",
      contradiction.step,
      thread < names.threads.size() ? names.threads[thread] : fmt::format("thread {}", thread),
      text_of(contradiction.before), text_of(contradiction.now));
}

}  // namespace awlab::explore
