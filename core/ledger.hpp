// The ledger: the books of one execution, outside of the simulated memory.
//
// It makes the wakers, knows each one's clones, wakes, drops and registrations, follows the calls of
// the cell in progress on each thread, and judges by the properties P1-P3 and P5-P8. The first
// violation stands. Nothing in it allocates, and it adds no atomic event to the execution.
#ifndef AWLAB_CORE_LEDGER_HPP_
#define AWLAB_CORE_LEDGER_HPP_

#include <array>
#include <cassert>
#include <cstdint>
#include <new>
#include <optional>

#include "core/contract.hpp"
#include "core/scenario_platform.hpp"
#include "core/waker.hpp"

namespace awlab {

/// What a scripted waker throws.
struct ScriptedError {
  WakerId waker;
};

/// How a waker behaves beyond counting. Hooks run before the throw; `context` is passed to them.
struct WakerScript {
  using Hook = void (*)(void* context);
  bool clone_throws = false;
  bool wake_throws = false;  // wake and wake_by_ref
  Hook on_clone = nullptr;
  Hook on_wake = nullptr;  // wake and wake_by_ref
  Hook on_drop = nullptr;
  void* context = nullptr;
};

template <ScenarioPlatform P>
class Ledger {
 public:
  static constexpr int kMaxWakers = 8;
  static constexpr unsigned kMaxHandles = 128;

  Ledger() = default;
  Ledger(const Ledger&) = delete;
  Ledger& operator=(const Ledger&) = delete;

  void script(WakerId id, const WakerScript& script) { wakers_[index(id)].script = script; }

  /// A new handle to waker `id`, owned by the scenario.
  Waker make(WakerId id) { return Waker(new_handle(id), kVTable); }

  /// From now on wakers only count: no throws, no hooks.
  void disarm() { armed_ = false; }

  /// The cell's call `call` begins on this thread; `id` is the waker being registered.
  void begin(Call call, WakerId id) {
    const int thread = P::current_thread();
    Stack& stack = stacks_[static_cast<std::size_t>(thread)];
    if (call == Call::kRegister) {
      registrars_.add_bits(1U << thread);
      Record& record = wakers_[index(id)];
      record.registrations.increment();
      record.wakes_at_registration = record.wakes.get();
    } else {
      wakings_.add_bits(1U << thread);
      for (int i = 0; i < stack.depth; ++i) {
        stack.frames[static_cast<std::size_t>(i)].nested_wake = true;
      }
    }
    note(Step::kCall, id, call);
    assert(stack.depth < kMaxDepth);
    Frame& frame = stack.frames[static_cast<std::size_t>(stack.depth++)];
    frame = Frame{};
    frame.call = call;
    frame.waker = id;
    frame.wake_threw = kNoWaker;
    if (call == Call::kRegister) {
      frame.wakes_before = wakers_[index(id)].wakes.get();
      frame.clones_before = wakers_[index(id)].clones.get();
    }
    frame.operations_before = P::operations();
  }

  /// The call in progress on this thread came back. `thrown` is the waker whose exception came out,
  /// or kNoWaker.
  void end(WakerId thrown = kNoWaker) {
    Stack& stack = my_stack();
    const Frame frame = stack.frames[static_cast<std::size_t>(--stack.depth)];
    note(thrown == kNoWaker ? Step::kReturn : Step::kThrow, frame.waker, frame.call);
    judge_steps(frame);
    judge_exceptions(frame, thrown);
    if (frame.call == Call::kRegister && thrown == kNoWaker) {
      judge_registration(frame, stack.depth > 0);
    }
  }

  /// An exception that no waker threw came out of the call in progress.
  void end_with_foreign_exception() {
    --my_stack().depth;
    violate({Property::kP6, Kind::kPanicSafety, "only a waker's own exception leaves the cell",
             "an exception that no waker threw came out of the call"});
  }

  /// The consumer looked after registering `id`; `ready` is what it saw.
  void looked(WakerId id, bool ready) {
    note(ready ? Step::kSawReady : Step::kSawNotReady, id, Call::kNone);
    watched_ = ready ? kNoWaker : id;
  }

  /// P1, once every producer has published and completed its wake: the waker registered before the
  /// last look, if that saw "not ready" and the waker was not woken since its registration began.
  [[nodiscard]] WakerId missed() const {
    if (watched_ == kNoWaker) {
      return kNoWaker;
    }
    const Record& record = wakers_[index(watched_)];
    return record.wakes.get() == record.wakes_at_registration ? watched_ : kNoWaker;
  }

