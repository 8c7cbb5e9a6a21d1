// Cells of other designs than ours, right and wrong, for tests of the judge: over a platform, and
// not after our protocol.
#ifndef AWLAB_CORE_TESTING_FOREIGN_CELLS_HPP_
#define AWLAB_CORE_TESTING_FOREIGN_CELLS_HPP_

#include <atomic>
#include <optional>
#include <utility>

#include "core/promises.hpp"
#include "core/waker.hpp"

namespace awlab::foreign {

/// The switches of LockedCell, each for a way to be wrong or to promise more.
struct LockedDesign {
  Promises promises = {};
  bool remembers = false;          // promised: a wake without a waker
  bool forgets_permit = false;     // wrong
  bool keeps = false;              // promised: a waker that it has woken
  bool wakes_replaced = false;     // promised
  bool compares = false;           // right: leaves out a waker that is there already
  bool stays_locked = false;       // wrong: when it has left one out
  bool ignores_by_value = false;   // wrong
  bool leaks_at_end = false;       // wrong
  bool hands_out_nothing = false;  // wrong: an optional with an empty waker in it
  bool wakes_under_lock = false;   // wrong
  unsigned counts_to = 0;          // wrong: every so many registrations, one is forgotten
};

/// A waker behind a lock on which callers wait.
template <class P, LockedDesign kDesign>
class LockedCell {
 public:
  static constexpr Promises promises = kDesign.promises;

  LockedCell() = default;
  LockedCell(const LockedCell&) = delete;
  LockedCell& operator=(const LockedCell&) = delete;
  ~LockedCell() {
    if (kDesign.leaks_at_end) ::new (static_cast<void*>(grave_)) Waker(take());
  }

  void register_by_ref(const Waker& waker) { put(Waker(waker)); }
  void register_waker(Waker&& waker) {
    Waker given = std::move(waker);
    if (!kDesign.ignores_by_value) put(std::move(given));
  }
  void wake() {
    lock();
    Waker woken = kDesign.keeps ? copy() : take();
    if (!woken && kDesign.remembers) permit_.store(true, std::memory_order_relaxed);
    if (kDesign.wakes_under_lock && woken) std::exchange(woken, Waker()).wake();
    unlock();
    if (woken) woken.wake();
  }
  std::optional<Waker> take_waker() {
    lock();
    Waker taken = take();
    unlock();
    if (!taken && !kDesign.hands_out_nothing) return std::nullopt;
    return taken;
  }

 private:
  void lock() {
    while (locked_.exchange(true, std::memory_order_acquire)) P::yield();
  }
  void unlock() { locked_.store(false, std::memory_order_release); }

  Waker take() {
    return slot_.with_mut([](Waker& slot) { return std::exchange(slot, Waker()); });
  }
  Waker copy() {
    return slot_.with([](const Waker& slot) { return slot ? Waker(slot) : Waker(); });
  }

  void put(Waker fresh) {
    lock();
    if (kDesign.compares && slot_.with([&](const Waker& slot) { return slot.will_wake(fresh); })) {
      if (!kDesign.stays_locked) unlock();
      return;
    }
    const bool forgets = ++count_ == kDesign.counts_to;
    if (forgets) count_ = 0;
    const bool permitted = permit_.load(std::memory_order_relaxed) && !kDesign.forgets_permit;
    permit_.store(false, std::memory_order_relaxed);
    if (!permitted && !forgets) {
      slot_.with_mut([&](Waker& slot) { std::swap(slot, fresh); });
    }
    unlock();
    if (permitted) return fresh.wake();
    if (kDesign.wakes_replaced && fresh) {
      try {
        std::exchange(fresh, Waker()).wake();
      } catch (...) {  // swallowed: another task's exception
      }
    }
  }

  typename P::template atomic<bool> locked_{false};
  typename P::template atomic<bool> permit_{false};
  typename P::template plain<Waker> slot_{Waker()};
  unsigned count_ = 0;  // behind the lock; never read without it
  alignas(Waker) unsigned char grave_[sizeof(Waker)];
};

/// A waker in a node on the heap: whoever swaps the pointer out owns it. `kFlagged` is wrong: a
/// second wake leaves its work to one that may have taken its waker already (after
/// compio-rs/compio#948).
template <class P, bool kFlagged, bool kSlow = false>
class NodeCell {
 public:
  static constexpr Promises promises{.steps = kSlow ? Steps::bounded(1, 1) : Steps::lock_free()};

  NodeCell() = default;
  NodeCell(const NodeCell&) = delete;
  NodeCell& operator=(const NodeCell&) = delete;
  ~NodeCell() { delete word_.load(std::memory_order_acquire); }

  void register_by_ref(const Waker& waker) { put(new Node{Slot(Waker(waker))}); }
  void register_waker(Waker&& waker) { put(new Node{Slot(std::move(waker))}); }
  void wake() {
    if (std::optional<Waker> waker = take_waker()) waker->wake();
  }
  std::optional<Waker> take_waker() {
    if (kFlagged && at_work_.exchange(true, std::memory_order_acq_rel)) return std::nullopt;
    std::optional<Waker> taken;
    if (Node* there = word_.exchange(nullptr, std::memory_order_acq_rel)) {
      taken = there->slot.with_mut([](Waker& slot) { return std::exchange(slot, Waker()); });
      delete there;
    }
    if (kFlagged) at_work_.exchange(false, std::memory_order_acq_rel);
    return taken;
  }

 private:
  using Slot = typename P::template plain<Waker>;
  struct Node {
    Slot slot;
  };
  void put(Node* fresh) { delete word_.exchange(fresh, std::memory_order_acq_rel); }

  typename P::template atomic<bool> at_work_{false};
  typename P::template atomic<Node*> word_{nullptr};
};

/// Two bugs at two places: a waker is left in a cell that ends, and a replaced node is never freed.
template <class P>
class TwoLeaksCell {
 public:
  TwoLeaksCell() = default;
  TwoLeaksCell(const TwoLeaksCell&) = delete;
  TwoLeaksCell& operator=(const TwoLeaksCell&) = delete;

  void register_by_ref(const Waker& waker) { put(new Node{Slot(Waker(waker))}); }
  void register_waker(Waker&& waker) { put(new Node{Slot(std::move(waker))}); }
  void wake() {
    if (std::optional<Waker> waker = take_waker()) waker->wake();
  }
  std::optional<Waker> take_waker() {
    Node* const there = word_.exchange(nullptr, std::memory_order_acq_rel);
    if (there == nullptr) return std::nullopt;
    Waker taken = there->slot.with_mut([](Waker& slot) { return std::exchange(slot, Waker()); });
    delete there;
    return taken;
  }

 private:
  using Slot = typename P::template plain<Waker>;
  struct Node {
    Slot slot;
  };
  void put(Node* fresh) {
    Node* const old = word_.exchange(fresh, std::memory_order_acq_rel);
    if (old != nullptr) old->slot.with_mut([](Waker& slot) { slot = Waker(); });
  }

  typename P::template atomic<Node*> word_{nullptr};
};

}  // namespace awlab::foreign

#endif  // AWLAB_CORE_TESTING_FOREIGN_CELLS_HPP_
