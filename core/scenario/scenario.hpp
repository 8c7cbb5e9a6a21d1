// A scenario: a closed program of a few threads on one cell, and what must hold.
//
// `Scenario` is the interface for engines, one object for one execution: before(), then thread(i)
// for all threads at once, then after(). `Scene` is the base of the scenarios in core/scenario/.
#ifndef AWLAB_CORE_SCENARIO_SCENARIO_HPP_
#define AWLAB_CORE_SCENARIO_SCENARIO_HPP_

#include <array>
#include <optional>
#include <string>

#include "core/contract/contract.hpp"
#include "core/contract/ledger.hpp"
#include "core/scenario/scenario_platform.hpp"
#include "core/subjects/subject_module.hpp"
#include "core/support/as_size.hpp"

namespace awlab {

/// Storage of this many bytes, with the largest alignment that a subject may ask for
/// (kSubjectAlignment), holds every scenario of every subject.
inline constexpr std::size_t kScenarioStorage = 32768;

/// The parts of a scenario.
struct Setup {
  const CellTable& cell;
  int producers;
};

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
  /// The violation if every unfinished thread waits for ever; none if that is as it should be.
  [[nodiscard]] virtual std::optional<Violation> deadlocked() const = 0;
  /// The progress of thread `index`: the number of its instruction, if the scenario has
  /// instructions.
  [[nodiscard]] virtual int position(int /*index*/) const { return 0; }
  /// The violation of this scenario that an access to a destroyed object is.
  [[nodiscard]] virtual Property broken_by_late_access() const { return Property::kP4; }
  /// True if a bound on polls cut this execution short.
  [[nodiscard]] virtual bool cut() const = 0;
  [[nodiscard]] virtual TraceNames names() const = 0;
};

/// The shared part of all scenarios: the cell, the ledger, checked calls, and the final checks.
template <ScenarioPlatform P>
class Scene : public Scenario {
 public:
  using Word = typename P::template atomic<std::size_t>;

  static constexpr int kConsumer = 0;
  static constexpr WakerId kW1 = 0;
  static constexpr WakerId kW2 = 1;

  explicit Scene(const Setup& setup, int cells = 1)
      : table_(setup.cell), producers_(setup.producers), ledger_(setup.cell.promises) {
    for (int i = 0; i < cells; ++i) {
      renew_cell(i);
      P::watch(i, cell(i).data(), cell(i).size());
    }
  }

  [[nodiscard]] int threads() const override { return 1 + producers_; }

  void before() final {
    P::outside(true);
    set_up();
    P::outside(false);
  }

  void after() final {
    P::outside(true);
    ledger_.set_armed(false);
    const std::optional<Violation> missed = judge_promises();
    for (int i = 0; i < kMaxCells; ++i) {
      judge_rest(i);
      cell(i).reset();
    }
    if (missed) ledger_.violate(*missed);
    ledger_.judge_conservation();
    P::outside(false);
  }

  [[nodiscard]] const std::optional<Violation>& violation() const override {
    return ledger_.violation();
  }

  [[nodiscard]] std::optional<Violation> deadlocked() const override {
    const std::optional<Violation> missed = judge_promises();
    return missed ? missed
                  : Violation{Property::kP9, Kind::kDeadlock, info(Property::kP9).law,
                              "every unfinished thread waits, and nobody is left to end that"};
  }

  [[nodiscard]] bool cut() const override { return cut_; }

  [[nodiscard]] TraceNames names() const override {
    TraceNames names;
    names.threads.emplace_back("consumer");
    for (int i = 1; i <= producers_; ++i) {
      names.threads.push_back("producer " + std::to_string(i));
    }
    names.wakers = {"w1", "w2", "w3", "w4", "w5", "w6", "fresh 2", "fresh"};
    names.publication = "num";
    return names;
  }

 protected:
  virtual void set_up() {}

  /// The calls of the cells, each judged by the ledger. Their exceptions end here.
  void register_by_ref(const Waker& waker, WakerId id, int which = 0) {
    judged(Call::kRegister, id, which, [&] { cell(which).register_by_ref(waker); });
  }
  /// `waker` must be the newest handle that this thread made.
  void register_waker(Waker&& waker, WakerId id, int which = 0) {
    judged(Call::kRegister, id, which, [&] { cell(which).register_waker(std::move(waker)); }, true);
  }
  void wake(int which = 0) {
    judged(Call::kWake, kNoWaker, which, [&] { cell(which).wake(); });
  }
  std::optional<Waker> take_waker(int which = 0) {
    std::optional<Waker> taken;
    judged(Call::kTake, kNoWaker, which, [&] { taken = cell(which).take_waker(); });
    if (taken && !*taken) {
      ledger_.violate({Property::kP2, Kind::kWakerLifetime,
                       "take_waker() hands out a waker, or nothing",
                       "take_waker() handed out an empty waker", kOutside, kNoWaker, which});
      taken.reset();
    }
    return taken;
  }
  /// Takes the waker and wakes it outside of the cell; a waker that was handed out counts as woken.
  void take_and_wake(int which = 0) {
    if (std::optional<Waker> taken = take_waker(which)) {
      try {
        taken->wake();
      } catch (const ScriptedError&) {  // swallowed: it is this scenario's own wake
      }
    }
  }

