// The figure is laid out first and then written front to back, since the space between two columns
// depends on how many arrows run through it.
//
// Each row belongs to one step, so the other columns are empty there: an arrow crosses columns only
// in the row of the write, then runs down between two columns, and so never covers any text.
#include "reports/page/interleaving_figure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <map>
#include <tuple>
#include <utility>

#include "core/contract/contract.hpp"
#include "core/support/as_size.hpp"
#include "reports/page/interleaving_text.hpp"

namespace awlab::reports {
namespace {

constexpr std::uint64_t kOutsideThread = kOutside;  // as in the lanes' reports

constexpr int kGutter = 58;  // for the step numbers
constexpr int kLineHeight = 15;
constexpr int kTrack = 9;  // between arrows that run side by side
constexpr std::size_t kMostTracks = 8;
constexpr std::size_t kFewestColumns = 16;  // text columns in a box
constexpr std::size_t kMostColumns = 41;    // enough for every transition of the cell

bool is_plain(const TraceStep& step) { return step.operation.starts_with("plain "); }
bool is_access(const TraceStep& step) {
  return step.order || step.value_read || step.value_written || is_plain(step);
}

struct Line {
  const char* style;
  std::string text;
};

std::string joined(std::initializer_list<std::string_view> words) {
  std::string out;
  for (const std::string_view word : words) {
    out += out.empty() || word.empty() ? "" : " ";
    out += word;
  }
  return out;
}

std::vector<Line> lines_of(std::span<const TraceStep> steps, std::size_t row, const Reading& seen) {
  const TraceStep& step = steps[row];
  std::vector<Line> lines;
  if (!is_access(step)) {
    lines.push_back({"event", joined({step.operation, step.call, step.object})});
  } else {
    lines.push_back({"operation", joined({step.operation, step.order.value_or(""), step.object})});
    if (step.value_read && step.value_written) {
      lines.push_back({"value", fmt::format("{} → {}", *step.value_read, *step.value_written)});
    } else if (step.value_read && step.operation != "fence") {
      lines.push_back({"value", "reads " + *step.value_read});
    } else if (step.value_written) {
      lines.push_back({"value", "writes " + *step.value_written});
    }
  }
  if (seen.skipped) {
    lines.push_back({"warn", fmt::format("stale: skips step {}", steps[*seen.skipped].step)});
  }
  if (!step.note.empty() && step.note != kDecisive) {
    lines.push_back({"note", step.note});
  }
  return lines;
}

class Figure {
 public:
  Figure(std::span<const TraceStep> steps, std::span<const Reading> seen)
      : steps_(steps), seen_(seen) {
    find_lanes();
    place_rows();
    find_arrows();
    place_lanes();
  }

  std::string draw() const {
    std::string out;
    out += fmt::format(
        "<svg class=\"figure\" role=\"img\" aria-label=\"Interleaving of {0} threads\" "
        "width=\"{1}\" height=\"{2}\" viewBox=\"0 0 {1} {2}\">\n<desc>{3} steps in order "
        "of execution, {4} arrows from writes to reads, {5} stale reads. The table below "
        "lists the same steps.</desc>\n",
        lanes_.size(), width_, height_, steps_.size(), arrows_.size(),
        std::ranges::count_if(seen_, [](const Reading& r) { return r.skipped.has_value(); }));
    for (const Lane& lane : lanes_) draw_lane(out, lane);
    for (const Arrow& arrow : arrows_) draw_arrow(out, arrow);
    for (std::size_t row = 0; row < rows_.size(); ++row) draw_row(out, row);
    out += "</svg>\n";
    return out;
  }

 private:
  struct Lane {
    std::uint64_t thread = 0;
    std::string_view name;
    int left = 0;
  };
  struct Row {
    std::size_t lane = 0;
    int top = 0;  // of the box
    int height = 0;
    std::vector<Line> lines;
  };
  struct Arrow {
    std::size_t gap = 0;  // the space to the left of this lane
    std::size_t from = 0, to = 0;
    bool stale = false;
    std::size_t track = 0;
  };

  void find_lanes() {
    std::map<std::pair<bool, std::uint64_t>, std::string_view> names;
    for (const TraceStep& step : steps_) {
      names.try_emplace({step.thread == kOutsideThread, step.thread}, step.thread_name);
    }
    for (const auto& [key, name] : names) lanes_.push_back({key.second, name});
  }