  /// How often waker `id` was woken or handed out.
  [[nodiscard]] unsigned wakes(WakerId id) const { return wakers_[index(id)].wakes.get(); }

  /// Whether some clone threw in this execution.
  [[nodiscard]] bool clone_threw() const { return clone_threw_.get() != 0; }

  /// P2 at the end: every handle was woken or dropped.
  void judge_conservation() {
    for (unsigned i = 0; i < handles_used_.get(); ++i) {
      const Handle& handle = handles_[i].handle;
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
    if (!violation_) {
      if (violation.thread == kOutside) {
        violation.thread = P::current_thread();
      }
      violation_ = violation;
    }
    P::violated();
  }

  [[nodiscard]] const std::optional<Violation>& violation() const { return violation_; }

 private:
  static constexpr int kMaxDepth = 8;
  enum State : unsigned { kLive, kWokenState, kDroppedState };

  struct Record {
    Counter<P::kSimulated> clones;
    Counter<P::kSimulated> wakes;
    Counter<P::kSimulated> registrations;
    unsigned wakes_at_registration = 0;
    WakerScript script;
  };
  struct Handle {
    Ledger* ledger;
    WakerId waker;
    Counter<P::kSimulated> state;
  };
  // Constructed on first use only: most executions need a few, and a ledger is made for each.
  union HandleSlot {
    HandleSlot() noexcept {}
    Handle handle;
  };
  // A call of the cell in progress.
  struct Frame {
    Call call;
    WakerId waker;
    WakerId wake_threw;  // of a call wake(): any; of register: its own waker only
    bool clone_threw;
    bool nested_wake;
    unsigned dropped_others;
    unsigned wakes_before;
    unsigned clones_before;
    std::uint64_t operations_before;  // moved forward by what hooks did
  };
  struct Stack {
    std::array<Frame, kMaxDepth> frames;  // set by begin()
    int depth = 0;
  };

  static constexpr std::size_t index(WakerId id) { return static_cast<std::size_t>(id); }

  Stack& my_stack() { return stacks_[static_cast<std::size_t>(P::current_thread())]; }

  Frame* my_frame() {
    Stack& stack = my_stack();
    return stack.depth == 0 ? nullptr : &stack.frames[static_cast<std::size_t>(stack.depth - 1)];
  }

  void note(Step step, WakerId id, Call call) {
    TraceEvent event;
    event.step = step;
    event.thread = static_cast<std::int8_t>(P::current_thread());
    event.call = call;
    event.waker = id;
    P::note(event);
  }

  // No other thread than this one did such a call, at any time: nothing stale can be read.
  static bool only_me(const Counter<P::kSimulated>& threads) {
    return (threads.get() & ~(1U << P::current_thread()) & ~(1U << kOutside)) == 0;
  }

  // P8.
  void judge_steps(const Frame& frame) {
    const std::uint64_t limit = frame.call == Call::kRegister ? 3 : 2;
    if (P::operations() - frame.operations_before > limit) {
      violate({Property::kP8, Kind::kStepBound, info(Property::kP8).law, "the call took more",
               kOutside, frame.waker});
    }
  }

  // P6 a, b, c.
  void judge_exceptions(const Frame& frame, WakerId thrown) {
    const bool registering = frame.call == Call::kRegister;
    if (frame.clone_threw && thrown != frame.waker) {
      violate({Property::kP6, Kind::kPanicSafety,
               "a clone's exception reaches the caller of that register",
               "the clone threw and register did not pass it on", kOutside, frame.waker});
    } else if (frame.clone_threw && frame.dropped_others > 0) {
      violate({Property::kP6, Kind::kPanicSafety,
               "when a clone throws, the waker registered before stays in the cell",
               "the old waker was dropped by the register whose clone threw", kOutside,
               frame.waker});
    } else if (registering && thrown != kNoWaker && thrown != frame.waker) {
      violate({Property::kP6, Kind::kPanicSafety,
               "the caller of register never receives the old waker's exception",
               "the exception of another waker came out of register", kOutside, thrown});
    } else if (frame.wake_threw != kNoWaker && thrown != frame.wake_threw) {
      violate({Property::kP6, Kind::kPanicSafety,
               "a throwing wake reaches the caller of the call that performed it",
               "the waker threw when it was woken and the call did not pass it on", kOutside,
               frame.wake_threw});
    }
  }

  // P5 and P7, as far as a registration alone shows them: with no wake anywhere it must store its
  // waker and not wake it.
  void judge_registration(const Frame& frame, bool nested) {
    if (!only_me(wakings_) || frame.nested_wake) {
      return;
    }
    const Record& record = wakers_[index(frame.waker)];
    const Property property = nested ? Property::kP7 : Property::kP5;
    if (record.wakes.get() != frame.wakes_before) {
      violate({property, Kind::kStuckState,
               "a registration with no wake in progress is stored and not woken before the next "
               "wake",
               "register woke its waker at once: WAKING was set with nobody waking", kOutside,
               frame.waker});
    } else if (record.clones.get() == frame.clones_before && only_me(registrars_) && !nested) {
      violate({clone_threw() ? Property::kP6 : property,
               clone_threw() ? Kind::kPanicSafety : Kind::kStuckState,
               "a registration with no other call in progress is stored",
               "register neither stored its waker nor woke it: the cell was left owned", kOutside,
               frame.waker});
    }
  }

  Handle* new_handle(WakerId id) {
    const unsigned i = handles_used_.increment();
    assert(i < kMaxHandles);
    return ::new (static_cast<void*>(&handles_[i])) Handle{this, id, {}};
  }

  void run_hook(const WakerScript& script, WakerScript::Hook hook) {
    if (armed_ && hook != nullptr) {
      const std::uint64_t before = P::operations();
      hook(script.context);
      if (Frame* frame = my_frame()) {
        frame->operations_before += P::operations() - before;
      }
    }
  }

  // A wake of waker `id`, by whatever means.
  void woken(WakerId id) {
    Record& record = wakers_[index(id)];
    note(Step::kWoken, id, Call::kNone);
    if (record.wakes.increment() + 1 > record.registrations.get()) {
      violate({Property::kP3, Kind::kDuplicateWake,
               "each registration is woken at most once: a stored waker has one taker",
               "the waker was woken more often than it was registered", kOutside, id});
    }
    run_hook(record.script, record.script.on_wake);
    if (armed_ && record.script.wake_throws) {
      if (Frame* frame = my_frame();
          frame && (frame->call != Call::kRegister || frame->waker == id)) {
        frame->wake_threw = id;
      }
      note(Step::kWakeThrew, id, Call::kNone);
      throw ScriptedError{id};
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
    Ledger& ledger = *handle.ledger;
    require_live(handle);
    Record& record = ledger.wakers_[index(handle.waker)];
    ledger.run_hook(record.script, record.script.on_clone);
    if (ledger.armed_ && record.script.clone_throws) {
      ledger.clone_threw_.increment();
      if (Frame* frame = ledger.my_frame()) {
        frame->clone_threw = true;
      }
      ledger.note(Step::kCloneThrew, handle.waker, Call::kNone);
      throw ScriptedError{handle.waker};
    }
    record.clones.increment();
    ledger.note(Step::kClone, handle.waker, Call::kNone);
    return {ledger.new_handle(handle.waker), &kVTable};
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
    handle.ledger->woken(handle.waker);
  }

  static void wake_by_ref(void* data) {
    Handle& handle = *static_cast<Handle*>(data);
    require_live(handle);
    handle.ledger->woken(handle.waker);
  }

  static void drop(void* data) noexcept {
    Handle& handle = *static_cast<Handle*>(data);
    Ledger& ledger = *handle.ledger;
    if (handle.state.exchange(kDroppedState) != kLive) {
      ledger.violate(
          {Property::kP2, Kind::kWakerLifetime, "each waker is woken or dropped exactly once",
           "a waker was dropped after it had been woken or dropped", kOutside, handle.waker});
    }
    ledger.note(Step::kDropped, handle.waker, Call::kNone);
    if (Frame* frame = ledger.my_frame(); frame && frame->waker != handle.waker) {
      ++frame->dropped_others;
    }
    const WakerScript& script = ledger.wakers_[index(handle.waker)].script;
    ledger.run_hook(script, script.on_drop);
  }

  static constexpr WakerVTable kVTable = {&Ledger::clone, &Ledger::wake, &Ledger::wake_by_ref,
                                          &Ledger::drop};

  std::array<Record, kMaxWakers> wakers_;
  std::array<Stack, kMaxThreads + 1> stacks_;
  std::array<HandleSlot, kMaxHandles> handles_;
  Counter<P::kSimulated> handles_used_;
  Counter<P::kSimulated> registrars_;  // threads that ever began a register, as bits
  Counter<P::kSimulated> wakings_;     // threads that ever began a wake or take_waker
  Counter<P::kSimulated> clone_threw_;
  WakerId watched_ = kNoWaker;
  bool armed_ = true;
  std::optional<Violation> violation_;
};

}  // namespace awlab

#endif  // AWLAB_CORE_LEDGER_HPP_
