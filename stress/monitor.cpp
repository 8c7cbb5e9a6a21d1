#include "stress/monitor.hpp"

#include <chrono>

#include "core/support/as_size.hpp"

namespace awlab::stress {
namespace {

constexpr std::chrono::milliseconds kBetweenLooks{1};
constexpr std::uint64_t kSlow = 1000;  // looks at one round until it counts as slow

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
    asleep_ = 0;
    used_.clear();
    for (int i = 0; i < crew_.threads(); ++i) used_.push_back(crew_.processor_seconds(i));
    return;
  }
  if (++looks_ == kSlow) ++slow_rounds_;
  if (looks_ % kSlow == 0) look_for_endless_call(round);
}

// Looks at each worker's current role, because the roles behind it only wait for it. A role is in
// an endless call if its worker has used more processor time than the limit. If all such workers
// sleep, look after look, then nobody is left who could wake one: had the role only been parked, it
// would have been rescued.
void Monitor::look_for_endless_call(Round& round) {
  std::vector<bool> seen(used_.size());
  int first = kNone;
  bool all_asleep = true;
  for (int i = 0; i < round.roles(); ++i) {
    const Cue cue = round.cue(i);
    const auto worker = as_size(cue.worker);
    if (round.has_ended(cue.role) || seen[worker]) continue;
    seen[worker] = true;
    if (first == kNone) first = cue.role;
    if (crew_.processor_seconds(cue.worker) - used_[worker] > endless_seconds_) {
      endless_role_.store(cue.role, std::memory_order_release);
      return;
    }
    all_asleep = all_asleep && crew_.is_asleep(cue.worker);
  }
  asleep_ = all_asleep ? asleep_ + 1 : 0;
  if (first != kNone && asleep_ > endless_seconds_) {
    endless_role_.store(first, std::memory_order_release);
  }
}

}  // namespace awlab::stress
