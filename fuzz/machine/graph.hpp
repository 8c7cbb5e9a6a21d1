// An execution graph: the events so far, under RC11, and the choices for the next one.
//
// Events are added one at a time, in any order that respects program order and reads-from.
// Coherence is decided by happens-before alone. A thread knows a write that happened, or was read,
// before the thread's next step; then
//   - a read takes the newest write in modification order that its thread knows, or any newer one;
//   - a store goes anywhere after that write, but never between a write and the read-modify-write
//     that reads it; a read-modify-write goes right after the write it reads;
//   - a release is seen through the message that travels with each write: what its thread knew (at
//     the write, or its last release fence), and for a read-modify-write also the message it read;
//   - to wait on an object, and to notify, are read-modify-writes that leave its value and the
//     message that travels with it as they were. Who waits goes on by a notify that comes later in
//     modification order; one notify_one serves one of those who wait before it.
// Sequential consistency is an axiom on the whole graph: see seq_cst.hpp.
//
// Source: Lahav, Vafeiadis, Kang, Hur, Dreyer, "Repairing Sequential Consistency in C/C++11", PLDI
// 2017; release sequences as in C++20 [intro.races] p5, which a plain store of any thread ends.
#ifndef AWLAB_FUZZ_MACHINE_GRAPH_HPP_
#define AWLAB_FUZZ_MACHINE_GRAPH_HPP_

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/support/as_size.hpp"
#include "fuzz/machine/clock.hpp"
#include "fuzz/machine/operation.hpp"

namespace awlab::machine {

using EventId = std::uint16_t;
inline constexpr EventId kNoEvent = 0xffff;

/// One way for a step to go: the write that it reads, or the write behind which it stores.
struct Choice {
  EventId at = kNoEvent;
  bool spurious = false;  // a weak compare-exchange fails although it could succeed

  friend bool operator==(const Choice&, const Choice&) = default;
};

struct Event {
  Operation operation;
  Choice choice;
  int thread = kOutside;
  std::uint8_t index = 0;     // in its thread, from 1; 0: before all threads
  bool is_write = false;      // with a place in modification order
  bool is_read = false;       // of the write `choice.at`
  std::uint64_t read = 0;     // value
  std::uint64_t written = 0;  // value
  Clock clock;                // the events that happened before or at this one
  // Of writes:
  Clock message;             // the knowledge that an acquiring reader gains
  Clock known_by;            // per thread, its first event that wrote or read this
  EventId older = kNoEvent;  // neighbours in modification order
  EventId newer = kNoEvent;
  EventId modified_by = kNoEvent;  // the read-modify-write that reads this
  EventId taken_by = kNoEvent;     // of a notify_one: the step kNotified that it let go on
};

/// Two accesses that nothing orders, or an object used outside of its life.
enum class Misuse : std::uint8_t { kNone, kRace, kUnborn, kDestroyed };

/// The violation that the contract names for `misuse`. Precondition: not kNone.
Violation violation_of(Misuse misuse);

class Graph {
 public:
  Graph() { clear(); }

  /// Forgets everything.
  void clear();

  /// Adds an object that exists before all threads.
  void set_up(Location location, std::uint64_t value);

  /// Calls `f(Choice)` for each way in which `operation` may go next on `thread` by coherence,
  /// newest first; meanwhile the graph may be added to and taken back. Stops when f returns true.
  template <class F>
  bool any_choice(int thread, const Operation& operation, F&& f) const;

  /// True if there is a choice at all: parked and yielding threads may have none.
  [[nodiscard]] bool can_go(int thread, const Operation& operation) const {
    const bool may_have_to_wait = operation.op == Step::kPark || operation.op == Step::kNotified;
    if (!may_have_to_wait && !threads_[as_size(thread)].yielded) {
      return true;  // the newest write is free to be read, modified and followed
    }
    return any_choice(thread, operation, [](Choice) { return true; });
  }

  /// True if the threads that wait on an object may still do so: each notify_one has let another
  /// go on where there was one. Otherwise the graph is of no execution.
  [[nodiscard]] bool wait_rightly() const;

  /// Adds a step in which threads meet, or a fence. Misuse by the access itself shows in misuse().
  Answer add(int thread, const Operation& operation, Choice choice);

  /// Adds a step of `thread` alone that is not a fence. `version` names the value that a plain
  /// write leaves; the result's value is the version that a plain access finds.
  Answer add_local(int thread, const Operation& operation, std::uint32_t version);

  /// The first misuse in the steps so far; the graph must not grow after one.
  [[nodiscard]] Misuse misuse() const { return misuse_; }
  /// True if RC11's axiom on seq_cst holds.
  [[nodiscard]] bool seq_cst_consistent() const;
  /// True if `operation` could break that axiom.
  [[nodiscard]] bool concerns_seq_cst(const Operation& operation) const {
    return seq_cst_events_ + (operation.order == std::memory_order_seq_cst ? 1U : 0U) +
               (operation.failure == std::memory_order_seq_cst ? 1U : 0U) >=
           2;
  }

