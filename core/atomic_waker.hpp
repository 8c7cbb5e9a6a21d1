// AtomicWaker: one slot for a waker that one side keeps registering and any number of threads wake.
//
// The algorithm is tokio's AtomicWaker (MIT, see LICENSE); the C++ and the arguments are ours.
// `state_` holds two bits, REGISTERING (1) and WAKING (2); neither set is WAITING:
//
//   call       finds            does                       leaves
//   register   WAITING          takes the slot             REGISTERING, then WAITING
//   register   WAKING           wakes its waker at once    WAKING
//   register   REGISTERING*     nothing, it lost a race    unchanged
//   wake       WAITING          empties the slot           WAKING, then WAITING
//   wake       anything else    nothing, the owner will    adds WAKING
//   a register that releases and finds REGISTERING|WAKING wakes, and leaves WAITING
//
// Invariants, numbered for the arguments below:
//  [I1] Who turned WAITING into REGISTERING or WAKING owns the slot until it writes WAITING; nobody
//       else touches it.
//  [I2] Every write of WAITING releases, and every step that takes ownership acquires it, so that
//       the owners of the slot are ordered by happens-before.
//  [I3] A wake that finds the slot owned is not lost: a registering owner sees WAKING when it
//       releases and wakes the waker itself; after a waking owner, the next registrar acquires what
//       that wake published.
//  [I4] Every write to `state_` is a read-modify-write. Together they form one release sequence, so
//       what a wake released reaches the next registrar, however many others wrote in between.
//  [I5] No user code runs while WAKING is owned, and only a clone while REGISTERING is owned. A
//       clone that throws cannot leave the slot owned: its exception is captured first and rethrown
//       last.
//
// Both calls are wait-free: registering takes at most 3 atomic steps, waking at most 2, no loop.
//
// Names such as wor-release are the faults in core/faults/ that make just the change spoken of; the
// lab proves on each that it matters, or that it does not.
#ifndef AWLAB_CORE_ATOMIC_WAKER_HPP_
#define AWLAB_CORE_ATOMIC_WAKER_HPP_

#include <atomic>
#include <cstddef>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

#include "platform.hpp"
#include "std_platform.hpp"
#include "waker.hpp"

namespace awlab {

/// Hands wake-ups from any number of threads to the task registered last.
///
/// Protocol for the consumer: register first, then look whether there is something to do, and sleep
/// only if there is not. For a producer: publish first, then wake. Then no publication is slept
/// through.
///
/// Thread safety: every member may be called from any thread at any time, also from inside a
/// waker's own clone, wake, wake_by_ref or drop. If two threads register at once, one of the wakers
/// is kept, and which one is not specified: the cell is meant for one consumer, which may migrate
/// between threads. Construction comes before all calls and destruction after them.
template <class P = StdPlatform>
  requires Platform<P>
class AtomicWaker {
 public:
  AtomicWaker() = default;
  AtomicWaker(const AtomicWaker&) = delete;
  AtomicWaker& operator=(const AtomicWaker&) = delete;
  AtomicWaker(AtomicWaker&&) = delete;
  AtomicWaker& operator=(AtomicWaker&&) = delete;
  ~AtomicWaker() = default;

  /// Registers a clone of `waker` (not empty) to be woken by the next wake(), and drops the waker
  /// registered before.
  ///
  /// When a wake() comes while the call is in progress, `waker` is woken before the call returns,
  /// and so is the waker registered before, whose exceptions are swallowed. When another thread is
  /// registering, this call does nothing.
  ///
  /// Throws what the clone throws: then the cell is as if the call had not been made, and a wake()
  /// that came meanwhile has woken the waker registered before. Throws what waking `waker` throws,
  /// with the registration used up. At most 3 atomic steps.
  void register_by_ref(const Waker& waker) { do_register(ByRef{waker}); }

  /// The same with a waker to keep: it is moved from in every case, and never cloned.
  void register_waker(Waker&& waker) { do_register(ByValue{std::move(waker)}); }

  /// Wakes the registered waker and forgets it; does nothing, and is not remembered, when there is
  /// none.
  ///
  /// When another call owns the slot, the wake-up becomes that call's duty, so several calls at
  /// once may wake once. Throws what the waker's wake throws; the waker is used up. At most 2
  /// atomic steps.
  void wake() {
    if (std::optional<Waker> waker = take_waker()) {
      waker->wake();
    }
  }

  /// Takes the registered waker out without waking it: as wake(), with the duty to wake passed to
  /// the caller. Empty when there is none, and when another call owns the slot. At most 2 atomic
  /// steps.
  [[nodiscard]] std::optional<Waker> take_waker() noexcept {
    // acquire: pairs with the release that freed the slot, so that our access comes after its last
    //   owner's [I2]; weaker: wor-release.
    // release: when the slot is owned we take nothing, and what our caller published must still
    //   reach the next registrar, which reads this write or one that continues its release sequence
    //   [I3] [I4]; weaker: wor-acquire.
    // Always a write, also when WAKING is set already, for the same reason: precheck-relaxed.
    if (state_.fetch_or(kWaking, std::memory_order_acq_rel) != kWaiting) {
      return std::nullopt;
    }
    Waker taken = take_slot();
    // release: our access to the slot comes before its next owner's [I2]; weaker: wswap-relaxed.
    // Not acquire: nothing that others did is used after this.
    // An exchange and not a store, to continue the release sequences of the wakes that came
    //   meanwhile [I4]: wake-store. Its result is used in every build, because some compilers
    //   (clang 13 to 16) turn an exchange with an unused result into that store.
    P::check(state_.exchange(kWaiting, std::memory_order_release) == kWaking);
    if (!taken) {
      return std::nullopt;
    }
    return std::optional<Waker>(std::move(taken));
  }

