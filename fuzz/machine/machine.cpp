#include "fuzz/machine/machine.hpp"

#include <cstdlib>
#include <stdexcept>
#include <utility>

#include "core/support/as_size.hpp"
#include "core/support/exception_state.hpp"
#include "fuzz/machine/arena.hpp"
#include "fuzz/machine/exceptions.hpp"

namespace awlab::machine {

namespace {

std::length_error too_many_objects() {
  return std::length_error("the scenario makes more objects than the machine supports");
}

// Stands for a scenario that crashed while it was made.
class Unmade : public Scenario {
 public:
  [[nodiscard]] int threads() const override { return 0; }
  void before() override {}
  void thread(int /*index*/) override {}
  void after() override {}
  [[nodiscard]] const std::optional<Violation>& violation() const override { return none_; }
  [[nodiscard]] std::optional<Violation> deadlocked() const override { return none_; }
  [[nodiscard]] bool cut() const override { return false; }
  [[nodiscard]] TraceNames names() const override { return {}; }

 private:
  const std::optional<Violation> none_;
};

Unmade unmade;

}  // namespace

Violation endless() {
  return {Property::kP8, Kind::kStepBound, info(Property::kP8).law,
          "the execution did not end: some call loops"};
}

Machine::Machine(Program program)
    : program_(std::move(program)), fibers_(&Machine::run_thread, this) {}

Machine::~Machine() {
  destroy_scenario();
  Exceptions::clear();
  if (running_ == this) running_ = nullptr;
}

// An abandoned scenario is not destroyed: its objects are in the middle of being used, and its
// memory is ours. The owner of the trace may be gone.
void Machine::destroy_scenario() {
  recorder_.start(nullptr);
  if (scenario_ != nullptr && !abandoned_) {
    const Arena::Scope scenario_code(true);
    running_ = this;
    scenario_->~Scenario();
  }
  scenario_ = nullptr;
}

// Runs scenario code outside of all threads. Returns false if it crashed: then nothing of it is
// destroyed. Exceptions pass.
template <class F>
bool Machine::run_outside(F&& code) {
  const ExceptionState mine;
  if (_setjmp(outside_) != 0) return false;
  is_outside_ = true;
  const Arena::Scope scenario_code(true);
  Arena::set_owner(kOutside);
  code();
  is_outside_ = false;
  return true;
}

Machine::End Machine::run(Driver& driver, Trace* trace) {
  destroy_scenario();
  take_crashes(&Machine::crashed);
  running_ = this;
  driver_ = &driver;
  abandoned_ = violated_ = check_failed_ = too_many_objects_ = leaked_ = false;
  waits_outside_ = is_outside_ = false;
  crash_.reset();
  steps_ = 0;
  operations_ = {};
  waits_ = {};
  call_events_ = {};
  call_depth_ = {};
  created_ = {};
  cells_end_ = {};
  moment_count_ = 0;
  for (RowCounter& rows : rows_) rows.start();
  for (Places& places : places_) places.clear();
  fibers_.clear();
  Arena::clear();
  Exceptions::clear();
  recorder_.start(trace);
  recorder_.watch_scenario(storage_.data(), storage_.size());
  const bool is_made = run_outside([&] {
    scenario_ = program_.make(storage_.data());
    scenario_->before();
  });
  if (!is_made) {
    if (scenario_ == nullptr) scenario_ = &unmade;
    return ended_abandoned(End::kViolated);
  }
  const auto created = as_size(created_[kOutside]);
  if (const int first = driver.begin({memory_.data(), created}); first != kOutside) {
    fibers_.switch_to(first);  // always as the lab's own code: threads declare where theirs begins
  }
  if (too_many_objects_) {
    abandoned_ = true;
    throw too_many_objects();
  }
  if (!violated_ && steps_ <= kMaxSteps && driver.finish(memory_)) {
    recorder_.threads_ended(driver.graph());
    if (!run_outside([&] { scenario_->after(); })) return ended_abandoned(End::kViolated);
    if (too_many_objects_) throw too_many_objects();  // also if the subject has caught ours
    leaked_ = Arena::live() != 0;
    recorder_.start(nullptr);
    return violated_ || leaked_ || waits_outside_ ? End::kViolated : End::kFinished;
  }
  return ended_abandoned(violated_            ? End::kViolated
                         : steps_ > kMaxSteps ? End::kRunaway
                                              : End::kStopped);
}

Machine::End Machine::ended_abandoned(End end) {
  abandoned_ = true;
  recorder_.start(nullptr);
  return end;
}

void Machine::run_thread(void* self, int thread) {
  auto& machine = *static_cast<Machine*>(self);
  {
    const Arena::Scope scenario_code(true);
    Arena::set_owner(thread);
    machine.scenario_->thread(thread);
  }
  const int next = machine.driver_->arrive(thread, {.op = Step::kEnd});
  machine.fibers_.switch_to(next);
}

Answer Machine::perform(const Operation& operation, const char* function) {
  const int thread = fibers_.current();
  if (operation.location >= kMaxLocations) {  // the subject's memory holds no object there
    crashed({.how = Crash::How::kMemory, .text = {}});
    std::abort();
  }
  if (operation.op >= Step::kStore && operation.op <= Step::kWeakCas) {
    ++operations_[as_size(thread)];
  }
  if (operation.op == Step::kYield || operation.op == Step::kWait) ++waits_[as_size(thread)];
  if (operation.op <= Step::kFence) ++call_events_[as_size(thread)];
  if (thread == kOutside) {
    const bool spins = operation.op == Step::kYield && waits() > std::uint64_t{kMaxYieldsAlone};
    if (operation.op == Step::kNotified || spins) wait_outside();
    const Answer result = perform_at_once(operation);
    recorder_.outside_step(operation, result, memory_[operation.location], function);
    return result;
  }
  const Arena::Scope own_code(false);
  if (++steps_ > kMaxSteps) abandon();
  if (const int next = driver_->arrive(thread, operation); next != thread) fibers_.switch_to(next);
  Arena::set_owner(thread);
  const Answer result = driver_->leave(thread);
  if (operation.op > Step::kStore && operation.op <= Step::kWeakCas &&
      offset_in_cell(operation.location) >= 0) {
    rows_[as_size(thread)].found(result.value);
  }
  recorder_.step(driver_->graph(), thread, operation, function);
  return result;
}

// Before and after all threads there is nobody who could notify. The exception ends the call.
void Machine::wait_outside() {
  waits_outside_ = true;
  throw std::runtime_error("a call that is alone waits for ever");
}

// For steps before and after all threads: one after another.
Answer Machine::perform_at_once(const Operation& operation) {
  std::uint64_t& value = memory_[operation.location];
  Answer result{value, true};
  if (is_cas(operation.op)) {
    result.success = value == operation.expected;
  }
  if (is_of_waiting(operation.op)) {
    result.success = operation.op == Step::kWait && value == operation.expected;
    return result;
  }
  if (always_updates(operation.op) || operation.op == Step::kStore ||
      (is_cas(operation.op) && result.success)) {
    value = truncated(modified(operation, value), operation.bytes);
  }
  return result;
}

Location Machine::create(std::uint64_t value, std::uint8_t bytes, const void* object) {
  const int thread = fibers_.current();
  int& created = created_[as_size(thread)];
  if (created == (thread == kOutside ? kSetUpLocations : kThreadLocations)) {
    too_many_objects_ = true;
    if (thread == kOutside) throw too_many_objects();
    abandon();
  }
  const int first = thread == kOutside ? 0 : kSetUpLocations + thread * kThreadLocations;
  const auto location = static_cast<Location>(first + created++);
  if (thread == kOutside) {
    memory_[location] = value;
  } else {
    perform({.op = Step::kCreate, .bytes = bytes, .location = location, .operand = value}, "");
  }
  recorder_.made(location, object, bytes, thread);
  return location;
}

// Leaves the code that runs for the one that called run().
void Machine::abandon() {
  Arena::abandon();
  if (fibers_.current() == kOutside) {
    is_outside_ = false;
    _longjmp(outside_, 1);
  }
  fibers_.switch_to(kOutside);
}

void Machine::violated() {
  violated_ = true;
  if (fibers_.current() != kOutside) abandon();
}

// The lab's own code crashes as any other program.
void Machine::crashed(const Crash& crash) {
  Machine* const machine = running_;
  if (machine == nullptr || !Arena::active()) return;
  const int thread = machine->fibers_.current();
  if (thread == kOutside && !machine->is_outside_) return;
  machine->crash_ = {crash, machine->my_places().innermost(), thread};
  machine->violated_ = true;
  machine->abandon();
}

void Machine::check_failed() {
  if (!check_failed_) failed_on_ = fibers_.current();
  check_failed_ = true;
  violated();
}

Violation Machine::violation_of(Misuse misuse) const {
  Violation violation = machine::violation_of(misuse);
  if (misuse == Misuse::kDestroyed) {
    violation.property = scenario_->broken_by_late_access();
    violation.expected = info(violation.property).law;
  }
  return violation;
}

std::optional<Violation> Machine::violation() const {
  if (waits_outside_) {
    return Violation{Property::kP9, Kind::kDeadlock, info(Property::kP9).law,
                     "with no other call in progress, a call waits for ever"};
  }
  if (scenario_->violation()) {
    return scenario_->violation();
  }
  if (crash_) {
    return awlab::violation_of(*crash_);
  }
  if (check_failed_) {
    return Violation{Property::kP5, Kind::kCrash, "an invariant that the code itself checks",
                     "a check of the subject or the scenario failed", failed_on_};
  }
  if (steps_ > kMaxSteps) return endless();
  if (leaked_) {
    return Violation{Property::kP2, Kind::kWakerLifetime, "nothing is left once the cell is gone",
                     "the subject leaked memory"};
  }
  return std::nullopt;
}

}  // namespace awlab::machine