  std::size_t lane_of(std::uint64_t thread) const {
    const auto key = [](std::uint64_t t) { return std::pair(t == kOutsideThread, t); };
    const auto at = std::ranges::lower_bound(lanes_, key(thread), {},
                                             [&](const Lane& lane) { return key(lane.thread); });
    return as_size(at - lanes_.begin());
  }

  void place_rows() {
    int y = 34;
    for (std::size_t row = 0; row < steps_.size(); ++row) {
      Row placed{lane_of(steps_[row].thread), 0, 0, lines_of(steps_, row, seen_[row])};
      for (const Line& line : placed.lines) room_ = std::max(room_, columns(line.text));
      const bool boxed = is_access(steps_[row]);
      y += is_switch(steps_, row) ? 22 : 0;
      placed.top = y;
      placed.height = static_cast<int>(placed.lines.size()) * kLineHeight + (boxed ? 10 : 6);
      y += placed.height + (boxed ? 8 : 2);
      rows_.push_back(std::move(placed));
    }
    room_ = std::clamp(room_, kFewestColumns, kMostColumns);
    height_ = y + 8;
  }

  void find_arrows() {
    for (std::size_t to = 0; to < steps_.size(); ++to) {
      if (!seen_[to].from) continue;
      const std::size_t from = *seen_[to].from;
      const bool rightwards = rows_[from].lane < rows_[to].lane;
      arrows_.push_back(
          {rows_[to].lane + (rightwards ? 0 : 1), from, to, seen_[to].skipped.has_value()});
    }
    std::ranges::sort(arrows_, {},
                      [](const Arrow& a) { return std::tuple(a.gap, a.from, a.stale, a.to); });
  }

  // Arrows from one write share a track. With more tracks than there is space for, some overlap.
  void place_arrows() {
    tracks_.assign(lanes_.size() + 1, 0);
    std::vector<std::size_t> busy_until;
    for (std::size_t i = 0; i < arrows_.size(); ++i) {
      Arrow& arrow = arrows_[i];
      const Arrow* last = i > 0 && arrows_[i - 1].gap == arrow.gap ? &arrows_[i - 1] : nullptr;
      if (last == nullptr) busy_until.clear();
      if (last != nullptr && last->from == arrow.from && last->stale == arrow.stale) {
        arrow.track = last->track;
      } else {
        auto free = std::ranges::min_element(busy_until);
        if (free == busy_until.end() || (*free > arrow.from && busy_until.size() < kMostTracks)) {
          free = busy_until.insert(busy_until.end(), 0);
        }
        arrow.track = as_size(free - busy_until.begin());
      }
      busy_until[arrow.track] = std::max(busy_until[arrow.track], arrow.to);
      tracks_[arrow.gap] = std::max(tracks_[arrow.gap], arrow.track + 1);
    }
  }

  void place_lanes() {
    place_arrows();
    box_ = static_cast<int>(room_) * 37 / 5 + 18;  // a character of 12 px is about 7.3 px wide
    int x = kGutter;
    for (std::size_t i = 0; i < lanes_.size(); ++i) {
      x += space(i);
      lanes_[i].left = x;
      x += box_;
    }
    width_ = x + space(lanes_.size());
  }

  int space(std::size_t gap) const {  // no arrow enters the first lane from the left
    return gap == 0 ? 0 : 26 + kTrack * static_cast<int>(tracks_[gap]);
  }

  void text(std::string& out, const char* style, int x, int y, std::string_view inside) const {
    out += fmt::format("<text class=\"{}\" x=\"{}\" y=\"{}\">{}</text>", style, x, y, inside);
  }

  void draw_lane(std::string& out, const Lane& lane) const {
    const int middle = lane.left + box_ / 2;
    out += fmt::format("<path class=\"lane\" d=\"M{} 28V{}\"/>", middle, height_);
    text(out, "head", middle, 18, fitted(lane.name, room_));
    out += '\n';
  }

