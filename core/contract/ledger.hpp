// The ledger: the books of one execution, outside of the simulated memory.
//
// It follows the calls of the cells in progress on each thread, and judges them by the properties
// P1-P3 and P5-P8, as far as the cell promises them. Its wakers are those of the WakerBook. It
// allocates nothing, and adds no atomic event to the execution.
#ifndef AWLAB_CORE_CONTRACT_LEDGER_HPP_
#define AWLAB_CORE_CONTRACT_LEDGER_HPP_

#include <bit>
#include <optional>

#include "core/contract/due_wakeups.hpp"
#include "core/contract/waker_book.hpp"

namespace awlab {

template <ScenarioPlatform P>
class Ledger : public WakerBook<P> {
  using Book = WakerBook<P>;
  using Frame = typename CallStack<typename Book::Handle>::Frame;

 public:
  /// A ledger for cells with these promises.
  explicit Ledger(const Promises& promises = {}) : Book(promises) {}

  /// Begins the call `call` of cell number `cell` on this thread. `id` is the waker being
  /// registered. If `given`, its handle, the one that this thread made last, goes to the cell.
  void begin(Call call, WakerId id, int cell = 0, bool given = false) {
    const int thread = P::current_thread();
    auto& stack = this->my_stack();
    Frame frame{};
    frame.call = call;
    frame.waker = id;
    frame.cell = cell;
    if (call == Call::kRegister) {
      frame.registration = this->new_registration(id, cell);
      if (stack.armed) {
        this->book(cell).registers(thread, frame.registration, stack.registering(cell));
      }
      frame.in_clone_of = stack.cloning(cell);
      if (given && !this->shares_data(id)) {
        frame.given = stack.made_last;
        frame.given->registration = frame.registration;
      }
    } else {
      if (stack.armed) this->book(cell).wakes(thread);
      frame.announces = due_wakeups_.to_announce(thread, cell);
    }
    stack.mark_nested(call, cell);
    this->note(Step::kCall, id, call);
    Frame& pushed = stack.push(frame);
    pushed.operations_before = P::operations();
    pushed.waits_before = P::waits();
  }

  /// Ends the call in progress on this thread, which returned or threw. `thrown` is the
  /// registration whose waker's exception came out, or kNoRegistration.
  void end(unsigned thrown = kNoRegistration) {
    const Frame frame = this->my_stack().pop();
    this->note(thrown == kNoRegistration ? Step::kReturn : Step::kThrow, frame.waker, frame.call);
    if (const auto exceeded =
            frame.judge_steps(P::operations(), P::waits(), this->promises().steps)) {
      this->exceed_steps(*exceeded);
    }
    if (const auto wrong = frame.judge_exceptions(thrown)) this->violate(*wrong);
    if (frame.call == Call::kRegister) {
      if (thrown == kNoRegistration) judge_registration(frame);
      if (thrown == kNoRegistration || thrown == frame.wake_threw) promise(frame);
    } else if (this->my_stack().armed) {
      due_wakeups_.announce(P::current_thread(), frame.cell, frame.announces);
    }
  }

  /// Ends the call in progress, out of which came an exception that no waker threw: a violation of
  /// P6.
  void end_with_foreign_exception() {
    this->my_stack().pop();
    this->violate({Property::kP6, Kind::kPanicSafety,
                   "only a waker's own exception leaves the cell",
                   "an exception that no waker threw came out of the call"});
  }

  /// Records that this thread has published value number `value`, from 1, of the data beside
  /// `cell`.
  void published(unsigned value, int cell = 0) {
    due_wakeups_.published(P::current_thread(), cell, value);
  }

  /// Records that this thread looked at the data beside `cell` and saw the publications up to
  /// number `seen`; `ready` if that is all it waits for.
  void looked(unsigned seen, bool ready, int cell = 0) {
    const WakerId id = due_wakeups_.looked(P::current_thread(), cell, seen);
    this->note(ready ? Step::kSawReady : Step::kSawNotReady, id, Call::kNone);
  }

