// The machine: it runs one execution of a scenario, with all threads as fibers of one real thread.
//
// Each access of the simulated memory comes to perform(), and a Driver answers it. Nothing depends
// on addresses, time or earlier executions: the same answers give the same execution. One machine
// runs at a time in a process; not thread-safe.
//
// A crash of scenario code (core/support/crash.hpp) ends the execution as a violation does: its
// threads are abandoned, and their memory is given back with the next. Whatever the code wrote into
// memory of the lab before that stays there: what the lab does then is its own crash.
#ifndef AWLAB_FUZZ_MACHINE_MACHINE_HPP_
#define AWLAB_FUZZ_MACHINE_MACHINE_HPP_

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>

#include "core/contract/row_counter.hpp"
#include "core/scenario/scenario.hpp"
#include "core/subjects/subject_module.hpp"
#include "core/support/as_size.hpp"
#include "core/support/crash_place.hpp"
#include "fuzz/machine/driver.hpp"
#include "fuzz/machine/fiber.hpp"
#include "fuzz/machine/graph.hpp"
#include "fuzz/machine/operation.hpp"
#include "fuzz/machine/recorder.hpp"

namespace awlab::machine {

/// A scenario to be run: `make` constructs it anew, in storage of kScenarioStorage bytes.
struct Program {
  std::function<Scenario*(void* where)> make;
  int threads;  // 1 to kMaxSimulatedThreads; of the next scenario that `make` makes
};

/// The violation of an execution with more steps than it may have.
Violation endless();

class Machine {
 public:
  explicit Machine(Program program);
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;
  ~Machine();

  /// The end of an execution.
  enum class End {
    kFinished,  // all threads came to their end, and the checks from the outside were made
    kStopped,   // the driver ended it; threads are in the middle
    kViolated,  // the scenario has a violation, a check failed, or the code crashed
    kRunaway,   // more than kMaxSteps
  };

  /// Runs one execution as `driver` decides. With a trace, records it; the driver must have a graph
  /// for that. Throws std::length_error if the scenario makes too many objects.
  End run(Driver& driver, Trace* trace = nullptr);

  /// The scenario of the last execution; one without threads if it crashed while it was made.
  [[nodiscard]] Scenario& scenario() { return *scenario_; }
  /// The violation in the last execution, as far as it is known without its graph.
  [[nodiscard]] std::optional<Violation> violation() const;
  /// The violation that `misuse` is in this scenario. Precondition: not kNone.
  [[nodiscard]] Violation violation_of(Misuse misuse) const;
  [[nodiscard]] int threads() const { return program_.threads; }
  /// Sets the number of threads of the next scenarios.
  void set_threads(int threads) { program_.threads = threads; }

  /// An observation or event of a thread that is no memory access; its time is the number of events
  /// before it.
  struct Moment {
    EventId before;
    std::int8_t thread;
    Step step;
  };
  static constexpr std::size_t kMaxMoments = 64;
  /// The first moments of the last execution: the kinds from kCloneThrew on, kPark and kUnpark.
  [[nodiscard]] std::span<const Moment> moments() const { return {moments_.data(), moment_count_}; }
  /// The number of the object `location` within its cell, from 0; negative if it is in no cell. For
  /// cells that are made before all threads and make no objects later.
  [[nodiscard]] int offset_in_cell(Location location) const {
    const int first = location < cells_end_[0] ? 0 : cells_end_[0];
    return location < std::max(cells_end_[0], cells_end_[1]) ? location - first : -1;
  }

  /// Adds the rows of the protocol's table that the calls of the last execution's threads went
  /// through, according to the values they found in any atomic object of a cell (see
  /// offset_in_cell). For a cell that is not our own the rows mean nothing.
  void add_rows(RowCounts& rows) const {
    for (std::size_t thread = 0; thread < as_size(program_.threads); ++thread) {
      add_counts(rows, rows_[thread].seen());
    }
  }

  // For the platform, during run():

