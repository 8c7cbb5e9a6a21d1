// The record of one execution, step by step: the evidence behind a finding.
//
// Lanes that see single steps fill it while they repeat an execution. Entries are plain data and
// the storage is reserved beforehand, because some engines own the allocator while they run.
#ifndef AWLAB_CORE_TRACE_TRACE_HPP_
#define AWLAB_CORE_TRACE_TRACE_HPP_

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/contract/contract.hpp"
#include "core/trace/memory_order.hpp"
#include "core/trace/step.hpp"

namespace awlab {

/// `reads_from` of a read that sees the initial value.
inline constexpr std::int32_t kInitial = -1;
/// `placed_after` of a store that became the last in modification order when it was made.
inline constexpr std::int32_t kNewest = -2;

struct TraceEvent {
  Step step{};
  std::int8_t thread = kOutside;
  Call call = Call::kNone;              // the innermost call of the cell in progress on this thread
  WakerId waker = kNoWaker;             // of that call, or the one that the event is about
  std::memory_order order{};            // the failure order for kCasFailed
  const void* object = nullptr;         // memory accesses only
  std::uint64_t read = 0;               // value found
  std::uint64_t written = 0;            // value left; for kCasFailed the value it would have left
  std::int32_t reads_from = kInitial;   // index of the event whose value was found
  std::int32_t placed_after = kNewest;  // of a store: its predecessor in modification order
  bool spurious = false;                // kCasFailed: it could have succeeded
  const char* function = "";            // where in the subject or scenario
};

/// The life of one object. Times are numbers of events.
struct TraceObject {
  static constexpr std::int32_t kNotYet = -1;

  const void* address = nullptr;
  std::uint8_t bytes = 0;  // of its value; 0: plain data
  std::int8_t maker = kOutside;
  std::int8_t ender = kOutside;
  std::int32_t made = 0;
  std::int32_t ended = kNotYet;
};

class Trace {
 public:
  static constexpr std::size_t kCapacity = 4096;

  static constexpr std::size_t kMaxObjects = 1024;

  Trace() {
    events_.reserve(kCapacity);
    objects_.reserve(kMaxObjects);
  }

  /// Appends without allocating; beyond the capacity, events are counted and not kept.
  /// Returns the event's index, or kInitial when it was not kept.
  std::int32_t add(const TraceEvent& event) {
    if (events_.size() == kCapacity) {
      ++lost_;
      return kInitial;
    }
    events_.push_back(event);
    return static_cast<std::int32_t>(events_.size() - 1);
  }

  /// Forgets all events and objects and keeps the storage.
  void clear() {
    clear_events();
    objects_.clear();
  }
  /// Forgets all events and keeps the storage.
  void clear_events() {
    events_.clear();
    lost_ = 0;
  }

  /// Records that `thread` has just made an object, as add() does.
  void add_object(const void* address, std::uint8_t bytes, int thread) {
    if (objects_.size() < kMaxObjects) {
      objects_.push_back({address, bytes, static_cast<std::int8_t>(thread), kOutside, now()});
    }
  }
  /// Records that `thread` has just ended the object at this address, or is about to.
  void end_object(const void* address, int thread) {
    for (auto object = objects_.rbegin(); object != objects_.rend(); ++object) {
      if (object->address == address && object->ended == TraceObject::kNotYet) {
        object->ender = static_cast<std::int8_t>(thread);
        object->ended = now();
        return;
      }
    }
  }

  /// Sets the addresses of the scenario, in which the cells under test lie as well.
  void set_scenario(const void* begin, std::size_t size) {
    scenario_ = {static_cast<const char*>(begin), size};
  }
  /// True if `object` is the scenario's own, and not the subject's. An object in no cell counts as
  /// the scenario's where only the cells are known.
  [[nodiscard]] bool in_scenario(const void* object) const {
    if (in_cell(object)) return false;
    return scenario_.size > 0 ? scenario_.holds(object) : cells_[0].size > 0;
  }

  /// Sets the addresses that belong to cell number `cell` under test.
  void set_cell(int cell, const void* begin, std::size_t size) {
    cells_[static_cast<std::size_t>(cell)] = {static_cast<const char*>(begin), size};
  }

  /// The number of the cell in which `object` lies, or kNoCell.
  [[nodiscard]] int cell_of(const void* object) const {
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      if (cells_[i].holds(object)) return static_cast<int>(i);
    }
    return kNoCell;
  }
  [[nodiscard]] bool in_cell(const void* object) const { return cell_of(object) != kNoCell; }

  [[nodiscard]] const std::vector<TraceEvent>& events() const { return events_; }
  [[nodiscard]] std::size_t lost() const { return lost_; }
  /// In the order in which they were made. Empty where the engine does not see objects.
  [[nodiscard]] const std::vector<TraceObject>& objects() const { return objects_; }

 private:
  struct Range {
    const char* begin = nullptr;
    std::size_t size = 0;

    [[nodiscard]] bool holds(const void* object) const {
      const char* p = static_cast<const char*>(object);
      return std::less_equal<>()(begin, p) && std::less<>()(p, begin + size);
    }
  };

  [[nodiscard]] std::int32_t now() const { return static_cast<std::int32_t>(events_.size()); }

  std::vector<TraceEvent> events_;
  std::vector<TraceObject> objects_;
  std::size_t lost_ = 0;
  Range scenario_;
  std::array<Range, kMaxCells> cells_{};
};

/// Names for the threads and wakers of a trace, as the scenario calls them.
struct TraceNames {
  std::vector<std::string> threads;
  std::vector<std::string> wakers;
  std::string publication;          // the scenario's atomic objects, such as "num"
  std::vector<std::string> states;  // names of the cell's values, if they are known
  std::vector<std::string> cells = {"the cell"};
  /// Names of single objects of the scenario; its other atomic ones are called `publication`.
  std::vector<std::pair<const void*, std::string>> objects;
};

}  // namespace awlab

#endif  // AWLAB_CORE_TRACE_TRACE_HPP_