  /// P1, once no thread can go on: a wake-up that is due on `cell` and did not come.
  ///
  /// Where several threads registered, a cell for one of them at a time promises none of them
  /// anything. If the last registration stands, one of the threads must have been told, but not
  /// even the order of the execution says which; so the wake-up is missed if none was.
  [[nodiscard]] DueWakeups::Due missed(int cell = 0) const {
    const unsigned registrars = this->book(cell).registrars();
    const Registrars promised = this->promises().registrars;
    const bool several = !std::has_single_bit(registrars);
    if (several && (promised == Registrars::kOneTask || promised == Registrars::kOneStands)) {
      return {};
    }
    DueWakeups::Due first{};
    bool every = registrars != 0;
    for (int thread = 0; thread < kMaxThreads; ++thread) {
      if ((registrars >> thread & 1U) == 0) continue;
      const DueWakeups::Due due = due_wakeups_.due(thread, cell);
      const bool missed = due.waker != kNoWaker && this->wakes(due.waker) == due.wakes_before;
      if (missed && first.waker == kNoWaker) first = due;
      every = every && missed;
    }
    return every || promised == Registrars::kEveryOneIsWoken ? first : DueWakeups::Due{};
  }

 private:
  // P5 and P7, as far as a registration alone shows them: with no other call in progress it must
  // store its waker and not wake it. This thread's own earlier wakes may be the duty of a
  // registration that another thread has in progress, so no such registration may exist either.
  void judge_registration(const Frame& frame) {
    const auto& book = this->book(frame.cell);
    const int me = P::current_thread();
    const auto& registration = this->registration(frame.registration);
    // Read before the book: on real threads, another thread may begin a wake right now.
    const bool woken = registration.wakes.get() > 0;
    const bool kept = this->shares_data(frame.waker) ||
                      (frame.given != nullptr ? frame.given->state.get() == Book::kLive
                                              : registration.clones.get() > 0);
    const auto& stack = this->my_stack();
    if ((!P::kSimulated && !kStoresInOrder) || frame.nested_wake || !book.woken_by_no_other(me) ||
        !book.registered_by_no_other(me, stack.waking)) {
      return;
    }
    const bool nested = !stack.empty();
    if (woken) {
      // A permit wakes it, and so does a later registration inside of it that replaces it, or its
      // own replacement of an equal waker. Inside a call that still owns the cell, being woken at
      // once is as good as being stored.
      const bool rightly = this->promises().wake_without_waker == WakeWithoutWaker::kRemembered ||
                           (this->promises().replaced_waker == ReplacedWaker::kWoken &&
                            this->shares_data(frame.waker)) ||
                           frame.nested_register || stack.may_own(frame.cell);
      if (!rightly) {
        this->violate(frame.violation(
            nested ? Property::kP7 : Property::kP5, Kind::kStuckState,
            "a registration with no wake in progress is stored and not woken before the next wake",
            "register woke its waker at once, with no wake in progress"));
      }
    } else if (!kept && !nested && !frame.nested_register) {
      const bool panicked = this->clone_threw(frame.cell);
      this->violate(frame.violation(
          panicked ? Property::kP6 : Property::kP5,
          panicked ? Kind::kPanicSafety : Kind::kStuckState,
          "a registration with no other call in progress is stored",
          "register neither stored its waker nor woke it, with no other call in progress"));
    }
  }

  // A registration whose clone threw does not count. One inside a clone gives way to the outer one.
  void promise(const Frame& frame) {
    const int thread = P::current_thread();
    if (frame.clone_threw || !this->my_stack().armed) return;
    if (frame.in_clone_of != kNoRegistration) {
      return due_wakeups_.leave_open(thread, frame.cell, frame.in_clone_of);
    }
    due_wakeups_.registered(
        thread, frame.cell, frame.registration,
        {frame.waker, this->registration(frame.registration).wakes_before, thread});
  }

  DueWakeups due_wakeups_;
};

}  // namespace awlab

#endif  // AWLAB_CORE_CONTRACT_LEDGER_HPP_