  /// Records that publication number `value`, from 1, was made.
  void published(std::size_t value, int which = 0) {
    ledger_.published(static_cast<unsigned>(value), which);
  }

  /// The look after a registration: a relaxed load, so that only the cell orders it. Returns true
  /// if it saw all `expected` publications.
  bool check(const Word& num, std::size_t expected, int which = 0) {
    const std::size_t seen = num.load(std::memory_order_relaxed);
    ledger_.looked(static_cast<unsigned>(seen), seen == expected, which);
    return seen == expected;
  }

  /// Destroys the cell, if there is one, and makes a new one in its place.
  void renew_cell(int which = 0) { cell(which).emplace(table_); }

  void cut_short() { cut_ = true; }

  [[nodiscard]] int producers() const { return producers_; }
  Ledger<P>& ledger() { return ledger_; }
  [[nodiscard]] const Ledger<P>& ledger() const { return ledger_; }
  SubjectCell& cell(int which = 0) { return cells_[as_size(which)]; }

  /// P5, with no call of this cell in progress or to come.
  void judge_rest(int which) {
    if (!cell(which)) return;
    ledger_.set_armed(false);
    const bool remembers = promises().wake_without_waker == WakeWithoutWaker::kRemembered;
    if (remembers) use_up_permit(which);
    const auto id = static_cast<WakerId>(kFresh - which);
    const unsigned before = ledger_.wakes(id);
    const auto expect = [&](unsigned wakes, std::string_view expected, std::string_view actual) {
      if (ledger_.wakes(id) != before + wakes) {
        const bool panicked = ledger_.clone_threw(which);
        ledger_.violate({panicked ? Property::kP6 : Property::kP5,
                         panicked ? Kind::kPanicSafety : Kind::kStuckState, expected, actual,
                         kOutside, id, which});
      }
    };
    const Waker fresh = ledger_.make(id);
    register_by_ref(fresh, id, which);
    expect(0, "with no call in progress, a fresh waker is stored and not woken",
           "a fresh waker was woken by its own registration, with no wake in progress");
    wake(which);
    expect(1, "with no call in progress, the next wake wakes a fresh waker once",
           "the next wake did not wake the fresh waker exactly once");
    wake(which);
    if (promises().woken_waker == WokenWaker::kKept) {
      expect(2, "a waker that was woken stays, and another wake wakes it again",
             "a second wake did not wake the fresh waker again exactly once");
    } else {
      expect(1, "once its waker is woken, another wake does nothing",
             "a second wake woke the fresh waker again");
    }
    if (remembers && promises().woken_waker == WokenWaker::kConsumed) {
      register_by_ref(fresh, id, which);
      expect(2, "a wake that found no waker wakes the next one at its registration",
             "a waker registered after a wake that found none was not woken at once");
    }
    ledger_.set_armed(P::current_thread() != kOutside);
  }

  /// P1, once no thread can go on.
  [[nodiscard]] virtual std::optional<Violation> judge_promises() const {
    for (int i = 0; i < kMaxCells; ++i) {
      if (const auto due = ledger_.missed(i); due.waker != kNoWaker) {
        return Violation{
            Property::kP1,
            Kind::kMissedWakeup,
            "the waker registered last is woken, as the look after its registration saw \"not "
            "ready\"",
            "the look after the last register did not see a publication whose wake came back, and "
            "the waker was never woken",
            due.thread,
            due.waker,
            i};
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] const Promises& promises() const { return table_.promises; }

 private:
  static constexpr WakerId kFresh = Ledger<P>::kMaxWakers - 1;

  // Leaves a cell that remembers a wake without one.
  void use_up_permit(int which) {
    const auto id = static_cast<WakerId>(kFresh - which);
    const unsigned before = ledger_.wakes(id);
    const Waker probe = ledger_.make(id);
    register_by_ref(probe, id, which);
    if (ledger_.wakes(id) == before) wake(which);
  }

  template <class F>
  void judged(Call call, WakerId id, int which, F&& f, bool given = false) {
    ledger_.begin(call, id, which, given);
    try {
      f();
    } catch (const ScriptedError& error) {
      ledger_.end(error.registration);
      return;
    } catch (...) {
      ledger_.end_with_foreign_exception();
      return;
    }
    ledger_.end();
  }

  const CellTable& table_;
  const int producers_;
  bool cut_ = false;
  Ledger<P> ledger_;
  std::array<SubjectCell, kMaxCells> cells_;
};

}  // namespace awlab

#endif  // AWLAB_CORE_SCENARIO_SCENARIO_HPP_
