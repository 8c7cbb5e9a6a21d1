// The tale of a missed wake-up: a publication that the look did not see, and the wake that followed
// it.
#include <algorithm>
#include <optional>

#include "core/trace/broken_link.hpp"
#include "core/trace/tales.hpp"

namespace awlab {
namespace {

class MissedWakeup {
 public:
  explicit MissedWakeup(const Matter& matter) : matter_(matter), history_(matter.history) {}

  Story tell() {
    base_.waker = matter_.violation.waker;
    if (!find_look()) return base_;
    if (const auto story = left_behind()) return *story;
    if (const auto story = left_duty()) return *story;
    // Any publication that the look missed may be the one whose wake was lost: the first with the
    // most certain explanation is told.
    std::optional<Story> best;
    for (Index published = 0; published < history_.size(); ++published) {
      if (!is_missed(published)) continue;
      const Index wake = wake_after(published);
      if (wake == kNone) continue;
      const Story story = of(published, wake);
      if (!best || rank(story.cause) < rank(best->cause)) best = story;
    }
    return best ? *best : only_facts();
  }

 private:
  static int rank(Cause cause) {
    switch (cause) {
      case Cause::kReturnedEarly:
        return 0;
      case Cause::kNoRelease:
      case Cause::kNoAcquire:
      case Cause::kPlainStore:
        return 1;
      case Cause::kLeftState:
      case Cause::kStoredNothing:
        return 2;
      case Cause::kUnseen:
        return 3;
      case Cause::kDidNotWake:
        return 4;
      default:
        return 5;
    }
  }

  bool find_look() {
    const auto& violation = matter_.violation;
    const Index seen = history_.last(0, history_.size(), [&](Index i) {
      return history_[i].step == Step::kSawNotReady && history_[i].waker == violation.waker;
    });
    if (seen == kNone) return false;
    const int thread = history_[seen].thread;
    registration_ = history_.last(0, seen, [&](Index i) {
      return history_[i].step == Step::kCall && history_[i].call == Call::kRegister &&
             history_[i].thread == thread && history_[i].waker == violation.waker;
    });
    look_ = history_.last(0, seen, [&](Index i) {
      return history_[i].thread == thread && is_read(history_[i].step) && !history_.is_access(i) &&
             newer_write(i) != kNone;
    });
    return registration_ != kNone && look_ != kNone && history_.has_ended(registration_);
  }

  // A publication that the look `i` did not see.
  bool misses(Index look, Index write) const {
    return history_[write].object == history_[look].object && is_write(history_[write].step) &&
           history_[write].thread != history_[look].thread && !history_.sees(look, write);
  }
  bool is_missed(Index write) const { return misses(look_, write); }
  Index newer_write(Index look) const {
    return history_.first(0, history_.size(), [&](Index i) { return misses(look, i); });
  }

  // The first call to wake after a publication, on its thread, that came back.
  Index wake_after(Index published) const {
    return history_.first(published, history_.size(), [&](Index i) {
      if (history_[i].thread != history_[published].thread || history_[i].step != Step::kCall ||
          history_[i].call == Call::kRegister || !history_.has_ended(i)) {
        return false;
      }
      const auto any = [](Index) { return true; };
      return matter_.first_step(i, any) != kNone ||
             history_.first_in(i, [&](Index j) { return is_atomic(history_[j].step); }) == kNone;
    });
  }

  bool woke(Index call) const {
    return history_.first(call, history_.end_of(call), [&](Index i) {
      return history_[i].thread == history_[call].thread && history_[i].step == Step::kWoken &&
             history_[i].waker == base_.waker;
    }) != kNone;
  }

  // The registration found the slot owned by a call that had ended before.
  std::optional<Story> left_behind() const {
    const Index found =
        matter_.first_step(registration_, [&](Index i) { return is_read(history_[i].step); });
    if (found == kNone || !matter_.wrote_nothing(registration_)) return std::nullopt;
    const Index owner = matter_.owner_at(found);
    const Index call = owner == kNone ? kNone : history_.call_of(owner);
    if (call == kNone || !history_.has_ended(call) || history_.end_of(call) > registration_) {
      return std::nullopt;
    }
    Story story = base_;
    story.did(owner);
    add_left(story, matter_, owner);
    story.did(found);
    story.claims.push_back(
        {ClaimKind::kWroteNothing, registration_, history_.end_of(registration_)});
    add_look(story, newer_write(look_));
    return story;
  }

