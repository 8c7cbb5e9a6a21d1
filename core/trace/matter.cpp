#include "core/trace/tales.hpp"

namespace awlab {

bool Matter::wrote_nothing(Index call) const {
  return history.first_in(call, [&](Index i) {
    return history.is_access(i) &&
           (is_write(history[i].step) || history[i].step == Step::kPlainWrite);
  }) == kNone;
}

Index Matter::owner_at(Index i) const {
  if (!own || !is_read(history[i].step)) return kNone;
  Index owner = history[i].read == 0 ? kNone : history[i].reads_from;
  while (owner != kNone && is_rmw(history[owner].step) && history[owner].read != 0) {
    owner = history[owner].reads_from;
  }
  return owner;
}

void add_left(Story& story, const Matter& matter, Index left) {
  const History& history = matter.history;
  const Index end = history.end_of(history.call_of(left));
  const Index raised =
      history[end].step == Step::kThrow ? matter.raised_in(history.call_of(left)) : kNone;
  if (raised != kNone) story.claims.push_back({ClaimKind::kRaised, raised, end});
  story.claims.push_back({ClaimKind::kLeft, left, end});
  story.decide(Cause::kLeftState, raised != kNone ? raised : left, left);
}

void add_held(Story& story, const Matter& matter, Index outer, Index found) {
  const History& history = matter.history;
  story.claims.push_back({ClaimKind::kInside, found, outer});
  const Index last = history.last(
      outer, found, [&](Index i) { return history.call_of(i) == outer && matter.in_cell(i); });
  const Index inner = last == kNone ? kNone : history.first(last, found, [&](Index i) {
    return history[i].thread == history[outer].thread && history[i].step == Step::kCall;
  });
  if (inner == kNone) return;
  // A wake is noted before the waker runs, a clone after it.
  const Index woken = history.last(last, inner, [&](Index i) {
    return history[i].step == Step::kWoken && history.call_of(i) == outer;
  });
  const Index site = woken != kNone ? woken : last;
  story.claims.push_back({ClaimKind::kCalledAfter, site, inner});
  story.decide(Cause::kHeldInside, site, inner);
}

}  // namespace awlab
