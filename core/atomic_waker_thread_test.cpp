// The shipped cell on real threads, for the sanitizers to watch. A missed wake-up is recognised by
// state, never by time: every producer has returned from its last wake, and the consumer, which
// had registered and then found the work incomplete, was not woken.
//
// Cells are on the heap: clang does not instrument the fields of a cell in a local variable, so
// ThreadSanitizer would not see a race on them.
#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "core/atomic_waker.hpp"

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
// A broken cell races in every round, and each report takes time: the first one decides.
extern "C" const char* __tsan_default_options() { return "halt_on_error=1"; }
#endif
#endif

namespace awlab {
namespace {

struct ScriptedError {};

// A consumer that can be parked. Its handles are objects on the heap with a plain field, so that a
// handle given to two owners, or handed over without synchronisation, is a race or a double free.
// All counters are relaxed: they must not order what only the cell should order.
class ParkedTask {
 public:
  /// Each `n`-th clone and each `n`-th wake throws, the wake after it has done its work; 0: none.
  explicit ParkedTask(int throw_each) : throw_each_(throw_each) {}

  Waker waker() { return Waker(raw_waker()); }

  /// Waits until the task is woken or all producers have finished; false if nothing woke it.
  bool park(int producers) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return woken_ || finished_ == producers; });
    return std::exchange(woken_, false);
  }

  /// Called by each producer after its last wake has returned.
  void producer_finished() {
    const std::lock_guard lock(mutex_);
    ++finished_;
    changed_.notify_one();
  }

  /// Waits for the producers, and forgets everything about their round.
  void end_round(int producers) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return finished_ == producers; });
    finished_ = 0;
    woken_ = false;
  }

  long made() const { return made_.load(std::memory_order_relaxed); }
  long released() const { return released_.load(std::memory_order_relaxed); }
  long woken() const { return wakes_.load(std::memory_order_relaxed); }

 private:
  struct Handle {
    ParkedTask* task;
    int uses;
  };

  void wake_up() {
    const long calls = wakes_.fetch_add(1, std::memory_order_relaxed) + 1;
    {
      const std::lock_guard lock(mutex_);
      woken_ = true;
      changed_.notify_one();
    }
    throw_if_due(calls);
  }
  void throw_if_due(long calls) const {
    if (throw_each_ != 0 && calls % throw_each_ == 0) {
      throw ScriptedError{};
    }
  }

  static ParkedTask& use(void* data) {
    auto& handle = *static_cast<Handle*>(data);
    ++handle.uses;
    return *handle.task;
  }
  static ParkedTask& release(void* data) {
    ParkedTask& task = use(data);
    delete static_cast<Handle*>(data);
    task.released_.fetch_add(1, std::memory_order_relaxed);
    return task;
  }

  RawWaker raw_waker() {
    made_.fetch_add(1, std::memory_order_relaxed);
    return {new Handle{this, 0}, &kTable};
  }

  static RawWaker clone(void* data) {
    ParkedTask& task = use(data);
    task.throw_if_due(task.clones_.fetch_add(1, std::memory_order_relaxed) + 1);
    return task.raw_waker();
  }
  static void wake(void* data) { release(data).wake_up(); }
  static void wake_by_ref(void* data) { use(data).wake_up(); }
  static void drop(void* data) noexcept { release(data); }

  static constexpr WakerVTable kTable = {&clone, &wake, &wake_by_ref, &drop};

  const int throw_each_;
  std::atomic<long> made_{0};
  std::atomic<long> released_{0};
  std::atomic<long> clones_{0};
  std::atomic<long> wakes_{0};
  std::mutex mutex_;
  std::condition_variable changed_;
  bool woken_ = false;
  int finished_ = 0;
};

// True if `f` returned; false if it threw the exception of the wakers.
template <class F>
bool returns(F&& f) {
  try {
    std::forward<F>(f)();
    return true;
  } catch (const ScriptedError&) {
    return false;
  }
}