  static Machine& running() { return *running_; }
  [[nodiscard]] int current_thread() const { return fibers_.current(); }
  [[nodiscard]] std::uint64_t operations() const { return operations_[as_size(fibers_.current())]; }
  /// True if the call that `thread` is in has more steps than any call that ends.
  [[nodiscard]] bool loops(int thread) const {
    return call_events_[as_size(thread)] >= kMaxCallEvents;
  }
  [[nodiscard]] std::uint64_t waits() const { return waits_[as_size(fibers_.current())]; }
  Answer perform(const Operation& operation, const char* function);
  /// Makes a new object, which lies at `object`; plain data if `bytes` is 0.
  Location create(std::uint64_t value, std::uint8_t bytes, const void* object);
  /// Ends the execution: does not return, except outside of all threads.
  void violated();
  void check_failed();
  /// The running thread enters this place, or leaves the one entered last.
  static void enter(Place place) { running_->my_places().enter(place); }
  static void leave() { running_->my_places().leave(); }
  /// Records that cell number `cell` was just made, in these bytes.
  void watch(int cell, const void* begin, std::size_t size) {
    cells_end_[as_size(cell)] = created_[kOutside];
    recorder_.watch(cell, begin, size);
  }
  /// Records an observation or event of a thread that is no memory access.
  void note(const TraceEvent& event) {
    places_[as_size(event.thread)].note(event);
    const bool is_moment =
        event.step >= Step::kCloneThrew || event.step == Step::kPark || event.step == Step::kUnpark;
    if (is_moment && event.thread != kOutside) add_moment(event);
    const auto thread = as_size(event.thread);
    if (event.step == Step::kCall && call_depth_[thread]++ == 0) call_events_[thread] = 0;
    if (event.step == Step::kReturn || event.step == Step::kThrow) --call_depth_[thread];
    rows_[as_size(event.thread)].note(event);
    recorder_.note(event);
  }

 private:
  static void run_thread(void* self, int thread);
  static void crashed(const Crash& crash);
  template <class F>
  bool run_outside(F&& code);
  void add_moment(const TraceEvent& event) {
    if (moment_count_ < kMaxMoments && driver_->graph() != nullptr) {
      moments_[moment_count_++] = {driver_->graph()->size(), event.thread, event.step};
    }
  }
  Places& my_places() { return places_[as_size(fibers_.current())]; }
  Answer perform_at_once(const Operation& operation);
  [[noreturn]] void wait_outside();
  void abandon();
  void destroy_scenario();
  End ended_abandoned(End end);

  static inline Machine* running_ = nullptr;

  Program program_;
  Fibers fibers_;
  Recorder recorder_;
  Driver* driver_ = nullptr;
  Scenario* scenario_ = nullptr;
  bool abandoned_ = false;  // some thread is in the middle of something
  bool violated_ = false;
  std::optional<PlacedCrash> crash_;
  bool check_failed_ = false;
  int failed_on_ = kOutside;  // the thread on which a check failed
  bool too_many_objects_ = false;
  bool leaked_ = false;
  bool waits_outside_ = false;
  int steps_ = 0;
  std::array<std::uint64_t, kMaxThreads + 1> operations_{};
  std::array<std::uint64_t, kMaxThreads + 1> waits_{};
  std::array<int, kMaxThreads + 1> call_events_{};  // of the outermost call in progress
  std::array<int, kMaxThreads + 1> call_depth_{};
  std::array<int, kMaxThreads + 1> created_{};
  std::array<int, kMaxCells> cells_end_{};
  std::array<Moment, kMaxMoments> moments_;
  std::size_t moment_count_ = 0;
  std::array<RowCounter, kMaxThreads + 1> rows_;
  std::array<Places, kMaxThreads + 1> places_;
  std::jmp_buf outside_{};  // where to go on if the code outside of all threads crashes
  bool is_outside_ = false;
  std::array<std::uint64_t, kMaxLocations> memory_{};
  alignas(kSubjectAlignment) std::array<std::byte, kScenarioStorage> storage_;
};

}  // namespace awlab::machine

#endif  // AWLAB_FUZZ_MACHINE_MACHINE_HPP_
