#include "stress/story.hpp"

#include <deque>
#include <map>
#include <vector>

#include "core/support/as_size.hpp"

namespace awlab::stress {
namespace {

using Events = std::deque<Recorder::Event>;

// The known value of an object, and its writer.
struct Value {
  std::uint64_t value = 0;
  std::int32_t writer = kInitial;
};

class Merge {
 public:
  Merge(Round& round, const Recorder* only) {
    for (int i = 0; i < kMaxCells; ++i) {
      const auto& [begin, size] = round.cells()[as_size(i)];
      trace_.set_cell(i, begin, size);
    }
    trace_.set_scenario(round.storage().data(), round.storage().size());
    for (int role = 0; role < round.roles(); ++role) {
      if (only != nullptr && only != &round.recorder(role)) continue;
      Events& events = left_.emplace_back();
      round.recorder(role).for_each([&](const Recorder::Event& e) { events.push_back(e); });
      complete_ = complete_ && round.recorder(role).lost() == 0;
    }
  }

  Trace run() {
    while (Events* next = choose()) {
      add(next->front().what);
      next->pop_front();
    }
    return std::move(trace_);
  }

 private:
  // The earliest event that fits the known values, or else the earliest of all.
  Events* choose() {
    Events* earliest = nullptr;
    Events* fitting = nullptr;
    for (Events& events : left_) {
      if (events.empty()) continue;
      const std::uint64_t at = events.front().at;
      if (earliest == nullptr || at < earliest->front().at) earliest = &events;
      if (fits(events.front().what) && (fitting == nullptr || at < fitting->front().at)) {
        fitting = &events;
      }
    }
    return fitting != nullptr ? fitting : earliest;
  }

  // True if the event's object has the value that the event read.
  bool fits(const TraceEvent& event) const {
    if (!is_read(event.step)) return true;
    const auto known = values_.find(event.object);
    return known != values_.end() ? known->second.value == event.read
                                  : !complete_ || event.read == 0;
  }

  void add(TraceEvent event) {
    Value& value = values_[event.object];
    if (is_read(event.step)) event.reads_from = value.writer;
    const std::int32_t index = trace_.add(event);
    if (is_write(event.step)) value = {event.written, index};
  }

  std::vector<Events> left_;
  std::map<const void*, Value> values_;
  bool complete_ = true;  // no event was dropped, so every atomic object begins with 0
  Trace trace_;
};

}  // namespace

Trace story_of(Round& round) { return Merge(round, nullptr).run(); }

Trace story_of(Round& round, const Recorder& only) { return Merge(round, &only).run(); }

}  // namespace awlab::stress