// Like expect_at_rest() in cell_fixture.hpp, with the wakers of this file.
void expect_at_rest(AtomicWaker<>& cell) {
  ParkedTask probe(0);
  cell.register_waker(probe.waker());
  EXPECT_EQ(probe.woken(), 0);
  EXPECT_EQ(probe.released(), 0);
  cell.wake();
  cell.wake();
  EXPECT_EQ(probe.woken(), 1);
  EXPECT_EQ(probe.released(), 1);
}

// One consumer and `producers` producers, round after round on one cell. Only the cell orders the
// work done (`num`, relaxed) before the consumer's look at it.
class Rounds {
 public:
  Rounds(int producers, int throw_each) : producers_(producers), task_(throw_each) {}

  void run(int rounds, int wakes_each) {
    {
      std::vector<std::jthread> threads;
      for (int i = 0; i < producers_; ++i) {
        threads.emplace_back([=, this] { produce(rounds, wakes_each); });
      }
      consume(rounds, wakes_each);
    }
    expect_at_rest(*cell_);
    cell_.reset();
    EXPECT_EQ(task_.made(), task_.released()) << "wakers are not conserved";
    EXPECT_EQ(missed_, 0) << "the consumer slept through the last wake-up";
  }

 private:
  void produce(int rounds, int wakes_each) {
    for (int round = 0; round < rounds; ++round) {
      while (started_.load(std::memory_order_acquire) <= round) {
        std::this_thread::yield();  // not blocked: the calls of a round should overlap
      }
      for (int i = 0; i < wakes_each; ++i) {
        num_.fetch_add(1, std::memory_order_relaxed);
        returns([&] { cell_->wake(); });
      }
      task_.producer_finished();
    }
  }

  void consume(int rounds, int wakes_each) {
    const Waker waker = task_.waker();
    for (int round = 1; round <= rounds; ++round) {
      const long ready = static_cast<long>(round) * producers_ * wakes_each;
      started_.store(round, std::memory_order_release);
      for (int poll = 0;; ++poll) {
        const bool registered = returns([&] {
          poll % 2 == 0 ? cell_->register_by_ref(waker) : cell_->register_waker(task_.waker());
        });
        if (num_.load(std::memory_order_relaxed) == ready) break;
        if (registered && !task_.park(producers_)) {
          ++missed_;
          break;
        }
      }
      task_.end_round(producers_);
    }
  }

  const int producers_;
  int missed_ = 0;
  std::unique_ptr<AtomicWaker<>> cell_ = std::make_unique<AtomicWaker<>>();
  std::atomic<long> num_{0};
  ParkedTask task_;
  std::atomic<int> started_{0};
};

class AtomicWakerThreadTest : public testing::TestWithParam<int> {};

TEST_P(AtomicWakerThreadTest, no_wake_up_is_missed) { Rounds(GetParam(), 0).run(4000, 1); }

TEST_P(AtomicWakerThreadTest, no_wake_up_is_missed_when_clones_and_wakes_throw) {
  Rounds(GetParam(), 3).run(2000, 1);
}

INSTANTIATE_TEST_SUITE_P(Producers, AtomicWakerThreadTest, testing::Range(1, 5),
                         testing::PrintToStringParamName());

// No consumer: only the wakers' conservation, the exclusive slot and the rest at the end.
TEST(AtomicWakerRaceTest, racing_registrars_and_takers_conserve_wakers) {
  constexpr int kCalls = 20000;
  const auto cell = std::make_unique<AtomicWaker<>>();
  ParkedTask task(0);
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 2; ++i) {
      threads.emplace_back([&, by_ref = i == 0] {
        const Waker waker = task.waker();
        for (int call = 0; call < kCalls; ++call) {
          by_ref ? cell->register_by_ref(waker) : cell->register_waker(task.waker());
        }
      });
      threads.emplace_back([&] {
        for (int call = 0; call < kCalls; ++call) {
          if (std::optional<Waker> taken = cell->take_waker(); taken && call % 2 == 0) {
            taken->wake();
          }
        }
      });
    }
  }
  expect_at_rest(*cell);  // drops what is left in the cell
  EXPECT_EQ(task.made(), task.released());
}

}  // namespace
}  // namespace awlab
