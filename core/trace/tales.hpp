// The tales: one for each way in which a violation comes about. Each makes its story from the
// history alone, and claims no more than that shows.
#ifndef AWLAB_CORE_TRACE_TALES_HPP_
#define AWLAB_CORE_TRACE_TALES_HPP_

#include "core/contract/contract.hpp"
#include "core/trace/history.hpp"
#include "core/trace/story.hpp"

namespace awlab {

/// The matter of a tale. `own`: it is our own cell, whose protocol is known: an owner of the slot
/// writes a value other than 0, and 0 when it gives the slot away.
struct Matter {
  const Violation& violation;
  const History& history;
  bool own;

  /// True if `i` is an atomic step on the cell that the violation is about, or on a node.
  [[nodiscard]] bool in_cell(Index i) const {
    if (!is_atomic(history[i].step) || !history.is_access(i)) return false;
    const int cell = history.trace().cell_of(history[i].object);
    return cell == kNoCell || violation.cell == kNoCell || violation.cell == cell;
  }
  /// The first and the last such step of `call` itself that satisfies `f`, or kNone.
  template <class F>
  [[nodiscard]] Index first_step(Index call, F&& f) const {
    return history.first_in(call, [&](Index i) { return in_cell(i) && f(i); });
  }
  template <class F>
  [[nodiscard]] Index last_step(Index call, F&& f) const {
    return history.last_in(call, [&](Index i) { return in_cell(i) && f(i); });
  }
  /// True if `call` itself wrote neither atomic nor plain data that is not the scenario's.
  [[nodiscard]] bool wrote_nothing(Index call) const;
  /// The last exception of a waker in `call` itself, or kNone.
  [[nodiscard]] Index raised_in(Index call) const {
    return history.last_in(call, [&](Index i) {
      return history[i].step == Step::kCloneThrew || history[i].step == Step::kWakeThrew;
    });
  }
  /// The step that took the ownership which the read `i` found, or kNone: our own cell alone.
  [[nodiscard]] Index owner_at(Index i) const;
};

/// Claims that the call of step `left`, which has ended, left what that wrote, and makes this the
/// cause; if an exception ended the call, its place is the decisive one.
void add_left(Story& story, const Matter& matter, Index left);

/// Claims that the call `outer` is in progress and called a waker, from which `found` was reached,
/// and makes this the cause.
void add_held(Story& story, const Matter& matter, Index outer, Index found);

/// P1.
Story tell_missed_wakeup(const Matter& matter);
/// P4: a race, or an object used outside of its life.
Story tell_race(const Matter& matter);
/// P5 to P7: a call that found the cell in a state that an earlier call had left.
Story tell_stuck_state(const Matter& matter);
/// P2, P3, P6: the life of a waker.
Story tell_waker(const Matter& matter);
/// P2: memory that was never given back.
Story tell_leak(const Matter& matter);
/// P9: threads that wait for ever.
Story tell_waiting(const Matter& matter);
/// P8: a call that takes too many steps, or does not end.
Story tell_steps(const Matter& matter);
/// A thread that was left where it crashed. Its step is no cause: the crash is told by itself.
Story tell_stop(const Matter& matter);
/// A check of the subject or the scenario that failed, or what a sanitizer reports.
Story tell_check(const Matter& matter);

}  // namespace awlab

#endif  // AWLAB_CORE_TRACE_TALES_HPP_