 private:
  static constexpr std::size_t kWaiting = 0;
  static constexpr std::size_t kRegistering = 1;
  static constexpr std::size_t kWaking = 2;

  // The two ways to pass a waker, so that one implementation serves both.
  struct ByRef {
    const Waker& waker;
    void wake() const { waker.wake_by_ref(); }
    Waker into_waker() const { return waker; }
  };
  struct ByValue {
    Waker waker;
    void wake() { waker.wake(); }
    Waker into_waker() noexcept { return std::move(waker); }
  };

  template <class WakerRef>
  void do_register(WakerRef waker) {
    std::size_t seen = kWaiting;
    // success acquire: pairs with the release that freed the slot [I2], and makes visible what the
    //   wakes before us published, so that our caller's look cannot miss it [I3]; weaker:
    //   c1-success-relaxed.
    // failure acquire: stronger than needed (c1-failure-relaxed survives): on WAKING our caller is
    //   woken and looks again, through another registration. Kept as the original has it.
    if (state_.compare_exchange_strong(seen, kRegistering, std::memory_order_acquire,
                                       std::memory_order_acquire)) {
      store_and_release(waker);
    } else if (seen == kWaking) {
      // The owner may have looked into the slot before us, and does not come back: skip-self-wake.
      waker.wake();
      P::spin_hint();
    }
  }

  // The owner's part of a registration: REGISTERING is ours, WAKING may come at any time.
  template <class WakerRef>
  void store_and_release(WakerRef& waker) {
    std::exception_ptr thrown;
    Waker replaced;
    try {
      // The clone comes first, so that the old waker stays if it throws: old-lost-on-throw.
      Waker fresh = waker.into_waker();
      replaced = slot_.with_mut([&](Waker& slot) { return std::exchange(slot, std::move(fresh)); });
    } catch (...) {
      thrown = std::current_exception();
    }

    std::size_t seen = kRegistering;
    // success release: our write to the slot comes before its next owner's access [I2]; weaker:
    //   c2-success-acquire. The acquire half is stronger than needed (c2-success-release survives):
    //   nothing that others did is used after it.
    // failure acquire: stronger than needed (c2-failure-relaxed survives): the slot is still ours.
    // A compare-exchange and not a store, which would erase a WAKING that came since: cas2-store.
    if (!state_.compare_exchange_strong(seen, kWaiting, std::memory_order_acq_rel,
                                        std::memory_order_acquire)) {
      take_over_wake(std::move(replaced), thrown != nullptr);
    }
    replaced = Waker();  // after the release, so that a drop may call back into the cell
    if (thrown) {
      std::rethrow_exception(std::move(thrown));
    }
  }

  // A wake came during our registration and left its duty to us [I3]. REGISTERING|WAKING is ours,
  // and changed by nobody else. `clone_threw`: the slot holds the waker of before, else ours. Kept
  // out of the way of the uncontended path.
  [[gnu::cold, gnu::noinline]] void take_over_wake(Waker replaced, bool clone_threw) {
    Waker woken = take_slot();
    // release: our access to the slot comes before its next owner's [I2]; weaker: rswap-relaxed.
    //   The acquire half is stronger than needed (rswap-release survives): our caller is woken and
    //   looks again. The result is used so that it stays an exchange, as in take_waker() [I4].
    P::check(state_.exchange(kWaiting, std::memory_order_acq_rel) == (kRegistering | kWaking));
    if (clone_threw) {
      wake_swallowing(std::move(woken));  // the old waker; our caller gets the clone's exception
    } else {
      wake_swallowing(std::move(replaced));
      woken.wake();  // ours: skip-contended-wake
    }
  }

  // Requires ownership of the slot.
  Waker take_slot() noexcept {
    return slot_.with_mut([](Waker& slot) { return std::exchange(slot, Waker()); });
  }

  // For a waker whose task is not ours: its exceptions are none of our caller's business.
  static void wake_swallowing(Waker waker) noexcept {
    try {
      if (waker) {
        waker.wake();
      }
    } catch (...) {  // swallowed
    }
  }

  typename P::template atomic<std::size_t> state_{kWaiting};
  typename P::template plain<Waker> slot_{Waker()};
};

static_assert(sizeof(AtomicWaker<>) == sizeof(std::size_t) + sizeof(Waker));
static_assert(std::is_nothrow_default_constructible_v<AtomicWaker<>>);
static_assert(!std::is_copy_constructible_v<AtomicWaker<>> &&
              !std::is_move_constructible_v<AtomicWaker<>>);
static_assert(!std::is_copy_assignable_v<AtomicWaker<>> &&
              !std::is_move_assignable_v<AtomicWaker<>>);

}  // namespace awlab

#endif  // AWLAB_CORE_ATOMIC_WAKER_HPP_
