// The wakers of one execution: what was cloned, woken and dropped, and the calls in which it was.
//
// A waker comes in two sorts. Each clone of the first has data of its own, so that every handle can
// be followed through the cell. The clones of the second share their data, as those of real tasks
// do: will_wake() is true between them, and only their number can be followed.
//
// Outside of the simulated memory: nothing here allocates, or adds an event to the execution.
#ifndef AWLAB_CORE_CONTRACT_WAKER_BOOK_HPP_
#define AWLAB_CORE_CONTRACT_WAKER_BOOK_HPP_

#include <array>
#include <cassert>
#include <cstdint>
#include <new>
#include <optional>
#include <utility>

#include "core/contract/call_stack.hpp"
#include "core/contract/cell_book.hpp"
#include "core/contract/contract.hpp"
#include "core/contract/waker_script.hpp"
#include "core/promises.hpp"
#include "core/scenario/scenario_platform.hpp"
#include "core/support/as_size.hpp"
#include "core/waker.hpp"

namespace awlab {

template <ScenarioPlatform P>
class WakerBook {
 public:
  static constexpr int kMaxWakers = 8;
  static constexpr unsigned kMaxHandles = 160;

  explicit WakerBook(const Promises& promises) : promises_(promises) {}
  WakerBook(const WakerBook&) = delete;
  WakerBook& operator=(const WakerBook&) = delete;

  /// Sets the script of waker `id`, of which no handle may exist yet.
  void script(WakerId id, const WakerScript& script) {
    Record& record = wakers_[as_size(id)];
    record.script = script;
    ::new (static_cast<void*>(&record.shared)) Handle{this, id, kNoRegistration, {}};
  }

  /// A new handle to waker `id`, owned by the scenario.
  Waker make(WakerId id) {
    Handle* handle = new_handle(id, kNoRegistration);
    my_stack().made_last = handle;
    return Waker(handle, kVTable);
  }

  /// Turns the scripts of wakers on this thread on or off. While off, wakers only count: no throws,
  /// no hooks, and nothing is promised or announced.
  void set_armed(bool armed) { my_stack().armed = armed; }

  /// True if this thread is inside a call of a cell.
  [[nodiscard]] bool in_call() { return !my_stack().empty(); }

  /// True if this thread is inside a wake() of `cell`, and inside no other call of it.
  [[nodiscard]] bool only_wakes(int cell) { return my_stack().only_wakes(cell); }

  /// The number of times that waker `id` was woken or handed out.
  [[nodiscard]] unsigned wakes(WakerId id) const { return wakers_[as_size(id)].wakes.get(); }

  /// Drops a waker that the cell has handed out; this counts as woken.
  void discard(Waker&& waker) {
    my_stack().discarding = true;
    waker = Waker();
    my_stack().discarding = false;
  }

  /// True if a clone threw on `cell`, no wake did, and the cell has not been seen to work since.
  [[nodiscard]] bool clone_threw(int cell = 0) const {
    const auto& book = books_[as_size(cell)];
    return book.clone_threw.get() != kNoRegistration && book.wake_threw.get() == 0;
  }

