// The record of one execution, step by step: the evidence behind a finding.
//
// Lanes that see single steps fill it while they repeat an execution. Entries are plain data and the
// storage is reserved beforehand, because some engines own the allocator while they run.
#ifndef AWLAB_CORE_TRACE_TRACE_HPP_
#define AWLAB_CORE_TRACE_TRACE_HPP_

#include <array>
#include <cstdint>
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
  const char* function = "";            // where in the subject or scenario
};

class Trace {
 public:
  static constexpr std::size_t kCapacity = 4096;

  Trace() { events_.reserve(kCapacity); }

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

  /// Forgets all events and keeps the storage.
  void clear_events() {
    events_.clear();
    lost_ = 0;
  }

  /// Sets the addresses that belong to cell number `cell` under test.
  void set_cell(int cell, const void* begin, std::size_t size) {
    cells_[static_cast<std::size_t>(cell)] = {static_cast<const char*>(begin), size};
  }

  /// The number of the cell in which `object` lies, or kNoCell.
  [[nodiscard]] int cell_of(const void* object) const {
    const char* p = static_cast<const char*>(object);
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      if (p >= cells_[i].begin && p < cells_[i].begin + cells_[i].size) return static_cast<int>(i);
    }
    return kNoCell;
  }
  [[nodiscard]] bool in_cell(const void* object) const { return cell_of(object) != kNoCell; }

  [[nodiscard]] const std::vector<TraceEvent>& events() const { return events_; }
  [[nodiscard]] std::size_t lost() const { return lost_; }

 private:
  struct Range {
    const char* begin = nullptr;
    std::size_t size = 0;
  };

  std::vector<TraceEvent> events_;
  std::size_t lost_ = 0;
  std::array<Range, kMaxCells> cells_{};
};

/// Names for the threads and wakers of a trace, as the scenario calls them.
struct TraceNames {
  std::vector<std::string> threads;
  std::vector<std::string> wakers;
  std::string publication;          // the object that the consumer looks at, such as "num"
  std::vector<std::string> states;  // names of the cell's values, if they are known
  std::vector<std::string> cells = {"the cell"};
  /// Names of single objects outside of the cells; all others are called `publication`.
  std::vector<std::pair<const void*, std::string>> objects;
};

}  // namespace awlab

#endif  // AWLAB_CORE_TRACE_TRACE_HPP_
