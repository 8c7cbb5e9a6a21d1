// The tale of threads that wait for ever: for what each of them waits, and who should have come.
#include <algorithm>

#include "core/trace/tales.hpp"

namespace awlab {
namespace {

class Waiting {
 public:
  explicit Waiting(const Matter& matter) : matter_(matter), history_(matter.history) {}

  Story tell() {
    int threads = 0;
    for (Index i = 0; i < history_.size(); ++i) {
      if (history_[i].thread != kOutside) threads = std::max(threads, history_[i].thread + 1);
    }
    for (int thread = 0; thread < threads; ++thread) add(thread);
    return story_;
  }

 private:
  void add(int thread) {
    const Index last =
        history_.last(0, history_.size(), [&](Index i) { return history_[i].thread == thread; });
    if (last == kNone) return;
    if (history_.waits_on(last)) return add_waiter(last);
    const bool parked = history_[last].step == Step::kPark;
    const Index call = history_.call_of(last);
    const bool in_call = call != kNone && !history_.has_ended(call);
    if (!parked && !in_call) return;  // it has ended
    if (parked) return add_parked(last);
    const Index read = is_read(history_[last].step) ? last : kNone;
    if (read != kNone && history_[read].reads_from != kInitial) {
      add_holder(read);
    } else {
      story_.did(last);
    }
    story_.claims.push_back({ClaimKind::kWaits, last});
    if (story_.cause == Cause::kUnknown) story_.decide(Cause::kWaits, last);
  }

  // A thread that waits on an object, which has changed since or not.
  void add_waiter(Index wait) {
    const Index found = history_[wait].reads_from;
    const Index changed = history_.last(0, history_.size(), [&](Index i) {
      return is_write(history_[i].step) && history_[i].object == history_[wait].object &&
             history_[i].written != history_[wait].written && i != found &&
             (found == kInitial || history_.reaches(i, found));
    });
    if (changed == kNone && found != kInitial) {
      add_holder(wait);
    } else {
      story_.did(wait);
    }
    if (changed != kNone) {
      story_.did(changed);
      story_.claims.push_back({ClaimKind::kUnnotified, wait, changed});
      if (story_.cause == Cause::kUnknown) story_.decide(Cause::kUnnotified, changed, wait);
    }
    story_.claims.push_back({ClaimKind::kWaits, wait});
    if (story_.cause == Cause::kUnknown) story_.decide(Cause::kWaits, wait);
  }

  // The write that first made the value that `read` found, with its call.
  void add_holder(Index read) {
    Index from = history_[read].reads_from;
    while (is_rmw(history_[from].step) && history_[from].read == history_[from].written &&
           history_[from].reads_from != kInitial) {
      from = history_[from].reads_from;
    }
    story_.did(from);
    const Index call = history_.call_of(from);
    if (call != kNone && history_.has_ended(call)) {
      add_left(story_, matter_, from);
    } else if (call != kNone && history_[from].thread == history_[read].thread &&
               history_.call_of(read) != call) {
      add_held(story_, matter_, call, read);
    }
    story_.did(read);
  }

  // A parked thread waits for the waker that it registered last.
  void add_parked(Index park) {
    const Index registration = history_.last(0, park, [&](Index i) {
      return history_[i].step == Step::kCall && history_[i].call == Call::kRegister &&
             history_[i].thread == history_[park].thread;
    });
    if (registration != kNone) {
      story_.did(registration);
      const WakerId waker = history_[registration].waker;
      const Index woken = history_.first(registration, history_.size(), [&](Index i) {
        return history_[i].step == Step::kWoken && history_[i].waker == waker;
      });
      if (woken == kNone && story_.waker == kNoWaker) {
        story_.waker = waker;
        story_.claims.push_back({ClaimKind::kNeverWoken, registration});
      }
    }
    story_.claims.push_back({ClaimKind::kWaits, park});
    if (story_.cause == Cause::kUnknown && registration != kNone) {
      story_.decide(Cause::kWaits, park);
    }
  }

  const Matter& matter_;
  const History& history_;
  Story story_;
};

}  // namespace

Story tell_waiting(const Matter& matter) { return Waiting(matter).tell(); }

}  // namespace awlab
