// The tale of a cell that does not come to rest: a registration finds it in a state that an earlier
// call has left.
#include "core/trace/tales.hpp"

namespace awlab {
namespace {

class StuckState {
 public:
  explicit StuckState(const Matter& matter) : matter_(matter), history_(matter.history) {}

  Story tell() {
    story_.waker = matter_.violation.waker;
    const Index registration = history_.last(0, history_.size(), [&](Index i) {
      return history_[i].step == Step::kCall && history_[i].call == Call::kRegister &&
             history_[i].waker == story_.waker && (!at_rest() || history_[i].thread == kOutside);
    });
    if (registration == kNone) return story_;
    if (tell_woken_again(registration)) return story_;
    const Index woken = woken_in(registration);
    const bool stored = woken == kNone && !matter_.wrote_nothing(registration);
    const Index found =
        matter_.first_step(registration, [&](Index i) { return is_read(history_[i].step); });
    // Only a registration that went wrong says that the state before it was wrong.
    const bool blames = !stored && found != kNone && history_[found].reads_from != kInitial;
    if (blames) add_origin(found);
    story_.did(registration);
    if (found != kNone) story_.did(found);
    if (blames) add_source(found);
    add_outcome(registration, woken, stored);
    return story_;
  }

 private:
  [[nodiscard]] bool at_rest() const { return matter_.violation.thread == kOutside; }

  // The write that a read saw.
  [[nodiscard]] Index source(Index read) const { return history_[read].reads_from; }

  // The step that left what `found` saw, and its call.
  void add_origin(Index found) {
    const Index owner = matter_.owner_at(found);
    const Index left = owner != kNone ? owner : source(found);
    const Index call = history_.call_of(left);
    story_.did(left);
    if (call == kNone) return;
    if (history_.end_of(call) < found) {
      add_left(story_, matter_, left);
    } else if (history_[found].thread == history_[left].thread) {
      add_held(story_, matter_, call, found);
    }
  }

  void add_source(Index found) {
    const Index owner = matter_.owner_at(found);
    const bool held = owner != kNone && owner != source(found);
    story_.claims.push_back(
        {held ? ClaimKind::kHeld : ClaimKind::kFound, found, held ? owner : source(found)});
  }

  // The fate of the waker, in its registration and in the wake after it.
  void add_outcome(Index registration, Index woken, bool stored) {
    const Index end = history_.end_of(registration);
    if (woken != kNone) return story_.did(woken);
    if (end == history_.size()) return;
    if (!stored) story_.claims.push_back({ClaimKind::kWroteNothing, registration, end});
    const Index wake = history_.first(end, history_.size(), [&](Index i) {
      return at_rest() && history_[i].step == Step::kCall && history_[i].thread == kOutside;
    });
    if (wake == kNone) {
      story_.claims.push_back({ClaimKind::kDidNotWake, registration, end});
    } else if (history_.has_ended(wake) && woken_in(wake) == kNone) {
      add_deaf_wake(wake, stored);
    }
  }

  void add_deaf_wake(Index wake, bool stored) {
    const Index end = history_.end_of(wake);
    const Index last = matter_.last_step(wake, [](Index) { return true; });
    if (stored && last != kNone) story_.did(last);
    const bool early = stored && matter_.wrote_nothing(wake);
    if (early) story_.claims.push_back({ClaimKind::kWroteNothing, wake, end});
    story_.claims.push_back({ClaimKind::kDidNotWake, wake, end});
    if (!stored) return;
    story_.decide(early ? Cause::kReturnedEarly : Cause::kDidNotWake, last != kNone ? last : wake);
  }

  [[nodiscard]] Index woken_in(Index call) const {
    return history_.first(call, history_.end_of(call), [&](Index i) {
      return history_[i].step == Step::kWoken && history_[i].waker == story_.waker &&
             history_[i].thread == history_[call].thread;
    });
  }

  // Two wakes of the waker with no registration between them.
  bool tell_woken_again(Index registration) {
    const auto woken = [&](Index i) {
      return history_[i].step == Step::kWoken && history_[i].waker == story_.waker;
    };
    const Index first = history_.first(registration, history_.size(), woken);
    const Index second = first == kNone ? kNone : history_.first(first + 1, history_.size(), woken);
    if (second == kNone || !at_rest()) return false;
    story_.did(registration);
    for (const Index wake : {first, second}) {
      const Index call = history_.call_of(wake);
      const Index step = call == kNone ? kNone : history_.last(call, wake, [&](Index i) {
        return history_.call_of(i) == call && matter_.in_cell(i);
      });
      if (step != kNone) story_.did(step);
      story_.did(wake);
    }
    story_.claims.push_back({ClaimKind::kWokenAgain, first, second});
    story_.decide(Cause::kWokenAgain, first, second);
    return true;
  }

  const Matter& matter_;
  const History& history_;
  Story story_;
};

}  // namespace

Story tell_stuck_state(const Matter& matter) { return StuckState(matter).tell(); }

}  // namespace awlab