  /// P2 at the end: every handle was woken or dropped.
  void judge_conservation() {
    for (unsigned i = 0; i < handles_used_.get(); ++i) {
      const Handle& handle = handles_[i].value;
      if (handle.state.get() == kLive) return left_over(handle.waker);
    }
    for (WakerId id = 0; id < kMaxWakers; ++id) {
      const Record& record = wakers_[as_size(id)];
      if (record.released.get() < record.acquired.get()) return left_over(id);
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

  /// The first violation; of P8 only if there is no other, so that too many steps hide nothing.
  [[nodiscard]] const std::optional<Violation>& violation() const {
    return violation_ ? violation_ : step_bound_;
  }

 protected:
  static constexpr unsigned kMaxRegistrations = 128;
  enum State : unsigned { kLive, kWokenState, kDroppedState };

  struct Handle {
    WakerBook* book;
    WakerId waker;
    unsigned registration;  // for which it was cloned or given; none if its clones share their data
    Counter<P::kSimulated> state;
  };
  struct Registration {
    unsigned wakes_before;  // of its waker, when the registration began
    int cell;
    Counter<P::kSimulated> clones;
    Counter<P::kSimulated> wakes;
  };

  [[nodiscard]] const Promises& promises() const { return promises_; }
  [[nodiscard]] bool shares_data(WakerId id) const {
    return id != kNoWaker && wakers_[as_size(id)].script.clones_share_data;
  }
  CallStack<Handle>& my_stack() { return stacks_[as_size(P::current_thread())]; }
  CellBook<P::kSimulated>& book(int cell) { return books_[as_size(cell)]; }
  [[nodiscard]] const CellBook<P::kSimulated>& book(int cell) const {
    return books_[as_size(cell)];
  }
  [[nodiscard]] const Registration& registration(unsigned number) const {
    return registrations_[number].value;
  }

  unsigned new_registration(WakerId id, int cell) {
    const unsigned number = registrations_used_.increment() + 1;
    assert(number < kMaxRegistrations);
    ::new (static_cast<void*>(&registrations_[number])) Registration{wakes(id), cell, {}, {}};
    Record& record = wakers_[as_size(id)];
    record.registered.increment();
    record.newest.set(number);
    return number;
  }

  void note(Step step, WakerId id, Call call) {
    TraceEvent event;
    event.step = step;
    event.thread = static_cast<std::int8_t>(P::current_thread());
    event.call = call;
    event.waker = id;
    P::note(event);
  }

  // Records a violation of P8 on which the execution goes on.
  void exceed_steps(const Violation& violation) {
    if (step_bounds_.increment() == 0) {
      step_bound_ = violation;
      step_bound_->thread = P::current_thread();
    }
  }

 private:
  struct Record {
    Counter<P::kSimulated> clones;  // calls, also those that threw
    Counter<P::kSimulated> wakes;   // also handles that were handed out and dropped
    Counter<P::kSimulated> registered;
    Counter<P::kSimulated> newest;    // its last registration
    Counter<P::kSimulated> acquired;  // handles that share their data: made and cloned...
    Counter<P::kSimulated> released;  // ...woken and dropped
    WakerScript script;
    Handle shared{};  // stands for all of them
  };
  // Constructed on first use only: most executions need a few, and each makes a book.
  template <class T>
  union Slot {
    Slot() noexcept {}
    T value;
  };

  Handle* new_handle(WakerId id, unsigned registration) {
    if (shares_data(id)) {
      wakers_[as_size(id)].acquired.increment();
      return &wakers_[as_size(id)].shared;
    }
    const unsigned i = handles_used_.increment();
    assert(i < kMaxHandles);
    return ::new (static_cast<void*>(&handles_[i])) Handle{this, id, registration, {}};
  }

  // The effects of a hook are not attributed to the call that it interrupts.
  void run_hook(const WakerScript& script, WakerScript::Hook hook) {
    CallStack<Handle>& stack = my_stack();
    if (!stack.armed || hook == nullptr || stack.full()) return;
    if (stack.empty()) return hook(script.context);
    const auto before = *stack.top();
    const std::uint64_t operations = P::operations();
    const std::uint64_t waits = P::waits();
    stack.top()->in_hook = true;
    hook(script.context);
    stack.top()->forget_hook(before, P::operations() - operations, P::waits() - waits);
  }

  // The registration for which a handle is cloned or woken: its own, or the one in progress.
  unsigned registration_of(const Handle& handle) {
    const auto* frame = my_stack().top();
    if (handle.registration != kNoRegistration) return handle.registration;
    const bool own = frame != nullptr && !frame->in_hook && frame->waker == handle.waker;
    return own ? frame->registration : kNoRegistration;
  }
  // The registration that an exception of the handle stands for.
  unsigned thrower(const Handle& handle, unsigned registration) {
    return registration == kNoRegistration && shares_data(handle.waker)
               ? wakers_[as_size(handle.waker)].newest.get()
               : registration;
  }

  // P3: no registration, and no waker, is woken more often than it was registered.
  void judge_wake(const Handle& handle, unsigned registration, unsigned wakes) {
    if (promises_.woken_waker == WokenWaker::kKept) return;
    const bool again =
        shares_data(handle.waker)
            ? wakes > wakers_[as_size(handle.waker)].registered.get()
            : registration != kNoRegistration && registrations_[registration].value.wakes.get() > 1;
    if (again) {
      violate({Property::kP3, Kind::kDuplicateWake,
               "each registration is woken at most once: a stored waker has one taker",
               "a waker was woken more often than it was registered", kOutside, handle.waker});
    }
  }

  // Records a wake of a handle, by wake or by wake_by_ref.
  void woken(const Handle& handle) {
    const WakerId id = handle.waker;
    Record& record = wakers_[as_size(id)];
    const unsigned registration = registration_of(handle);
    note(Step::kWoken, id, Call::kNone);
    const unsigned call = record.wakes.increment() + 1;
    auto* frame = my_stack().top();
    if (registration != kNoRegistration) {
      Registration& woken = registrations_[registration].value;
      woken.wakes.increment();
      if (frame != nullptr && frame->call != Call::kRegister) {
        books_[as_size(woken.cell)].works_since(registration);
      }
    }
    judge_wake(handle, registration, call);
    CallStack<Handle>& stack = my_stack();
    const unsigned outer = std::exchange(stack.waking, registration);
    run_hook(record.script, record.script.on_wake);
    stack.waking = outer;
    if (my_stack().armed && WakerScript::is_now(record.script.wake_throws, call)) {
      const unsigned thrown = thrower(handle, registration);
      frame = my_stack().top();
      // Of wakers that share their data, nobody can tell the replaced one from the new one.
      const bool own = frame != nullptr && frame->registration == registration && !shares_data(id);
      if (frame != nullptr && (frame->call != Call::kRegister || own)) {
        frame->wake_threw = thrown;
        books_[as_size(frame->cell)].wake_threw.increment();
      }
      note(Step::kWakeThrew, id, Call::kNone);
      throw ScriptedError{id, thrown};
    }
  }

  void left_over(WakerId id) {
    violate({Property::kP2, Kind::kWakerLifetime,
             "each waker is woken or dropped once, and none is left once the cell is gone",
             "a waker was neither woken nor dropped", kOutside, id});
  }

  [[nodiscard]] bool is_live(const Handle& handle) const {
    if (!shares_data(handle.waker)) return handle.state.get() == kLive;
    const Record& record = wakers_[as_size(handle.waker)];
    const unsigned released = record.released.get();
    return released < record.acquired.get();
  }

  static void require_live(Handle& handle) {
    if (!handle.book->is_live(handle)) {
      handle.book->violate(
          {Property::kP2, Kind::kWakerLifetime, "a waker is not used after it was woken or dropped",
           "a waker was used after it was woken or dropped", kOutside, handle.waker});
    }
  }

  // Ends a handle, and returns its state before.
  State release(Handle& handle, State state) {
    if (!shares_data(handle.waker)) return static_cast<State>(handle.state.exchange(state));
    Record& record = wakers_[as_size(handle.waker)];
    const unsigned released = record.released.increment();
    return released < record.acquired.get() ? kLive : state;
  }

  static RawWaker clone(void* data) {
    Handle& handle = *static_cast<Handle*>(data);
    return handle.book->clone_of(handle);
  }

  RawWaker clone_of(Handle& handle) {
    require_live(handle);
    Record& record = wakers_[as_size(handle.waker)];
    const unsigned registration = registration_of(handle);
    auto* frame = my_stack().top();
    // The clone that a registration makes of the waker passed to it.
    const bool registers = frame != nullptr && frame->call == Call::kRegister &&
                           frame->waker == handle.waker && handle.registration == kNoRegistration;
    const unsigned call = record.clones.increment() + 1;
    if (registers) frame->cloning = true;
    run_hook(record.script, record.script.on_clone);
    if (registers) frame->cloning = false;
    if (my_stack().armed && WakerScript::is_now(record.script.clone_throws, call)) {
      const unsigned thrown = thrower(handle, registration);
      if (registers) {
        frame->clone_threw = true;
        books_[as_size(frame->cell)].clone_threw.set(thrown);
      }
      note(Step::kCloneThrew, handle.waker, Call::kNone);
      throw ScriptedError{handle.waker, thrown};
    }
    if (registration != kNoRegistration) registrations_[registration].value.clones.increment();
    Handle* fresh = new_handle(handle.waker, registration);
    note(Step::kClone, handle.waker, Call::kNone);
    return {fresh, &kVTable};
  }

  static void wake(void* data) {
    Handle& handle = *static_cast<Handle*>(data);
    const State before = handle.book->release(handle, kWokenState);
    if (before == kWokenState) {
      handle.book->violate({Property::kP3, Kind::kDuplicateWake,
                            "a stored waker is handed out at most once",
                            "one stored waker was woken twice", kOutside, handle.waker});
    } else if (before == kDroppedState) {
      require_live(handle);
    }
    handle.book->woken(handle);
  }

  static void wake_by_ref(void* data) {
    Handle& handle = *static_cast<Handle*>(data);
    require_live(handle);
    handle.book->woken(handle);
  }

  static void drop(void* data) noexcept {
    Handle& handle = *static_cast<Handle*>(data);
    WakerBook& book = *handle.book;
    if (book.release(handle, kDroppedState) != kLive) {
      book.violate(
          {Property::kP2, Kind::kWakerLifetime, "each waker is woken or dropped exactly once",
           "a waker was dropped after it had been woken or dropped", kOutside, handle.waker});
    }
    book.note(Step::kDropped, handle.waker, Call::kNone);
    book.dropped(handle);
    Record& record = book.wakers_[as_size(handle.waker)];
    if (std::exchange(book.my_stack().discarding, false)) record.wakes.increment();
    book.run_hook(record.script, record.script.on_drop);
  }

  // Records in the call in progress that it dropped `handle`, and judges that.
  void dropped(const Handle& handle) {
    auto* frame = my_stack().top();
    const bool shared = shares_data(handle.waker);
    if (frame == nullptr ||
        (shared ? frame->waker == handle.waker : frame->registration == handle.registration)) {
      return;
    }
    ++frame->dropped_others;
    const bool replaced = frame->call == Call::kRegister && !frame->clone_threw && !shared &&
                          handle.registration != kNoRegistration && my_stack().armed &&
                          handle.waker != frame->waker;
    if (promises_.replaced_waker == ReplacedWaker::kWoken && replaced &&
        registrations_[handle.registration].value.wakes.get() == 0) {
      violate({Property::kP1, Kind::kMissedWakeup, "a waker that is replaced is woken",
               "a registration dropped the waker that it replaced, and did not wake it", kOutside,
               handle.waker});
    }
  }

  static constexpr WakerVTable kVTable = {&WakerBook::clone, &WakerBook::wake,
                                          &WakerBook::wake_by_ref, &WakerBook::drop};

  const Promises promises_;
  std::array<Record, kMaxWakers> wakers_;
  std::array<CallStack<Handle>, kMaxThreads + 1> stacks_;
  std::array<Slot<Handle>, kMaxHandles> handles_;
  std::array<Slot<Registration>, kMaxRegistrations> registrations_;
  Counter<P::kSimulated> handles_used_;
  Counter<P::kSimulated> registrations_used_;
  std::array<CellBook<P::kSimulated>, kMaxCells> books_;
  Counter<P::kSimulated> violations_;
  Counter<P::kSimulated> step_bounds_;
  std::optional<Violation> violation_;   // written by the thread that counted the first
  std::optional<Violation> step_bound_;  // likewise
};

}  // namespace awlab

#endif  // AWLAB_CORE_CONTRACT_WAKER_BOOK_HPP_
