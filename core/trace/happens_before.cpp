#include "core/trace/happens_before.hpp"

#include <algorithm>

namespace awlab {

void HappensBefore::join(Clock& into, const Clock& from) {
  for (std::size_t i = 0; i < into.size(); ++i) {
    into[i] = std::max(into[i], from[i]);
  }
}

HappensBefore::HappensBefore(const std::vector<TraceEvent>& events) {
  std::array<Clock, kMaxThreads + 1> now{};            // what each thread has seen
  std::array<Clock, kMaxThreads + 1> release_fence{};  // as of its last release fence
  std::array<Clock, kMaxThreads + 1> unacquired{};     // read by relaxed loads, for acquire fences
  messages_.resize(events.size());
  threads_.reserve(events.size());
  clocks_.reserve(events.size());

  for (std::size_t i = 0; i < events.size(); ++i) {
    const TraceEvent& event = events[i];
    const auto t = static_cast<std::size_t>(event.thread);
    Clock& mine = now[t];
    if (event.thread == kOutside) {
      for (const Clock& clock : now) {
        join(mine, clock);
      }
    } else {
      join(mine, now[kOutside]);
    }
    ++mine[t];
    const bool has_source = is_read(event.step) && event.reads_from != kInitial;
    if (has_source) {
      const Clock& source = messages_[static_cast<std::size_t>(event.reads_from)];
      join(acquires(event.order) ? mine : unacquired[t], source);
    }
    if (event.step == Step::kFence) {
      if (acquires(event.order)) {
        join(mine, unacquired[t]);
      }
      if (releases(event.order)) {
        release_fence[t] = mine;
      }
    }
    if (is_write(event.step)) {
      messages_[i] = releases(event.order) ? mine : release_fence[t];
      if (is_rmw(event.step) && has_source) {
        join(messages_[i], messages_[static_cast<std::size_t>(event.reads_from)]);
      }
    }
    threads_.push_back(event.thread);
    clocks_.push_back(mine);
  }
}

bool HappensBefore::ordered(std::size_t a, std::size_t b) const {
  const auto t = static_cast<std::size_t>(threads_[a]);
  return clocks_[b][t] >= clocks_[a][t];
}

bool HappensBefore::passed_on(std::size_t a, std::size_t write) const {
  const auto t = static_cast<std::size_t>(threads_[a]);
  return messages_[write][t] >= clocks_[a][t];
}

}  // namespace awlab
