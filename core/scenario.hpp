// A scenario: a closed program of a few threads on one cell, and what must hold.
//
// `Scenario` is what an engine runs, one object for one execution: before(), then thread(i) for each
// thread at once, then after(). `Scene` is what the scenarios in core/scenarios/ are written in.
#ifndef AWLAB_CORE_SCENARIO_HPP_
#define AWLAB_CORE_SCENARIO_HPP_

#include <array>
#include <optional>
#include <string>

#include "core/contract.hpp"
#include "core/ledger.hpp"
#include "core/scenario_platform.hpp"
#include "core/subject.hpp"

namespace awlab {

/// Storage of this many bytes, with fundamental alignment, holds every scenario of every subject.
inline constexpr std::size_t kScenarioStorage = 16384;

/// One execution of a scenario. Not copyable; engines place it in storage of their own.
class Scenario {
 public:
  Scenario() = default;
  Scenario(const Scenario&) = delete;
  Scenario& operator=(const Scenario&) = delete;
  virtual ~Scenario() = default;

  [[nodiscard]] virtual int threads() const = 0;
  /// Set-up, ordered before all threads.
  virtual void before() = 0;
  /// The program of thread `index`.
  virtual void thread(int index) = 0;
  /// The checks from the outside, ordered after all threads.
  virtual void after() = 0;

  /// The first violation so far.
  [[nodiscard]] virtual const std::optional<Violation>& violation() const = 0;
  /// What it means that every unfinished thread is parked for ever.
  [[nodiscard]] virtual Violation deadlocked() const = 0;
  /// Whether a bound on polls cut this execution short.
  [[nodiscard]] virtual bool cut() const = 0;
  [[nodiscard]] virtual TraceNames names() const = 0;
};

/// The shared part of all scenarios: the cell, the ledger, checked calls, and the final checks.
template <ScenarioPlatform P, WakerCell Cell>
class Scene : public Scenario {
 public:
  using Word = typename P::template atomic<std::size_t>;

  static constexpr int kConsumer = 0;
  static constexpr WakerId kW1 = 0;
  static constexpr WakerId kW2 = 1;

  explicit Scene(int producers) : producers_(producers) {
    cell_.emplace();
    P::watch(&*cell_, sizeof(Cell));
  }

  [[nodiscard]] int threads() const override { return 1 + producers_; }

  void before() final {
    P::outside(true);
    set_up();
    P::outside(false);
  }

  void after() final {
    P::outside(true);
    ledger_.disarm();
    finish();
    const WakerId missed = ledger_.missed();
    judge_rest();
    if (missed != kNoWaker) {
      ledger_.violate(missed_wakeup(missed));
    }
    cell_.reset();
    ledger_.judge_conservation();
    P::outside(false);
  }

  [[nodiscard]] const std::optional<Violation>& violation() const override {
    return ledger_.violation();
  }

  [[nodiscard]] Violation deadlocked() const override {
    const WakerId missed = ledger_.missed();
    return missed != kNoWaker && producers_done_.get() == static_cast<unsigned>(producers_)
               ? missed_wakeup(missed)
               : Violation{Property::kP9, Kind::kDeadlock, info(Property::kP9).law,
                           "every unfinished thread is parked, and nobody is left to wake it"};
  }

  [[nodiscard]] bool cut() const override { return cut_; }

  [[nodiscard]] TraceNames names() const override {
    TraceNames names;
    names.threads.emplace_back("consumer");
    for (int i = 1; i <= producers_; ++i) {
      names.threads.push_back("producer " + std::to_string(i));
    }
    names.wakers = {"w1", "w2", "w3", "w4", "w5", "w6", "w7", "fresh"};
    names.publication = "num";
    return names;
  }

 protected:
  virtual void set_up() {}
  /// What remains to be judged when all threads are done, before the cell is checked for rest.
  virtual void finish() {}

  /// The calls of the cell, each judged by the ledger. They return whether the call came back
  /// normally.
  bool register_by_ref(const Waker& waker, WakerId id) {
    return judged(Call::kRegister, id, [&] { cell_->register_by_ref(waker); });
  }
  bool wake() {
    return judged(Call::kWake, kNoWaker, [&] { cell_->wake(); });
  }
  /// Takes the waker and wakes it, outside of the cell: a waker that was handed out counts as woken.
  bool take_and_wake() {
    std::optional<Waker> taken;
    const bool returned = judged(Call::kTake, kNoWaker, [&] { taken = cell_->take_waker(); });
    if (taken) {
      taken->wake();
    }
    return returned;
  }

  /// The calling producer has published and woken.
  void producer_done() { producers_done_.increment(); }

  /// The consumer's look after registering `id`: a relaxed load, so that only the cell orders it.
  bool check(const Word& num, WakerId id) {
    const bool ready = num.load(std::memory_order_relaxed) == static_cast<std::size_t>(producers_);
    ledger_.looked(id, ready);
    return ready;
  }

  void cut_short() { cut_ = true; }

  [[nodiscard]] int producers() const { return producers_; }
  Ledger<P>& ledger() { return ledger_; }
  std::optional<Cell>& cell() { return cell_; }

 private:
  static constexpr WakerId kFresh = Ledger<P>::kMaxWakers - 1;

  template <class F>
  bool judged(Call call, WakerId id, F&& f) {
    ledger_.begin(call, id);
    try {
      f();
    } catch (const ScriptedError& error) {
      ledger_.end(error.waker);
      return false;
    } catch (...) {
      ledger_.end_with_foreign_exception();
      return false;
    }
    ledger_.end();
    return true;
  }

  // P5, from the outside.
  void judge_rest() {
    if (!cell_) {
      return;
    }
    const auto expect = [&](unsigned wakes, std::string_view expected, std::string_view actual) {
      if (ledger_.wakes(kFresh) != wakes) {
        const bool panicked = ledger_.clone_threw();
        ledger_.violate({panicked ? Property::kP6 : Property::kP5,
                         panicked ? Kind::kPanicSafety : Kind::kStuckState, expected, actual,
                         kOutside, kFresh});
      }
    };
    const Waker fresh = ledger_.make(kFresh);
    register_by_ref(fresh, kFresh);
    expect(0, "with no call in progress, a fresh waker is stored and not woken",
           "a fresh waker was woken by its own registration: WAKING was left set");
    wake();
    expect(1, "with no call in progress, the next wake wakes a fresh waker once",
           "the next wake did not wake the fresh waker: the cell was left owned");
    wake();
    expect(1, "once its waker is woken, another wake does nothing",
           "a second wake woke the fresh waker again");
  }

  static Violation missed_wakeup(WakerId waker) {
    return {
        Property::kP1,
        Kind::kMissedWakeup,
        "the waker registered last is woken, as the look after its registration saw \"not ready\"",
        "the consumer saw \"not ready\" after its last register, every producer published and "
        "called wake, and the waker was never woken",
        kConsumer,
        waker};
  }

  const int producers_;
  bool cut_ = false;
  Counter<P::kSimulated> producers_done_;
  Ledger<P> ledger_;
  std::optional<Cell> cell_;
};

}  // namespace awlab

#endif  // AWLAB_CORE_SCENARIO_HPP_
