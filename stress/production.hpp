// production: the cell as production code uses it, AtomicWaker<StdPlatform>, with no recording.
//
// The other scenarios record each step and keep a ledger. Those writes stand between a registration
// and the look after it, or between a publication and its wake, and so hide the effect of stores
// that a processor has not yet shown to others. Here each operation follows the other at once, and
// everything is judged at the end.
#ifndef AWLAB_STRESS_PRODUCTION_HPP_
#define AWLAB_STRESS_PRODUCTION_HPP_

#include <atomic>
#include <optional>
#include <string>

#include "core/scenario/scenario.hpp"
#include "core/std_platform.hpp"
#include "core/support/as_size.hpp"
#include "stress/platform.hpp"

namespace awlab::stress {

/// Consumer: register(w1); look at all flags; then the same again with w2. Each of N producers: set
/// its flag to 1 with a plain store instruction; wake().
template <WakerCell Cell>
class Production : public Scenario {
 public:
  explicit Production(int producers) : producers_(static_cast<unsigned>(producers)) {
    cell_.emplace();
  }

  [[nodiscard]] int threads() const override { return 1 + static_cast<int>(producers_); }
  void before() override {}

  void thread(int index) override {
    if (index > 0) {
      flags_[as_size(index - 1)].store(true, std::memory_order_relaxed);
      cell_->wake();
      return;
    }
    for (Task& task : tasks_) {
      const Waker waker = task.waker();
      cell_->register_by_ref(waker);
      for (unsigned i = 0; i < producers_; ++i) {
        task.seen += flags_[i].load(std::memory_order_relaxed) ? 1U : 0U;
      }
    }
    note_look();
  }

  void after() override {
    const Task& last = tasks_.back();
    if (last.seen < producers_ && last.wakes.load(std::memory_order_relaxed) == 0) {
      violate(
          Property::kP1, Kind::kMissedWakeup,
          "the waker registered last is woken, as the look after its registration saw \"not "
          "ready\"",
          "the look after the last register did not see a publication whose wake came back, and "
          "the waker was never woken");
    }
    judge_rest();
    cell_.reset();
    for (const Task& task : tasks_) judge_conservation(task);
    judge_conservation(fresh_);
  }

  [[nodiscard]] const std::optional<Violation>& violation() const override { return violation_; }
  [[nodiscard]] std::optional<Violation> deadlocked() const override { return std::nullopt; }
  [[nodiscard]] bool cut() const override { return false; }
  [[nodiscard]] TraceNames names() const override {
    TraceNames names;
    names.threads.emplace_back("consumer");
    for (unsigned i = 1; i <= producers_; ++i) {
      names.threads.push_back("producer " + std::to_string(i));
    }
    names.wakers = {"w1", "w2"};
    names.publication = "flags";
    return names;
  }

 private:
  // The counts of one waker's handles.
  struct Task {
    Waker waker() {
      handles.fetch_add(1, std::memory_order_relaxed);
      return Waker(this, kVTable);
    }
    std::atomic<unsigned> wakes{0};
    std::atomic<int> handles{0};  // live handles
    unsigned seen = 0;            // flags seen at the look after its registration
  };

  static Task& task(void* data) { return *static_cast<Task*>(data); }
  static RawWaker clone(void* data) {
    task(data).handles.fetch_add(1, std::memory_order_relaxed);
    return {data, &kVTable};
  }
  static void wake(void* data) {
    wake_by_ref(data);
    drop(data);
  }
  static void wake_by_ref(void* data) {
    task(data).wakes.fetch_add(1, std::memory_order_relaxed);
    note(Step::kWoken);  // the wake is already done: this hides nothing
  }
  static void drop(void* data) noexcept {
    task(data).handles.fetch_sub(1, std::memory_order_relaxed);
  }
  static constexpr WakerVTable kVTable = {&clone, &wake, &wake_by_ref, &drop};

  // Recorded for the count of outcomes, when it can no longer disturb the round.
  void note_look() {
    note(tasks_.back().seen == producers_ ? Step::kSawReady : Step::kSawNotReady);
  }
  static void note(Step step) {
    TraceEvent event;
    event.step = step;
    event.thread = static_cast<std::int8_t>(StressPlatform::current_thread());
    StressPlatform::note(event);
  }

  void judge_rest() {
    const Waker fresh = fresh_.waker();
    cell_->register_by_ref(fresh);
    const unsigned at_once = fresh_.wakes.load(std::memory_order_relaxed);
    cell_->wake();
    cell_->wake();
    if (at_once != 0 || fresh_.wakes.load(std::memory_order_relaxed) != 1) {
      violate(Property::kP5, Kind::kStuckState, info(Property::kP5).law,
              "a fresh waker was not stored, or not woken once by two wakes");
    }
  }

  void judge_conservation(const Task& task) {
    if (task.handles.load(std::memory_order_relaxed) != 0) {
      violate(Property::kP2, Kind::kWakerLifetime, info(Property::kP2).law,
              "a waker was not woken or dropped exactly once");
    }
  }

  void violate(Property property, Kind kind, std::string_view expected, std::string_view actual) {
    if (!violation_) violation_ = Violation{property, kind, expected, actual};
  }

  const unsigned producers_;
  std::optional<Violation> violation_;
  std::array<Task, 2> tasks_;
  Task fresh_;
  alignas(64) std::optional<Cell> cell_;
  alignas(64) std::array<std::atomic<bool>, kMaxThreads - 1> flags_{};
};

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_PRODUCTION_HPP_