  // Along the row of the write, down in the gap, into the box of the read, with round corners.
  void draw_arrow(std::string& out, const Arrow& arrow) const {
    const Row& write = rows_[arrow.from];
    const Row& read = rows_[arrow.to];
    const bool from_left = arrow.gap == read.lane;  // the arrow's tip looks right
    const bool leaves_right = arrow.gap > write.lane;
    const int gap_left = lanes_[arrow.gap - 1].left + box_;
    const int x1 = lanes_[write.lane].left + (leaves_right ? box_ : 0);
    const int y1 = write.top + write.height - 9;
    const int x = gap_left + 13 + kTrack * static_cast<int>(arrow.track);
    const int x2 = lanes_[read.lane].left + (from_left ? -1 : box_ + 1);
    const int y2 = read.top + 9;
    const int out_turn = leaves_right ? 6 : -6;
    const int in = from_left ? 1 : -1;
    out += fmt::format(
        "<g class=\"arrow{}\"><title>step {} reads from step {}</title>"
        "<path d=\"M{} {}H{}q{} 0 {} 6V{}q0 6 {} 6H{}\"/>"
        "<path class=\"tip\" d=\"M{} {}l{} -5v10z\"/></g>\n",
        arrow.stale ? " stale" : "", steps_[arrow.to].step, steps_[arrow.from].step, x1, y1,
        x - out_turn, out_turn, out_turn, y2 - 6, 6 * in, x2 - 6 * in, x2, y2, -9 * in);
  }

  void draw_row(std::string& out, std::size_t row) const {
    const Row& placed = rows_[row];
    const TraceStep& step = steps_[row];
    const int left = lanes_[placed.lane].left;
    const int middle = left + box_ / 2;
    const bool decisive = step.note == kDecisive;
    const bool boxed = is_access(step);
    if (is_switch(steps_, row)) {
      out += fmt::format("<path class=\"switch\" d=\"M8 {}H{}\"/>", placed.top - 20, width_ - 8);
      text(out, "who", middle, placed.top - 6, fitted(lanes_[placed.lane].name, room_));
    }
    out += decisive ? "<g class=\"step decisive\">" : "<g class=\"step\">";
    int y = placed.top + (boxed ? 17 : 14);
    text(out, "number", kGutter - 14, y, std::to_string(step.step));
    if (boxed || decisive) {
      out +=
          fmt::format("<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"4\"/>",
                      is_plain(step) ? "plain" : "atomic", left, placed.top, box_, placed.height);
    }
    for (const Line& line : placed.lines) {
      text(out, line.style, middle, y, fitted(line.text, room_));
      y += kLineHeight;
    }
    if (decisive) {
      out +=
          fmt::format("<path class=\"mark\" d=\"M{} {}l7 7-7 7-7-7z\"/>", left + 2, placed.top - 7);
    }
    out += "</g>\n";
  }

  std::span<const TraceStep> steps_;
  std::span<const Reading> seen_;
  std::vector<Lane> lanes_;  // by thread number, outside last
  std::vector<Row> rows_;
  std::vector<Arrow> arrows_;
  std::vector<std::size_t> tracks_;  // number of tracks in each gap
  std::size_t room_ = 0;             // columns of text in a box
  int box_ = 0;                      // width of a box
  int width_ = 0;
  int height_ = 0;
};

}  // namespace

bool is_switch(std::span<const TraceStep> steps, std::size_t index) {
  return index > 0 && steps[index].thread != steps[index - 1].thread;
}

std::vector<Reading> readings(std::span<const TraceStep> steps) {
  std::vector<Reading> all(steps.size());
  std::map<std::string_view, std::size_t> written;
  std::map<std::uint64_t, std::size_t> rows;
  for (std::size_t row = 0; row < steps.size(); ++row) {
    const TraceStep& step = steps[row];
    if (step.reads_from && rows.contains(*step.reads_from)) {
      all[row].from = rows.at(*step.reads_from);
    }
    const auto last = written.find(step.object);
    const bool reads = step.reads_from || (step.value_read && step.operation != "fence");
    if (reads && last != written.end() &&
        (!step.reads_from || steps[last->second].step > *step.reads_from)) {
      all[row].skipped = last->second;
    }
    if (step.value_written) written[step.object] = row;
    rows.emplace(step.step, row);
  }
  return all;
}

std::string interleaving_figure(std::span<const TraceStep> steps, std::span<const Reading> seen) {
  return Figure(steps, seen).draw();
}

}  // namespace awlab::reports