  /// A mark in the history of add() and add_local(): back() undoes every step after it.
  struct Mark {
    EventId events;
    std::uint16_t undone;
  };
  [[nodiscard]] Mark mark() const { return {size(), undos_}; }
  void back(Mark mark);

  [[nodiscard]] EventId size() const { return size_; }
  [[nodiscard]] const Event& operator[](EventId id) const { return events_[id]; }
  /// The last write in modification order.
  [[nodiscard]] EventId newest(Location location) const { return objects_[location].newest; }
  /// Fills in the last value of every object, by location.
  void last_values(std::span<std::uint64_t> memory) const;
  /// The last event of `thread`, or kNoEvent.
  [[nodiscard]] EventId last_of(int thread) const { return threads_[as_size(thread)].last; }
  [[nodiscard]] std::uint8_t events_of(int thread) const {
    return threads_[as_size(thread)].clock[thread];
  }
  [[nodiscard]] bool full(int thread) const {
    return size_ - set_up_ >= kMaxEvents || events_of(thread) >= kMaxThreadEvents;
  }
  [[nodiscard]] EventId events_before_threads() const { return set_up_; }

 private:
  struct Thread {
    Clock clock;        // what it knows
    Clock at_release;   // what it knew at its last release fence
    Clock for_acquire;  // messages of relaxed reads, for a later acquire fence
    EventId last = kNoEvent;
    bool yielded = false;  // it waits for something new
  };
  struct Object {
    EventId newest = kNoEvent;
    std::int8_t creator = kOutside;
    std::uint8_t created = 0;  // the next event of its creator
    bool destroyed = false;
    bool written_plainly = false;
    std::int8_t writer = kOutside;  // of the last plain write
    std::uint8_t written_at = 0;    // the writer's next event
    std::uint32_t version = 0;
    Clock readers;  // plain reads since then: the next event of each thread
  };
  struct Undo {
    enum class What : std::uint8_t { kEvent, kObject, kThread } what;
    bool first_known;     // kEvent: the thread did not know the write before
    std::uint8_t number;  // kThread
    Location location;    // kObject
    union {
      Thread thread;
      Object object;
    };
    Undo() {}
  };

  Undo& log(Undo::What what);
  void save_thread(int thread);
  void save_object(Location location);
  bool is_known(const Thread& thread, EventId write) const {
    return thread.clock.reaches_any(events_[write].known_by);
  }
  bool is_new(int thread, Location location, EventId write) const;
  void complain(Misuse misuse) {
    if (misuse_ == Misuse::kNone) misuse_ = misuse;
  }
  void judge_life(const Thread& thread, const Object& object);
  EventId new_event();
  void link(EventId write, EventId after);
  void unlink(EventId write);
  void fence(Thread& thread, std::memory_order order, Clock after);
  static Answer waits(const Operation& operation, Event& event);
  void destroy(int thread, Location location);

  std::array<Event, kMaxEvents + kMaxLocations> events_;
  std::array<Object, kMaxLocations> objects_;
  std::array<Thread, kMaxSimulatedThreads> threads_;
  std::vector<Undo> undo_;
  EventId size_ = 0;
  EventId set_up_ = 0;
  std::uint16_t undos_ = 0;
  std::uint16_t seq_cst_events_ = 0;
  Misuse misuse_ = Misuse::kNone;
};

template <class F>
bool Graph::any_choice(int thread, const Operation& operation, F&& f) const {
  const Thread& mine = threads_[as_size(thread)];
  EventId write = objects_[operation.location].newest;
  if (operation.op == Step::kPark) {
    return events_[write].written != 0 && f(Choice{write});
  }
  if (operation.op == Step::kNotified) {
    // The thread's last event is its kWait.
    for (; write != mine.last; write = events_[write].older) {
      if (is_notify(events_[write].operation.op) && events_[write].taken_by == kNoEvent &&
          f(Choice{write})) {
        return true;
      }
    }
    return false;
  }
  for (bool known = false; !known; write = events_[write].older) {
    known = is_known(mine, write);
    const Event& seen = events_[write];
    if (mine.yielded && reads(operation.op) && !is_new(thread, operation.location, write)) continue;
    const bool free = seen.modified_by == kNoEvent;
    if (is_cas(operation.op)) {
      const bool equal = seen.written == operation.expected;
      if ((!equal || free) && f(Choice{write})) return true;
      if (equal && operation.op == Step::kWeakCas && f(Choice{write, true})) return true;
    } else if ((operation.op == Step::kLoad || free) && f(Choice{write})) {
      return true;
    }
  }
  return false;
}

}  // namespace awlab::machine

#endif  // AWLAB_FUZZ_MACHINE_GRAPH_HPP_
