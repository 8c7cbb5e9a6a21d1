// The progress of a long run, for people: a live line on a terminal, else one line a minute.
#ifndef AWLAB_REPORTS_LANE_LIVE_LINE_HPP_
#define AWLAB_REPORTS_LANE_LIVE_LINE_HPP_

#include <chrono>
#include <string_view>

namespace awlab::lane {

/// Writes to standard error. Used by one thread.
class LiveLine {
 public:
  LiveLine();
  LiveLine(const LiveLine&) = delete;
  LiveLine& operator=(const LiveLine&) = delete;
  /// Leaves an empty line on a terminal.
  ~LiveLine();

  /// True if it is time for a new line.
  [[nodiscard]] bool is_due() const;
  void show(std::string_view line);
  /// Removes the line before something else is printed.
  void clear();

 private:
  const bool terminal_;
  bool shown_ = false;
  std::chrono::steady_clock::time_point last_;
};

}  // namespace awlab::lane

#endif  // AWLAB_REPORTS_LANE_LIVE_LINE_HPP_