  // The registration met a wake, so that waking was its own duty, and came back without waking.
  std::optional<Story> left_duty() const {
    const Index met = matter_.last_step(registration_, [&](Index i) {
      const TraceEvent& event = history_[i];
      return (event.step == Step::kCasFailed || event.step == Step::kLoad) && !event.spurious &&
             event.reads_from != kInitial && history_.in_wake(event.reads_from);
    });
    if (met == kNone || woke(registration_)) return std::nullopt;
    const bool gave_way = history_.first(met + 1, history_.end_of(registration_), [&](Index i) {
      return history_.call_of(i) == registration_ && matter_.in_cell(i) &&
             (history_[met].step == Step::kLoad ? is_write(history_[i].step)
                                                : history_[i].step == Step::kCas);
    }) != kNone;
    if (gave_way) return std::nullopt;
    const Index wake = history_[met].reads_from;
    Story story = base_;
    story.did(wake);
    story.did(met);
    story.claims.push_back({ClaimKind::kFound, met, wake});
    story.claims.push_back({ClaimKind::kDidNotWake, registration_, history_.end_of(registration_)});
    add_drops(story, registration_);
    story.decide(Cause::kLeftDuty, met, wake);
    add_look(story, newer_write(look_));
    return story;
  }

  Story of(Index published, Index wake) const {
    Story story = base_;
    story.did(published);
    if (early(story, wake) || unlinked(story, published, wake) || nothing_stored(story) ||
        erased(story, wake) || came_late(story, wake) || unseen(story, wake)) {
      add_look(story, published);
      return story;
    }
    story.did(wake);
    story.claims.push_back({ClaimKind::kDidNotWake, wake, history_.end_of(wake)});
    add_look(story, published);
    return story;
  }

  bool early(Story& story, Index wake) const {
    if (!matter_.wrote_nothing(wake)) return false;
    const Index last = matter_.last_step(wake, [&](Index i) { return is_read(history_[i].step); });
    const Index met = last == kNone ? wake : last;
    story.did(met);
    const Index newer = last == kNone ? kNone : matter_.first_step(registration_, [&](Index i) {
      return is_write(history_[i].step) && history_[i].object == history_[last].object &&
             !history_.sees(last, i);
    });
    if (newer != kNone) story.claims.push_back({ClaimKind::kNotSeen, last, newer});
    story.claims.push_back({ClaimKind::kWroteNothing, wake, history_.end_of(wake)});
    story.decide(Cause::kReturnedEarly, met);
    return true;
  }

  // The registration reads what came of the wake, and yet does not come after the publication.
  bool unlinked(Story& story, Index published, Index wake) const {
    for (Index read = registration_; read < history_.end_of(registration_); ++read) {
      if (history_.call_of(read) != registration_ || !matter_.in_cell(read)) continue;
      const std::optional<BrokenLink> link = broken_link(history_, published, read);
      if (!link) continue;
      const Index step = matter_.first_step(wake, [](Index) { return true; });
      if (step != kNone) add_wake_step(story, step);
      if (link->from != step) story.did(link->from);
      if (link->site != link->from && link->site != read) story.did(link->site);
      story.did(read);
      story.claims.push_back(link->claim);
      story.decide(link->cause, link->site, link->other);
      return true;
    }
    return false;
  }

  bool nothing_stored(Story& story) const {
    const Index last =
        matter_.last_step(registration_, [&](Index i) { return is_read(history_[i].step); });
    if (!matter_.wrote_nothing(registration_) || woke(registration_)) return false;
    const Index met = last == kNone ? registration_ : last;
    story.did(met);
    if (last != kNone && history_[last].reads_from != kInitial) {
      story.claims.push_back({ClaimKind::kFound, last, history_[last].reads_from});
    }
    story.claims.push_back(
        {ClaimKind::kWroteNothing, registration_, history_.end_of(registration_)});
    story.decide(Cause::kStoredNothing, met);
    return true;
  }

