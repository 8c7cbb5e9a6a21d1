#include "stress/crash.hpp"

#include <unistd.h>

#include <atomic>

namespace awlab::stress {
namespace {

// State that a signal handler may touch: atomic, and nothing that allocates.
std::atomic<bool> claimed{false};
std::atomic<bool> happened{false};
PlacedCrash what{};
CurrentRole where{};
thread_local constinit Places places;

void hold(const Crash& crash) {
  if (current_role.round == nullptr) return;
  if (!claimed.exchange(true, std::memory_order_relaxed)) {
    const Place outside = places.innermost();
    const Recorder* const recorder = current_role.recorder;
    what = {.crash = crash,
            .place = outside == Place::kScenario && recorder != nullptr ? place_of(recorder->call())
                                                                        : outside,
            .thread = recorder != nullptr ? recorder->role() : kOutside};
    where = current_role;
    happened.store(true, std::memory_order_release);
  }
  while (true) pause();
}

}  // namespace

void hold_crashes() { take_crashes(&hold, true); }

std::optional<HeldCrash> crash() {
  if (!happened.load(std::memory_order_acquire)) return std::nullopt;
  return HeldCrash{violation_of(what), where.round, where.recorder};
}

Places& my_places() { return places; }

}  // namespace awlab::stress
