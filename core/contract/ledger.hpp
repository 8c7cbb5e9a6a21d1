// The ledger: the books of one execution, outside of the simulated memory.
//
// It makes the wakers, tracks each handle and each registration, follows the calls of the cells in
// progress on each thread, and checks the properties P1-P3 and P5-P8. Only the first violation is
// kept. The ledger allocates nothing, and adds no atomic event to the execution.
#ifndef AWLAB_CORE_CONTRACT_LEDGER_HPP_
#define AWLAB_CORE_CONTRACT_LEDGER_HPP_

#include <array>
#include <cassert>
#include <new>
#include <optional>
#include <utility>

#include "core/contract/call_stack.hpp"
#include "core/contract/cell_book.hpp"
#include "core/contract/contract.hpp"
#include "core/contract/promises.hpp"
#include "core/contract/waker_script.hpp"
#include "core/scenario/scenario_platform.hpp"
#include "core/waker.hpp"

namespace awlab {

template <ScenarioPlatform P>
class Ledger {
 public:
  static constexpr int kMaxWakers = 8;
  static constexpr unsigned kMaxHandles = 160;

  Ledger() = default;
  Ledger(const Ledger&) = delete;
  Ledger& operator=(const Ledger&) = delete;

  void script(WakerId id, const WakerScript& script) { wakers_[index(id)].script = script; }

  /// A new handle to waker `id`, owned by the scenario.
  Waker make(WakerId id) {
    Handle* handle = new_handle(id, kNoRegistration);
    my_stack().made_last = handle;
    return Waker(handle, kVTable);
  }

  /// Turns the scripts of wakers on this thread on or off. While off, wakers only count: no throws,
  /// no hooks, and nothing is promised or announced.
  void set_armed(bool armed) { my_stack().armed = armed; }

  /// Begins the call `call` of cell number `cell` on this thread. `id` is the waker being
  /// registered. If `given`, its handle, the one that this thread made last, goes to the cell.
  void begin(Call call, WakerId id, int cell = 0, bool given = false) {
    const int thread = P::current_thread();
    CallStack<Handle>& stack = my_stack();
    typename CallStack<Handle>::Frame frame{};
    frame.call = call;
    frame.waker = id;
    frame.cell = cell;
    auto& book = books_[index(cell)];
    if (call == Call::kRegister) {
      frame.registration = new_registration(id);
      if (stack.armed) book.registers(thread, frame.registration, stack.registering(cell));
      frame.in_clone_of = stack.cloning(cell);
      if (given) {
        frame.given = stack.made_last;
        frame.given->registration = frame.registration;
      }
    } else {
      if (stack.armed) book.wakes(thread);
      frame.announces = promises_.to_announce(thread, cell);
    }
    stack.mark_nested(call, cell);
    note(Step::kCall, id, call);
    stack.push(frame).operations_before = P::operations();
  }

  /// Ends the call in progress on this thread, which returned or threw. `thrown` is the
  /// registration whose waker's exception came out, or kNoRegistration.
  void end(unsigned thrown = kNoRegistration) {
    const auto frame = my_stack().pop();
    note(thrown == kNoRegistration ? Step::kReturn : Step::kThrow, frame.waker, frame.call);
    judge(frame.judge_steps(P::operations()));
    judge(frame.judge_exceptions(thrown));
    if (frame.call == Call::kRegister) {
      if (thrown == kNoRegistration) judge_registration(frame);
      if (thrown == kNoRegistration || thrown == frame.wake_threw) promise(frame);
    } else if (my_stack().armed) {
      promises_.announce(P::current_thread(), frame.cell, frame.announces);
    }
  }

  /// Ends the call in progress, out of which came an exception that no waker threw: a violation of
  /// P6.
  void end_with_foreign_exception() {
    my_stack().pop();
    violate({Property::kP6, Kind::kPanicSafety, "only a waker's own exception leaves the cell",
             "an exception that no waker threw came out of the call"});
  }

  /// Records that this thread has published value number `value`, from 1, of the data beside
  /// `cell`.
  void published(unsigned value, int cell = 0) {
    promises_.published(P::current_thread(), cell, value);
  }

