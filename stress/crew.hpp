// The crew: persistent threads that play the rounds of a batch together.
//
// Each round begins at a gate. The thread that opens it names a time a few hundred nanoseconds
// ahead, and each worker spins on the processor's clock until that time plus the delay of its role.
// So roles meet within tens of nanoseconds where there are as many cores as workers. Where there
// are fewer workers than roles, a worker plays several roles one after the other: no round costs a
// switch of threads.
#ifndef AWLAB_STRESS_CREW_HPP_
#define AWLAB_STRESS_CREW_HPP_

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "stress/gate.hpp"
#include "stress/noise.hpp"
#include "stress/round.hpp"

namespace awlab::stress {

/// The work of a crew. None of these functions is called while rounds are played.
class Work {
 public:
  virtual ~Work() = default;
  /// Chooses the next rounds; false: there are no more. One worker calls it while all others wait.
  virtual bool plan() = 0;
  /// Prepares round number `index` of the batch, with its cues. All workers call build() at once,
  /// for different rounds; likewise judge().
  virtual void build(Round& round, std::size_t index) = 0;
  /// Judges the round and destroys it.
  virtual void judge(Round& round, int worker) = 0;
};

struct CrewOptions {
  int threads = 2;
  bool aligned = true;  // false: no common start and no delays, for comparison
  Noise noise;
};

class Crew {
 public:
  static constexpr std::size_t kBatch = 32;  // rounds

  explicit Crew(const CrewOptions& options);
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;
  /// Requires that no work is in progress.
  ~Crew();

  /// Does `work` until its plan() returns false.
  void start(Work& work);
  /// True if no work is in progress.
  [[nodiscard]] bool is_idle() const { return working_.load(std::memory_order_acquire) == 0; }
  void wait();

  /// For the monitor: the round being played, or null.
  [[nodiscard]] Round* current() const { return current_.load(std::memory_order_acquire); }
  [[nodiscard]] int threads() const { return options_.threads; }
  /// The processor time that a worker has used so far, in seconds.
  [[nodiscard]] double processor_seconds(int worker) const;
  /// True if a worker sleeps in the system; false if that is unknown.
  [[nodiscard]] bool is_asleep(int worker) const;

 private:
  void serve(int me);
  void play_batches(int me, NoiseMaker& noise);
  void play(Round& round, int me, NoiseMaker& noise);

  const CrewOptions options_;
  const std::unique_ptr<std::array<Round, kBatch>> rounds_;
  Gate gate_;
  std::uint64_t lead_;       // ticks until the common start
  std::uint64_t start_ = 0;  // start of the round, in ticks
  bool more_ = false;
  Work* work_ = nullptr;
  std::atomic<Round*> current_{nullptr};
  std::atomic<int> working_{0};
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t calls_ = 0;  // number of calls of start()
  bool ends_ = false;
  std::vector<std::atomic<int>> system_ids_;  // thread ids of the workers
  std::vector<std::thread> threads_;
};

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_CREW_HPP_