  // A store of the registrar, in this or a later registration, over what the wake had left.
  bool erased(Story& story, Index wake) const {
    for (Index mark = wake; mark < history_.end_of(wake); ++mark) {
      if (history_.call_of(mark) != wake || !matter_.in_cell(mark) ||
          !is_write(history_[mark].step))
        continue;
      const Index store = history_.first(registration_, look_, [&](Index i) {
        return history_[i].thread == history_[registration_].thread && matter_.in_cell(i) &&
               history_.call_of(i) != kNone && !history_.in_wake(i) &&
               history_[i].step == Step::kStore && history_[i].object == history_[mark].object &&
               history_.reaches(i, mark);
      });
      if (store == kNone) continue;
      add_wake_step(story, mark);
      story.did(store);
      story.claims.push_back({ClaimKind::kErased, store, mark});
      story.decide(Cause::kPlainStore, store, mark);
      return true;
    }
    return false;
  }

  // The wake sees the last that the registration wrote, and does not wake.
  bool came_late(Story& story, Index wake) const {
    const Index stored =
        matter_.last_step(registration_, [&](Index i) { return is_write(history_[i].step); });
    if (stored == kNone) return false;
    const Index step = matter_.first_step(wake, [&](Index i) {
      return is_read(history_[i].step) && history_[i].object == history_[stored].object &&
             history_.sees(i, stored) && i > history_.end_of(registration_);
    });
    if (step == kNone) return false;
    add_drops(story, registration_);
    story.did(stored);
    story.did(step);
    story.claims.push_back({ClaimKind::kAfterCall, step, history_.end_of(registration_)});
    add_drops(story, wake);
    story.claims.push_back({ClaimKind::kDidNotWake, wake, history_.end_of(wake)});
    story.decide(Cause::kDidNotWake, step, stored);
    if (const Index owner = matter_.owner_at(step); owner != kNone) {
      story.claims.push_back({ClaimKind::kHeld, step, owner});
      const Index call = history_.call_of(owner);
      if (call != kNone && history_.end_of(call) < step) add_left(story, matter_, owner);
    }
    return true;
  }

  // Neither the wake sees the registration nor the registration the wake.
  bool unseen(Story& story, Index wake) const {
    const auto unseen_write = [&](Index read, Index call) {
      return matter_.first_step(call, [&](Index i) {
        return is_write(history_[i].step) && history_[i].object == history_[read].object &&
               !history_.sees(read, i);
      });
    };
    const auto blind_read = [&](Index call, Index other) {
      return matter_.last_step(call, [&](Index i) {
        return is_read(history_[i].step) && !is_write(history_[i].step) &&
               unseen_write(i, other) != kNone;
      });
    };
    const Index read = blind_read(wake, registration_);
    if (read == kNone) return false;
    story.did(read);
    story.claims.push_back({ClaimKind::kNotSeen, read, unseen_write(read, registration_)});
    story.claims.push_back({ClaimKind::kDidNotWake, wake, history_.end_of(wake)});
    const Index mine = blind_read(registration_, wake);
    if (mine != kNone) {
      story.did(mine);
      story.claims.push_back({ClaimKind::kNotSeen, mine, unseen_write(mine, wake)});
    }
    story.decide(Cause::kUnseen, read, mine);
    return true;
  }

  void add_wake_step(Story& story, Index step) const {
    story.did(step);
    const Index owner = matter_.owner_at(step);
    if (owner != kNone && is_write(history_[step].step) &&
        history_[owner].thread != history_[step].thread) {
      story.claims.push_back({ClaimKind::kHeld, step, owner});
    }
  }

  void add_drops(Story& story, Index call) const {
    const Index dropped = history_.last_in(call, [&](Index i) {
      return history_[i].step == Step::kDropped && history_[i].waker == base_.waker;
    });
    if (dropped != kNone) story.claims.push_back({ClaimKind::kDropped, dropped});
  }

  void add_look(Story& story, Index published) const {
    story.claims.push_back({ClaimKind::kLooked, look_, published});
    story.claims.push_back({ClaimKind::kNeverWoken, registration_});
    if (published < look_) story.missing = {{published, look_}};
  }

  Story only_facts() const {
    Story story = base_;
    story.did(registration_);
    story.did(history_.end_of(registration_));
    add_look(story, newer_write(look_));
    return story;
  }

  const Matter& matter_;
  const History& history_;
  Story base_;
  Index registration_ = kNone;
  Index look_ = kNone;
};

}  // namespace

Story tell_missed_wakeup(const Matter& matter) { return MissedWakeup(matter).tell(); }

}  // namespace awlab
