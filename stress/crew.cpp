#include "stress/crew.hpp"

#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <string>

#include "core/support/as_size.hpp"
#include "core/support/cores.hpp"
#include "core/support/crash.hpp"
#include "stress/ticks.hpp"

namespace awlab::stress {
namespace {

// Long enough that all workers have left the gate by then.
constexpr double kLeadNs = 150;
constexpr int kPatience = 1000;
constexpr int kLittlePatience = 50;  // where workers share cores

bool share_cores(int threads) { return threads > static_cast<int>(reports::core_count()); }

// Waits for at most `most` ticks, whatever the clocks of other cores show.
void wait_until(std::uint64_t time, std::uint64_t most) {
  const std::uint64_t last = ticks() + most;
  time = std::min(time, last);
  while (ticks() < time) {
    StdPlatform::spin_hint();
  }
}

}  // namespace

Crew::Crew(const CrewOptions& options)
    : options_(options),
      rounds_(std::make_unique<std::array<Round, kBatch>>()),
      gate_(options.threads, share_cores(options.threads) ? kLittlePatience : kPatience),
      lead_(share_cores(options.threads) ? 0
                                         : static_cast<std::uint64_t>(kLeadNs * ticks_per_ns())) {
  system_ids_ = std::vector<std::atomic<int>>(as_size(options.threads));
  for (int i = 0; i < options.threads; ++i) {
    threads_.emplace_back([this, i] { serve(i); });
  }
}

Crew::~Crew() {
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Crew::start(Work& work) {
  {
    const std::lock_guard lock(mutex_);
    work_ = &work;
    ++calls_;
    working_.store(options_.threads, std::memory_order_release);
  }
  changed_.notify_all();
}

void Crew::wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return is_idle(); });
}

double Crew::processor_seconds(int worker) const {
  clockid_t clock{};
  timespec time{};
  auto& thread = const_cast<std::thread&>(threads_[as_size(worker)]);
  if (pthread_getcpuclockid(thread.native_handle(), &clock) != 0 ||
      clock_gettime(clock, &time) != 0) {
    return 0;
  }
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

// Reads the state letter behind the thread's name, which ends at the last bracket.
bool Crew::is_asleep(int worker) const {
  const int id = system_ids_[as_size(worker)].load(std::memory_order_relaxed);
  std::ifstream file("/proc/self/task/" + std::to_string(id) + "/stat");
  std::string text;
  std::getline(file, text);
  const std::size_t name = text.rfind(')');
  return name != std::string::npos && name + 2 < text.size() && text[name + 2] == 'S';
}

void Crew::serve(int me) {
  system_ids_[as_size(me)].store(static_cast<int>(syscall(SYS_gettid)), std::memory_order_relaxed);
  const CrashWatch watch;
  NoiseMaker noise(options_.noise, me);
  for (std::uint64_t call = 1;; ++call) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return ends_ || calls_ == call; });
      if (ends_) return;
    }
    play_batches(me, noise);
    {
      const std::lock_guard lock(mutex_);
      working_.fetch_sub(1, std::memory_order_acq_rel);
    }
    changed_.notify_all();
  }
}

void Crew::play_batches(int me, NoiseMaker& noise) {
  while (true) {
    gate_.pass([this] { more_ = work_->plan(); });
    if (!more_) return;
    noise.before_batch();
    const auto step = as_size(options_.threads);
    for (auto i = as_size(me); i < kBatch; i += step) {
      work_->build((*rounds_)[i], i);
    }
    for (Round& round : *rounds_) {
      gate_.pass([&] {
        current_.store(&round, std::memory_order_release);
        start_ = ticks() + lead_;
      });
      play(round, me, noise);
    }
    gate_.pass([this] { current_.store(nullptr, std::memory_order_release); });
    for (auto i = as_size(me); i < kBatch; i += step) {
      work_->judge((*rounds_)[i], me);
    }
  }
}

void Crew::play(Round& round, int me, NoiseMaker& noise) {
  std::uint64_t from = start_;
  const int roles = round.roles();
  for (int i = 0; i < roles; ++i) {
    const Cue cue = round.cue(i);
    if (cue.worker != me) continue;
    noise.before_role();
    if (options_.aligned && !cue.at_once) wait_until(from + cue.delay, lead_ + cue.delay);
    round.play(cue.role);
    from = ticks();
  }
}

}  // namespace awlab::stress
