#include "core/trace/modification_order.hpp"

#include <map>
#include <utility>

namespace awlab {

ModificationOrder::ModificationOrder(const std::vector<TraceEvent>& events)
    : before_(events.size(), kInitial) {
  std::map<const void*, std::int32_t> newest;  // by object; looked up only
  for (std::size_t i = 0; i < events.size(); ++i) {
    const TraceEvent& event = events[i];
    if (!is_write(event.step)) {
      continue;
    }
    const auto write = static_cast<std::int32_t>(i);
    std::int32_t& last = newest.try_emplace(event.object, kInitial).first->second;
    std::int32_t place = is_rmw(event.step) ? event.reads_from : event.placed_after;
    if (place == kNewest) {
      place = last;
    }
    if (place == last) {
      before_[i] = std::exchange(last, write);
      continue;
    }
    // Inserted in the middle: the write that followed `place` now follows this one.
    before_[i] = place;
    for (std::int32_t other = last; other != kInitial; other = before(other)) {
      if (before(other) == place) {
        before_[static_cast<std::size_t>(other)] = write;
        break;
      }
    }
  }
}

}  // namespace awlab
