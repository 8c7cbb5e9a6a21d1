#include "fuzz/explore/symmetry.hpp"

#include <stdexcept>

#include "core/support/as_size.hpp"

namespace awlab::explore {

using machine::Event;
using machine::EventId;

void Symmetry::push(EventId event) {
  const std::size_t thread = as_size(graph_[event].thread);
  places_[event] = static_cast<std::int16_t>(size_);
  order_[as_size(size_++)] = event;
  turned_up_ += counts_[thread] == 0 && graph_[event].thread >= alike_from_ ? 1U : 0U;
  steps_[thread][counts_[thread]++] = event;
}

void Symmetry::pop() {
  const int thread = graph_[order_[as_size(--size_)]].thread;
  --counts_[as_size(thread)];
  turned_up_ -= counts_[as_size(thread)] == 0 && thread >= alike_from_ ? 1U : 0U;
}

bool Symmetry::is_least() {
  Renaming renaming;
  for (int thread = 0; thread < kMaxSimulatedThreads; ++thread) {
    const auto t = as_size(thread);
    renaming.name[t] = thread < alike_from_ ? thread : kUnnamed;
    renaming.done[t] = 0;
  }
  renaming.next_name = alike_from_;
  renaming.changed = false;
  return !can_be_beaten(0, renaming);
}

// True if the renamed graph's normal form can, from `place` on, become less than the graph's own.
bool Symmetry::can_be_beaten(int place, Renaming renaming) {
  for (; place < size_; ++place) {
    // In the graph itself, names are numbers.
    const int target = graph_[order_[as_size(place)]].thread;
    const int least = least_available(place, renaming);
    if (least != target) return least < target;
    if (target == renaming.next_name) break;
    if (!renaming.changed && as_size(renaming.next_name) == as_size(alike_from_) + turned_up_) {
      return false;  // nobody is renamed
    }
    int thread = 0;
    while (renaming.name[as_size(thread)] != target) ++thread;
    if (const int difference = compare(next_of(thread, renaming), place); difference != 0) {
      return difference < 0;
    }
    take(thread, place, renaming);
  }
  // A thread appears here for the first time: it can be any one without a name.
  for (int thread = alike_from_; thread < threads_ && place < size_; ++thread) {
    if (renaming.name[as_size(thread)] != kUnnamed || !available(thread, place, renaming)) continue;
    const int difference = compare(next_of(thread, renaming), place);
    if (difference < 0) return true;
    if (difference > 0) continue;
    Renaming named = renaming;
    named.changed = named.changed || thread != named.next_name;
    named.name[as_size(thread)] = named.next_name++;
    take(thread, place, named);
    if (can_be_beaten(place + 1, named)) return true;
  }
  return false;
}

// The name of the thread that goes next in the renamed graph; kMaxSimulatedThreads if none can.
int Symmetry::least_available(int place, const Renaming& renaming) const {
  int least = kMaxSimulatedThreads;
  for (int thread = 0; thread < threads_; ++thread) {
    const int name = renaming.name[as_size(thread)];
    const int shown = name == kUnnamed ? renaming.next_name : name;
    if (shown < least && available(thread, place, renaming)) least = shown;
  }
  return least;
}

// A read goes only after the write it reads.
bool Symmetry::available(int thread, int place, const Renaming& renaming) const {
  if (renaming.done[as_size(thread)] == counts_[as_size(thread)]) return false;
  const Event& event = graph_[next_of(thread, renaming)];
  const EventId source = event.choice.at;
  return !event.is_read || graph_[source].thread == kOutside ||
         (renamed_places_[source] < place &&
          renamed_order_[as_size(renamed_places_[source])] == source);
}

// The place, among the steps before `place`, of the write that `event` reads or stores behind; -1
// if that is a first value.
int Symmetry::behind(EventId event, const Places& places, const Order& order, int place) const {
  const Event& made = graph_[event];
  EventId write = made.is_write ? made.older : made.choice.at;
  while (graph_[write].thread != kOutside &&
         (places[write] >= place || order[as_size(places[write])] != write)) {
    write = graph_[write].older;
  }
  return graph_[write].thread == kOutside ? -1 : places[write];
}

// Negative if `candidate`, as the renamed graph's step at `place`, is less than the graph's own.
int Symmetry::compare(EventId candidate, int place) const {
  const Event& mine = graph_[candidate];
  const Event& theirs = graph_[order_[as_size(place)]];
  if (mine.operation.op != theirs.operation.op) {
    throw std::runtime_error("threads declared alike run different code");
  }
  const int difference = behind(candidate, renamed_places_, renamed_order_, place) -
                         behind(order_[as_size(place)], places_, order_, place);
  return difference != 0 ? difference : int{mine.choice.spurious} - int{theirs.choice.spurious};
}

void Symmetry::take(int thread, int place, Renaming& renaming) {
  const EventId event = next_of(thread, renaming);
  renamed_places_[event] = static_cast<std::int16_t>(place);
  renamed_order_[as_size(place)] = event;
  ++renaming.done[as_size(thread)];
}

}  // namespace awlab::explore
