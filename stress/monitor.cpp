#include "stress/monitor.hpp"

#include <chrono>

namespace awlab::stress {
namespace {

constexpr std::chrono::milliseconds kBetweenLooks{1};
constexpr std::uint64_t kSlow = 1000;  // looks at one round

}  // namespace

Monitor::Monitor(Crew& crew, double endless_seconds)
    : crew_(crew), endless_seconds_(endless_seconds), thread_([this] { watch(); }) {}

Monitor::~Monitor() {
  ends_.store(true, std::memory_order_relaxed);
  thread_.join();
}

void Monitor::watch() {
  while (!ends_.load(std::memory_order_relaxed)) {
    if (Round* round = crew_.current()) {
      look_at(*round);
    } else {
      last_ = {};
    }
    std::this_thread::sleep_for(kBetweenLooks);
  }
}

void Monitor::look_at(Round& round) {
  round.look([&] { round.set_verdict(round.scenario().deadlocked()); });
  const std::pair<Round*, std::uint64_t> now{&round, round.progress().second};
  if (now != last_) {
    last_ = now;
    looks_ = 0;
    used_.clear();
    for (int i = 0; i < crew_.threads(); ++i) used_.push_back(crew_.processor_seconds(i));
    return;
  }
  if (++looks_ == kSlow) ++slow_rounds_;
  if (looks_ % kSlow == 0) look_for_endless_call(round);
}

// Whose worker has had the processor all the while. Who waits at the gate has it too, but all of its
// roles have ended.
void Monitor::look_for_endless_call(Round& round) {
  const int roles = round.roles();
  for (int i = 0; i < roles; ++i) {
    const Cue cue = round.cue(i);
    const auto worker = static_cast<std::size_t>(cue.worker);
    if (!round.has_ended(cue.role) &&
        crew_.processor_seconds(cue.worker) - used_[worker] > endless_seconds_) {
      endless_role_.store(cue.role, std::memory_order_release);
    }
  }
}

}  // namespace awlab::stress
