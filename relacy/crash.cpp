#include "relacy/crash.hpp"

#include "core/support/as_size.hpp"
#include "relacy/heap.hpp"
#include "relacy/memory.hpp"

namespace awlab::relacy {
namespace {

std::optional<PlacedCrash> crash_seen;
std::array<Places, kMaxThreads + 1> places;

Places& my_places() { return places[as_size(Memory::current_thread())]; }

void take(const Crash& crash) {
  if (!Heap::active()) return;
  crash_seen = {crash, my_places().innermost(), Memory::current_thread()};
  Memory::violated();
}

}  // namespace

void Crashes::start() {
  take_crashes(&take);
  crash_seen.reset();
  for (Places& of_thread : places) of_thread.clear();
}

const std::optional<PlacedCrash>& Crashes::seen() { return crash_seen; }

void Crashes::enter(Place place) { my_places().enter(place); }
void Crashes::leave() { my_places().leave(); }
void Crashes::note(const TraceEvent& event) { places[as_size(event.thread)].note(event); }

}  // namespace awlab::relacy
