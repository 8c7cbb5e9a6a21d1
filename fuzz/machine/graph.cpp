#include "fuzz/machine/graph.hpp"

#include <cassert>

#include "core/support/as_size.hpp"
#include "core/trace/memory_order.hpp"
#include "fuzz/machine/seq_cst.hpp"

namespace awlab::machine {

Violation violation_of(Misuse misuse) {
  const std::string_view actual =
      misuse == Misuse::kUnborn ? "a thread used an object without knowing that it was constructed"
      : misuse == Misuse::kDestroyed
          ? "an object was used after it was destroyed"
          : "two accesses to the same plain data, one of them a write, are not ordered by "
            "happens-before";
  return {Property::kP4, Kind::kDataRace, info(Property::kP4).law, actual};
}

void Graph::clear() {
  threads_ = {};
  undo_.reserve(kMaxSteps + kMaxEvents);
  size_ = 0;
  set_up_ = 0;
  undos_ = 0;
  seq_cst_events_ = 0;
  misuse_ = Misuse::kNone;
}

void Graph::set_up(Location location, std::uint64_t value) {
  Object& object = objects_[location] = {};
  object.newest = new_event();
  set_up_ = size_;
  Event& first = events_[object.newest];
  first.is_write = true;
  first.written = value;
  first.operation.location = location;
}

EventId Graph::new_event() {
  events_[size_] = {};
  return size_++;
}

Graph::Undo& Graph::log(Undo::What what) {
  if (undos_ == undo_.size()) undo_.emplace_back();
  Undo& undo = undo_[undos_++];
  undo.what = what;
  return undo;
}

void Graph::save_thread(int thread) {
  Undo& undo = log(Undo::What::kThread);
  undo.number = static_cast<std::uint8_t>(thread);
  undo.thread = threads_[as_size(thread)];
}

void Graph::save_object(Location location) {
  Undo& undo = log(Undo::What::kObject);
  undo.location = location;
  undo.object = objects_[location];
}

// True if `write` is news to a waiting thread: not its own write, and another value than the one
// that it read last. Two threads that wait for a lock by exchanges would else feed each other for
// ever, which no fair scheduler lets them.
bool Graph::is_new(int thread, Location location, EventId write) const {
  if (events_[write].thread == thread) return false;
  for (EventId id = size_; id-- > set_up_;) {
    const Event& event = events_[id];
    if (event.thread == thread && event.is_read && event.operation.location == location) {
      return event.choice.at != write && event.read != events_[write].written;
    }
  }
  return true;
}

// An object that a thread made exists for the threads that know of its creation, until it is
// destroyed.
void Graph::judge_life(const Thread& thread, const Object& object) {
  if (object.creator != kOutside && thread.clock[object.creator] < object.created &&
      &thread != &threads_[as_size(object.creator)]) {
    complain(Misuse::kUnborn);
  }
  if (object.destroyed) complain(Misuse::kDestroyed);
}

void Graph::link(EventId write, EventId after) {
  Event& here = events_[write];
  here.older = after;
  here.newer = events_[after].newer;
  events_[after].newer = write;
  if (here.newer == kNoEvent) {
    objects_[here.operation.location].newest = write;
  } else {
    events_[here.newer].older = write;
  }
}

void Graph::unlink(EventId write) {
  const Event& here = events_[write];
  events_[here.older].newer = here.newer;
  if (here.newer == kNoEvent) {
    objects_[here.operation.location].newest = here.older;
  } else {
    events_[here.newer].older = here.older;
  }
}

// RC11 sections 3.1 and 3.2, [F]: a release fence is seen through later writes, an acquire fence
// sees through earlier reads.
void Graph::fence(Thread& thread, std::memory_order order, Clock after) {
  if (acquires(order)) after.join(thread.for_acquire);
  thread.clock = after;
  if (releases(order)) thread.at_release = after;
}

// The answer to a step of waiting, which leaves the value that it found.
Answer Graph::waits(const Operation& operation, Event& event) {
  event.written = event.read;
  if (operation.op != Step::kWait) return {};  // what they find is nothing to the code
  return {event.read, event.read == operation.expected};
}

Answer Graph::add(int thread, const Operation& operation, Choice choice) {
  Thread& mine = threads_[as_size(thread)];
  Undo& undo = log(Undo::What::kEvent);
  undo.thread = mine;
  undo.first_known = false;

  const EventId id = new_event();
  Event& event = events_[id];
  event.operation = operation;
  event.choice = choice;
  event.thread = thread;
  event.index = static_cast<std::uint8_t>(mine.clock[thread] + 1);
  mine.clock.set(thread, event.index);
  mine.last = id;
  if (operation.op == Step::kFence) {
    fence(mine, operation.order, mine.clock);
    event.clock = mine.clock;
    seq_cst_events_ += operation.order == std::memory_order_seq_cst ? 1U : 0U;
    return {};
  }

  mine.yielded = false;
  judge_life(mine, objects_[operation.location]);
  Event& other = events_[choice.at];
  Answer result;
  std::memory_order order = operation.order;
  event.is_read = reads(operation.op);
  event.is_write = operation.op != Step::kLoad && operation.op != Step::kNotified;
  event.written = operation.operand;
  if (event.is_read) {
    event.read = result.value = other.written;
    if (is_cas(operation.op)) {
      result.success = !choice.spurious && event.read == operation.expected;
      event.is_write = result.success;
      order = result.success ? operation.order : operation.failure;
    } else if (is_of_waiting(operation.op)) {
      result = waits(operation, event);
      if (other.operation.op == Step::kNotifyOne && operation.op == Step::kNotified) {
        other.taken_by = id;
      }
    } else if (event.is_write) {
      event.written = truncated(modified(operation, event.read), operation.bytes);
    }
    if (other.known_by[thread] == Clock::kNever) {
      undo.first_known = true;
      other.known_by.set(thread, event.index);
    }
    if (!is_of_waiting(operation.op)) {
      (acquires(order) ? mine.clock : mine.for_acquire).join(other.message);
    }
  }
  event.operation.order = order;
  event.clock = mine.clock;
  seq_cst_events_ += order == std::memory_order_seq_cst ? 1U : 0U;
  if (event.is_write) {
    if (!is_of_waiting(operation.op)) {
      event.message = releases(order) ? mine.clock : mine.at_release;
    }
    event.known_by = Clock::never();
    event.known_by.set(thread, event.index);
    link(id, choice.at);
    if (event.is_read) {
      event.message.join(other.message);
      other.modified_by = id;
    }
  }
  return result;
}

Answer Graph::add_local(int thread, const Operation& operation, std::uint32_t version) {
  Thread& mine = threads_[as_size(thread)];
  const auto next = static_cast<std::uint8_t>(mine.clock[thread] + 1);
  if (operation.op == Step::kYield) {
    save_thread(thread);
    mine.yielded = true;
    return {};
  }
  if (operation.op == Step::kEnd) {
    return {};
  }
  save_object(operation.location);
  Object& object = objects_[operation.location];
  if (operation.op == Step::kCreate) {
    Undo& undo = log(Undo::What::kEvent);
    undo.thread = mine;
    undo.first_known = false;
    object = {};
    object.creator = static_cast<std::int8_t>(thread);
    object.created = next;
    object.version = version;
    object.newest = new_event();
    Event& first = events_[object.newest];
    first.is_write = true;
    first.written = operation.operand;
    first.operation = operation;
    return {};
  }
  if (operation.op == Step::kDestroy) {
    destroy(thread, operation.location);
    return {};
  }
  judge_life(mine, object);
  const std::uint32_t found = object.version;
  if (object.written_plainly && object.writer != thread &&
      mine.clock[object.writer] < object.written_at) {
    complain(Misuse::kRace);
  }
  if (operation.op == Step::kPlainRead) {
    object.readers.set(thread, next);
  } else {
    Clock others = object.readers;
    others.set(thread, 0);
    if (!mine.clock.covers(others)) complain(Misuse::kRace);
    object.readers = {};
    object.written_plainly = true;
    object.writer = static_cast<std::int8_t>(thread);
    object.written_at = next;
    object.version = version;
  }
  return {found, true};
}

// The thread that destroys the object must know of every access to it.
void Graph::destroy(int thread, Location location) {
  const Thread& mine = threads_[as_size(thread)];
  Object& object = objects_[location];
  judge_life(mine, object);
  for (EventId id = set_up_; id < size_; ++id) {
    const Event& event = events_[id];
    if (event.thread != kOutside && event.operation.op != Step::kFence &&
        event.operation.location == location && mine.clock[event.thread] < event.index) {
      complain(Misuse::kRace);
    }
  }
  Clock others = object.readers;
  others.set(thread, 0);
  if (!mine.clock.covers(others) || (object.written_plainly && object.writer != thread &&
                                     mine.clock[object.writer] < object.written_at)) {
    complain(Misuse::kRace);
  }
  object.destroyed = true;
}

void Graph::last_values(std::span<std::uint64_t> memory) const {
  for (EventId id = 0; id < size_; ++id) {
    if (events_[id].is_write && events_[id].newer == kNoEvent) {
      memory[events_[id].operation.location] = events_[id].written;
    }
  }
}

void Graph::back(Mark mark) {
  misuse_ = Misuse::kNone;
  while (undos_ > mark.undone) {
    const Undo& undo = undo_[--undos_];
    if (undo.what == Undo::What::kThread) {
      threads_[undo.number] = undo.thread;
      continue;
    }
    if (undo.what == Undo::What::kObject) {
      objects_[undo.location] = undo.object;
      continue;
    }
    const Event& event = events_[--size_];
    if (event.thread == kOutside) {
      continue;  // a first value: its object is undone with it
    }
    if (event.is_write) unlink(size_);
    if (event.is_read) {
      Event& other = events_[event.choice.at];
      if (undo.first_known) {
        other.known_by.set(event.thread, Clock::kNever);
      }
      if (event.is_write) {
        other.modified_by = kNoEvent;
      } else if (event.operation.op == Step::kNotified) {
        other.taken_by = kNoEvent;
      }
    }
    seq_cst_events_ -= event.operation.order == std::memory_order_seq_cst ? 1U : 0U;
    threads_[as_size(event.thread)] = undo.thread;
  }
  assert(size_ == mark.events);
}

// Goes through the modification order of each object: the notifies find those who wait by then.
bool Graph::wait_rightly() const {
  std::array<int, kMaxSimulatedThreads> left{};  // kWait steps of the thread that lack a kNotified
  bool any = false;
  for (EventId id = set_up_; id < size_; ++id) {
    const Event& event = events_[id];
    if (event.thread == kOutside) continue;
    if (event.operation.op == Step::kWait && event.read == event.operation.expected) {
      left[as_size(event.thread)] = id;
      any = true;
    } else if (event.operation.op == Step::kNotified) {
      left[as_size(event.thread)] = 0;
    }
  }
  const auto waits_for_ever = [&](EventId id) { return left[as_size(events_[id].thread)] == id; };
  for (EventId id = 0; any && id < size_; ++id) {
    if (events_[id].thread != kOutside || !events_[id].is_write) continue;  // first values
    int served = 0;
    int for_ever = 0;
    for (EventId at = events_[id].newer; at != kNoEvent; at = events_[at].newer) {
      const Operation& operation = events_[at].operation;
      if (operation.op == Step::kWait && events_[at].read == operation.expected) {
        ++(waits_for_ever(at) ? for_ever : served);
      } else if (is_notify(operation.op) && served == 0 && for_ever > 0) {
        return false;
      } else if (operation.op == Step::kNotifyOne) {
        served -= served > 0 ? 1 : 0;
      } else if (operation.op == Step::kNotifyAll) {
        if (for_ever > 0) return false;
        served = 0;
      }
    }
  }
  return true;
}

bool Graph::seq_cst_consistent() const {
  return seq_cst_events_ < 2 || machine::seq_cst_consistent(*this);
}

}  // namespace awlab::machine