  /// Records that this thread looked at the data beside `cell` and saw the publications up to
  /// number `seen`; `ready` if that is all it waits for.
  void looked(unsigned seen, bool ready, int cell = 0) {
    const WakerId id = promises_.looked(P::current_thread(), cell, seen);
    note(ready ? Step::kSawReady : Step::kSawNotReady, id, Call::kNone);
  }

  /// P1, once no thread can go on: the waker that is due a wake-up on `cell` and did not get it,
  /// with the thread that registered it.
  [[nodiscard]] Promises::Due missed(int cell = 0) const {
    const auto due = promises_.due(cell, books_[index(cell)].registrars());
    return due.waker != kNoWaker && wakes(due.waker) == due.wakes_before ? due : Promises::Due{};
  }

  /// The number of times that waker `id` was woken or handed out.
  [[nodiscard]] unsigned wakes(WakerId id) const { return wakers_[index(id)].wakes.get(); }

  /// Drops a waker that the cell has handed out; this counts as woken.
  void discard(Waker&& waker) {
    my_stack().discarding = true;
    waker = Waker();
    my_stack().discarding = false;
  }

  /// True if a clone that threw may have left `cell` in a bad state, and no wake that threw.
  [[nodiscard]] bool clone_threw(int cell = 0) const {
    return books_[index(cell)].clone_threw.get() != 0 && books_[index(cell)].wake_threw.get() == 0;
  }

  /// P2 at the end: every handle was woken or dropped.
  void judge_conservation() {
    for (unsigned i = 0; i < handles_used_.get(); ++i) {
      const Handle& handle = handles_[i].value;
      if (handle.state.get() == kLive) {
        violate({Property::kP2, Kind::kWakerLifetime,
                 "each waker is woken or dropped once, and none is left once the cell is gone",
                 "a waker was neither woken nor dropped", kOutside, handle.waker});
        return;
      }
    }
  }

  /// Records the first violation and tells the platform.
  void violate(Violation violation) {
    if (violations_.increment() == 0) {
      if (violation.thread == kOutside) violation.thread = P::current_thread();
      violation_ = violation;
    }
    P::violated();
  }

  [[nodiscard]] const std::optional<Violation>& violation() const { return violation_; }

 private:
  static constexpr unsigned kMaxRegistrations = 128;
  enum State : unsigned { kLive, kWokenState, kDroppedState };

  struct Record {
    Counter<P::kSimulated> clones;  // calls, also those that threw
    Counter<P::kSimulated> wakes;   // also handles that were handed out and dropped
    WakerScript script;
  };
  struct Handle {
    Ledger* ledger;
    WakerId waker;
    unsigned registration;  // for which it was cloned or given
    Counter<P::kSimulated> state;
  };
  struct Registration {
    unsigned wakes_before;  // of its waker, when the registration began
    Counter<P::kSimulated> clones;
    Counter<P::kSimulated> wakes;
  };
  // Constructed on first use only: most executions need a few, and each makes a ledger.
  template <class T>
  union Slot {
    Slot() noexcept {}
    T value;
  };
  static constexpr std::size_t index(int i) { return static_cast<std::size_t>(i); }
  CallStack<Handle>& my_stack() { return stacks_[index(P::current_thread())]; }

  void note(Step step, WakerId id, Call call) {
    TraceEvent event;
    event.step = step;
    event.thread = static_cast<std::int8_t>(P::current_thread());
    event.call = call;
    event.waker = id;
    P::note(event);
  }

  void judge(const std::optional<Violation>& violation) {
    if (violation) violate(*violation);
  }

