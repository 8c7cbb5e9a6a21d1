#include "reports/lane/live_line.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace awlab::lane {

using Clock = std::chrono::steady_clock;

LiveLine::LiveLine() : terminal_(isatty(STDERR_FILENO) != 0), last_(Clock::now()) {}

LiveLine::~LiveLine() { clear(); }

bool LiveLine::is_due() const {
  return Clock::now() - last_ >=
         (terminal_ ? std::chrono::milliseconds(200) : std::chrono::minutes(1));
}

void LiveLine::show(std::string_view line) {
  last_ = Clock::now();
  shown_ = true;
  fmt::print(stderr, "{}{}{}", terminal_ ? "\r\033[K" : "", line, terminal_ ? "" : "\n");
}

void LiveLine::clear() {
  if (terminal_ && shown_) std::fputs("\r\033[K", stderr);
  shown_ = false;
}

}  // namespace awlab::lane
