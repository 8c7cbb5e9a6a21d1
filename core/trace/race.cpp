// The tale of a data race, and of an object used outside of its life.
#include <optional>

#include "core/trace/broken_link.hpp"
#include "core/trace/tales.hpp"

namespace awlab {
namespace {

class Race {
 public:
  explicit Race(const Matter& matter) : matter_(matter), history_(matter.history) {}

  Story tell() {
    story_.waker = matter_.violation.waker;
    const Index late = history_.last(0, history_.size(), [&](Index i) {
      return is_plain(history_[i].step) || is_atomic(history_[i].step);
    });
    if (late == kNone || tell_end(late) || tell_used_ended(late)) return story_;
    if (tell_pair(late)) return story_;
    tell_unborn(late);
    return story_;
  }

 private:
  const TraceObject& object(Index n) const {
    return history_.trace().objects()[static_cast<std::size_t>(n)];
  }
  static bool conflict(Step a, Step b) {
    return is_plain(a) && is_plain(b) && (a == Step::kPlainWrite || b == Step::kPlainWrite);
  }

  void add_life(Index n, bool with_end) {
    story_.claims.push_back(
        {ClaimKind::kMade, history_.call_at(object(n).maker, object(n).made), kNone, kNone, n});
    if (with_end) {
      story_.claims.push_back(
          {ClaimKind::kEnded, history_.call_at(object(n).ender, object(n).ended), kNone, kNone, n});
    }
  }

  // The object that a step uses was destroyed before.
  bool tell_used_ended(Index late) {
    const Index n = history_.object_of(late);
    if (n == kNone || object(n).ended == TraceObject::kNotYet || object(n).ended > late) {
      return false;
    }
    add_life(n, true);
    add_wake_before(late);
    story_.claims.push_back({ClaimKind::kUsedEnded, late, kNone, kNone, n});
    story_.decide(Cause::kUsedAfterEnd, late);
    return true;
  }

  // P10: the wake after which the call of `late` should have left the cell alone.
  void add_wake_before(Index late) {
    const Index call = history_.call_of(late);
    if (matter_.violation.property != Property::kP10 || call == kNone) return;
    const Index woken = history_.last(call, late, [&](Index i) {
      return history_.call_of(i) == call && history_[i].step == Step::kWoken;
    });
    if (woken != kNone) story_.did(woken);
  }

  // After the last access, an object ended that another thread uses.
  bool tell_end(Index late) {
    const auto& objects = history_.trace().objects();
    for (auto n = static_cast<Index>(objects.size()) - 1; n >= 0; --n) {
      const TraceObject& gone = object(n);
      if (gone.ended <= late || gone.ender == kOutside) continue;
      const Index by =
          history_.last(0, gone.ended, [&](Index i) { return history_[i].thread == gone.ender; });
      const Index early = history_.last(0, history_.size(), [&](Index i) {
        return history_[i].thread != gone.ender && history_[i].object == gone.address &&
               (is_atomic(history_[i].step) || is_plain(history_[i].step)) &&
               history_.object_of(i) == n && by != kNone && !history_.ordered(i, by);
      });
      if (early == kNone) continue;
      add_life(n, true);
      story_.did(early);
      story_.claims.push_back({ClaimKind::kUnorderedEnd, early, by, kNone, n});
      story_.decide(Cause::kUsedAfterEnd, early);
      return true;
    }
    return false;
  }

  bool tell_pair(Index late) {
    const Index early = history_.last(0, late, [&](Index i) {
      return history_[i].object == history_[late].object &&
             history_[i].thread != history_[late].thread &&
             conflict(history_[i].step, history_[late].step) && !history_.ordered(i, late);
    });
    if (early == kNone) return false;
    if (const Index n = history_.object_of(late);
        n != kNone && !history_.trace().in_cell(object(n).address) &&
        !history_.trace().in_scenario(object(n).address)) {
      add_life(n, false);
    }
    story_.did(early);
    if (!tell_used_after_release(early, late) && !tell_link(early, late)) {
      story_.decide(Cause::kUnordered, late, early);
    }
    story_.did(late);
    story_.claims.push_back({ClaimKind::kUnordered, late, early});
    story_.missing = {{early, late}};
    return true;
  }

  bool tell_link(Index event, Index late) {
    for (Index read = late; read >= 0; --read) {
      if (history_[read].thread != history_[late].thread) continue;
      const std::optional<BrokenLink> link = broken_link(history_, event, read);
      if (!link) continue;
      if (link->from != event) story_.did(link->from);
      if (link->site != link->from && link->site != read) story_.did(link->site);
      if (read != late) story_.did(read);
      story_.claims.push_back(link->claim);
      story_.decide(link->cause, link->site, link->other);
      return true;
    }
    return false;
  }

  // One of the two came after its own call had given the slot away.
  bool tell_used_after_release(Index early, Index late) {
    if (!matter_.own || !history_.trace().in_cell(history_[late].object)) return false;
    for (const Index access : {early, late}) {
      const Index call = history_.call_of(access);
      if (call == kNone) continue;
      const Index released = history_.last(
          call, access, [&](Index i) { return history_.call_of(i) == call && matter_.in_cell(i); });
      if (released == kNone || !is_write(history_[released].step) ||
          history_[released].written != 0) {
        continue;
      }
      story_.did(released);
      story_.claims.push_back({ClaimKind::kReleasedSlot, released, access});
      story_.decide(Cause::kUsedAfterRelease, released, access);
      return true;
    }
    return false;
  }

  // The object that a step uses was made by a thread that nothing orders before it.
  void tell_unborn(Index late) {
    const Index n = history_.object_of(late);
    const Index born = n == kNone ? kNone : history_.first(object(n).made, late, [&](Index i) {
      return history_[i].thread == object(n).maker;
    });
    if (born == kNone || history_.ordered(born, late)) {
      story_.did(late);
      return;
    }
    add_life(n, false);
    story_.claims.push_back({ClaimKind::kUnorderedMade, late, born, kNone, n});
    if (!tell_link(born, late)) story_.decide(Cause::kUnordered, late, born);
  }

  const Matter& matter_;
  const History& history_;
  Story story_;
};

}  // namespace

Story tell_race(const Matter& matter) { return Race(matter).tell(); }

}  // namespace awlab