  // P5 and P7, as far as a registration alone shows them: with no other call in progress it must
  // store its waker and not wake it. This thread's own earlier wakes may be the duty of a
  // registration that another thread has in progress, so no such registration may exist either.
  void judge_registration(const CallFrame<Handle>& frame) {
    const auto& book = books_[index(frame.cell)];
    const int me = P::current_thread();
    const Registration& mine = registrations_[frame.registration].value;
    // Read before the book: on real threads, another thread may begin a wake right now.
    const bool woken = mine.wakes.get() > 0;
    const bool kept =
        frame.given != nullptr ? frame.given->state.get() == kLive : mine.clones.get() > 0;
    if ((!P::kSimulated && !kStoresInOrder) || frame.nested_wake || !book.woken_by_no_other(me) ||
        !book.registered_by_no_other(me, my_stack().waking)) {
      return;
    }
    const bool nested = !my_stack().empty();
    const Property property = nested ? Property::kP7 : Property::kP5;
    if (woken) {
      violate(frame.violation(
          property, Kind::kStuckState,
          "a registration with no wake in progress is stored and not woken before the next wake",
          "register woke its waker at once: WAKING was set with nobody waking"));
    } else if (!kept && !nested && !frame.nested_register) {
      const bool panicked = clone_threw(frame.cell);
      violate(frame.violation(
          panicked ? Property::kP6 : property, panicked ? Kind::kPanicSafety : Kind::kStuckState,
          "a registration with no other call in progress is stored",
          "register neither stored its waker nor woke it: the cell was left owned"));
    }
  }

  // A registration whose clone threw does not count. One inside a clone gives way to the outer one.
  void promise(const CallFrame<Handle>& frame) {
    const int thread = P::current_thread();
    if (frame.clone_threw || !my_stack().armed) return;
    if (frame.in_clone_of != kNoRegistration)
      return promises_.leave_open(thread, frame.cell, frame.in_clone_of);
    promises_.registered(
        thread, frame.cell, frame.registration,
        {frame.waker, registrations_[frame.registration].value.wakes_before, thread});
  }

  unsigned new_registration(WakerId id) {
    const unsigned number = registrations_used_.increment() + 1;
    assert(number < kMaxRegistrations);
    ::new (static_cast<void*>(&registrations_[number])) Registration{wakes(id), {}, {}};
    return number;
  }

  Handle* new_handle(WakerId id, unsigned registration) {
    const unsigned i = handles_used_.increment();
    assert(i < kMaxHandles);
    return ::new (static_cast<void*>(&handles_[i])) Handle{this, id, registration, {}};
  }

  // The effects of a hook are not attributed to the call that it interrupts.
  void run_hook(const WakerScript& script, WakerScript::Hook hook) {
    CallStack<Handle>& stack = my_stack();
    if (!stack.armed || hook == nullptr) {
      return;
    }
    if (stack.empty()) {
      hook(script.context);
      return;
    }
    const auto before = *stack.top();
    const std::uint64_t operations = P::operations();
    hook(script.context);
    stack.top()->forget_hook(before, P::operations() - operations);
  }

  // The registration for which a handle is cloned or woken: its own, or the one in progress.
  unsigned registration_of(const Handle& handle) {
    const auto* frame = my_stack().top();
    return handle.registration != kNoRegistration             ? handle.registration
           : frame != nullptr && frame->waker == handle.waker ? frame->registration
                                                              : kNoRegistration;
  }

  // Records a wake of a handle, by wake or by wake_by_ref.
  void woken(const Handle& handle) {
    const WakerId id = handle.waker;
    Record& record = wakers_[index(id)];
    const unsigned registration = registration_of(handle);
    note(Step::kWoken, id, Call::kNone);
    const unsigned call = record.wakes.increment() + 1;
    if (registration != kNoRegistration &&
        registrations_[registration].value.wakes.increment() > 0) {
      violate({Property::kP3, Kind::kDuplicateWake,
               "each registration is woken at most once: a stored waker has one taker",
               "a waker was woken more often than it was registered", kOutside, id});
    }
    CallStack<Handle>& stack = my_stack();
    const unsigned outer = std::exchange(stack.waking, registration);
    run_hook(record.script, record.script.on_wake);
    stack.waking = outer;
    if (my_stack().armed && WakerScript::is_now(record.script.wake_throws, call)) {
      auto* frame = my_stack().top();
      if (frame != nullptr &&
          (frame->call != Call::kRegister || frame->registration == registration)) {
        frame->wake_threw = registration;
        books_[index(frame->cell)].wake_threw.increment();
      }
      note(Step::kWakeThrew, id, Call::kNone);
      throw ScriptedError{id, registration};
    }
  }

