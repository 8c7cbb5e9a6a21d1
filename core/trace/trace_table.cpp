#include "core/trace/trace_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

namespace awlab {
namespace {

constexpr std::size_t kWidth = 116;
constexpr std::size_t kNarrowest = 24;
constexpr std::size_t kNumber = 6;  // width of the first column

// `text` behind `indent` blanks in lines of at most `width`, broken at spaces where there are any.
std::vector<std::string> wrapped(std::string_view text, std::size_t indent, std::size_t width) {
  std::vector<std::string> lines;
  for (;;) {
    const std::size_t room = width - indent;
    if (text.size() <= room) {
      lines.push_back(std::string(indent, ' ') + std::string(text));
      return lines;
    }
    std::size_t end = text.rfind(' ', room);
    end = end == std::string_view::npos ? room : end;
    lines.push_back(std::string(indent, ' ') + std::string(text.substr(0, end)));
    text.remove_prefix(text[end] == ' ' ? end + 1 : end);
    indent += lines.size() == 1 ? 2U : 0U;
  }
}

class Table {
 public:
  Table(const History& history, const Wording& wording, const TraceNames& names, Index end)
      : history_(history),
        wording_(wording),
        names_(names),
        end_(end),
        column_(std::max(kNarrowest, (kWidth - kNumber) / names.threads.size())) {}

  std::string draw() {
    row("step", 0, 0, names_.threads.front());
    out_.pop_back();
    for (std::size_t i = 1; i < names_.threads.size(); ++i) {
      out_ += fmt::format("{:<{}}{}", "", kNumber + i * column_ - line_length(), names_.threads[i]);
    }
    out_ += '\n';
    for (Index i = 0; i < end_; ++i) {
      const TraceEvent& event = history_[i];
      std::size_t& depth = depth_[static_cast<std::size_t>(event.thread)];
      depth -= leaves(event) && depth > 0 ? 1U : 0U;
      const std::string text = step(i);
      if (event.thread == kOutside) {
        out_ += fmt::format("{:>4}  (outside) {:<{}}{}\n", i, "", depth, text);
      } else {
        row(std::to_string(i), static_cast<std::size_t>(event.thread), depth, text);
      }
      depth += event.step == Step::kCall ? 1U : 0U;
    }
    if (history_.trace().lost() > 0) {
      out_ += fmt::format("      and {} more steps\n", history_.trace().lost());
    }
    return out_;
  }

 private:
  static bool leaves(const TraceEvent& event) {
    return event.step == Step::kReturn || event.step == Step::kThrow;
  }

  std::string step(Index i) const {
    std::string text = wording_.event(i);
    if (is_read(history_[i].step)) {
      const Index from = history_[i].reads_from;
      text += from == kInitial ? " (initial)" : fmt::format(" (from {})", from);
    }
    return text;
  }

  std::size_t line_length() const { return out_.size() - (out_.rfind('\n') + 1); }

  void row(std::string_view number, std::size_t thread, std::size_t depth, std::string_view text) {
    for (const std::string& line : wrapped(text, depth, column_ - 2)) {
      out_ += fmt::format("{:>4}  {:<{}}{}\n", number, "", thread * column_, line);
      number = "";
    }
  }

  const History& history_;
  const Wording& wording_;
  const TraceNames& names_;
  const Index end_;
  const std::size_t column_;
  std::array<std::size_t, kMaxThreads + 1> depth_{};
  std::string out_;
};

}  // namespace

std::string trace_table(const History& history, const Wording& wording, const TraceNames& names,
                        std::optional<Index> end) {
  if (names.threads.empty()) return "";
  return Table(history, wording, names, end.value_or(history.size())).draw();
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