  static void require_live(Handle& handle) {
    if (handle.state.get() != kLive) {
      handle.ledger->violate(
          {Property::kP2, Kind::kWakerLifetime, "a waker is not used after it was woken or dropped",
           "a waker was used after it was woken or dropped", kOutside, handle.waker});
    }
  }

  static RawWaker clone(void* data) {
    Handle& handle = *static_cast<Handle*>(data);
    return handle.ledger->clone_of(handle);
  }

  RawWaker clone_of(Handle& handle) {
    require_live(handle);
    Record& record = wakers_[index(handle.waker)];
    const unsigned registration = registration_of(handle);
    auto* frame = my_stack().top();
    // The clone that a registration makes of the waker passed to it.
    const bool registers = frame != nullptr && frame->call == Call::kRegister &&
                           handle.registration == kNoRegistration;
    const unsigned call = record.clones.increment() + 1;
    if (registers) frame->cloning = true;
    run_hook(record.script, record.script.on_clone);
    if (registers) frame->cloning = false;
    if (my_stack().armed && WakerScript::is_now(record.script.clone_throws, call)) {
      if (registers) {
        frame->clone_threw = true;
        books_[index(frame->cell)].clone_threw.increment();
      }
      note(Step::kCloneThrew, handle.waker, Call::kNone);
      throw ScriptedError{handle.waker, registration};
    }
    if (registration != kNoRegistration) registrations_[registration].value.clones.increment();
    Handle* fresh = new_handle(handle.waker, registration);
    note(Step::kClone, handle.waker, Call::kNone);
    return {fresh, &kVTable};
  }

  static void wake(void* data) {
    Handle& handle = *static_cast<Handle*>(data);
    const unsigned before = handle.state.exchange(kWokenState);
    if (before == kWokenState) {
      handle.ledger->violate({Property::kP3, Kind::kDuplicateWake,
                              "a stored waker is handed out at most once",
                              "one stored waker was woken twice", kOutside, handle.waker});
    } else if (before == kDroppedState) {
      require_live(handle);
    }
    handle.ledger->woken(handle);
  }

  static void wake_by_ref(void* data) {
    Handle& handle = *static_cast<Handle*>(data);
    require_live(handle);
    handle.ledger->woken(handle);
  }

  static void drop(void* data) noexcept {
    Handle& handle = *static_cast<Handle*>(data);
    Ledger& ledger = *handle.ledger;
    Record& record = ledger.wakers_[index(handle.waker)];
    if (handle.state.exchange(kDroppedState) != kLive) {
      ledger.violate(
          {Property::kP2, Kind::kWakerLifetime, "each waker is woken or dropped exactly once",
           "a waker was dropped after it had been woken or dropped", kOutside, handle.waker});
    }
    ledger.note(Step::kDropped, handle.waker, Call::kNone);
    if (auto* frame = ledger.my_stack().top();
        frame != nullptr && frame->registration != handle.registration) {
      ++frame->dropped_others;
    }
    if (ledger.my_stack().discarding) {
      record.wakes.increment();
    }
    ledger.run_hook(record.script, record.script.on_drop);
  }

  static constexpr WakerVTable kVTable = {&Ledger::clone, &Ledger::wake, &Ledger::wake_by_ref,
                                          &Ledger::drop};

  std::array<Record, kMaxWakers> wakers_;
  std::array<CallStack<Handle>, kMaxThreads + 1> stacks_;
  std::array<Slot<Handle>, kMaxHandles> handles_;
  std::array<Slot<Registration>, kMaxRegistrations> registrations_;
  Counter<P::kSimulated> handles_used_;
  Counter<P::kSimulated> registrations_used_;
  std::array<CellBook<P::kSimulated>, kMaxCells> books_;
  Promises promises_;
  Counter<P::kSimulated> violations_;
  std::optional<Violation> violation_;  // written by the thread that counted the first
};

}  // namespace awlab

#endif  // AWLAB_CORE_CONTRACT_LEDGER_HPP_
