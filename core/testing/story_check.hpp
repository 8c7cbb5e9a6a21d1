// A checker of stories: holds each claim against the execution that it is about.
//
// It shares nothing with the tales that make the claims but the history: the calls, the order of
// writes and happens-before, which have tests of their own.
#ifndef AWLAB_CORE_TESTING_STORY_CHECK_HPP_
#define AWLAB_CORE_TESTING_STORY_CHECK_HPP_

#include <algorithm>
#include <string>

#include "core/trace/story.hpp"

namespace awlab {

class StoryCheck {
 public:
  StoryCheck(const Story& story, const History& history) : story_(story), history_(history) {}

  /// The first thing that is wrong with the story, or an empty string.
  [[nodiscard]] std::string wrong() const {
    for (std::size_t n = 0; n < story_.claims.size(); ++n) {
      const Claim& claim = story_.claims[n];
      if (!in_range(claim) || !holds(claim)) {
        return "claim " + std::to_string(n) + " of kind " +
               std::to_string(static_cast<int>(claim.kind)) + " does not hold";
      }
    }
    if (story_.cause != Cause::kUnknown && !is_backed()) return "no claim backs the cause";
    if (story_.missing) {
      const auto [first, second] = *story_.missing;
      if (first >= second) return "the missing order goes back in the table";
      if (history_.ordered(first, second)) return "the missing order is there";
    }
    return "";
  }

 private:
  using K = ClaimKind;

  [[nodiscard]] bool in_range(const Claim& claim) const {
    const auto valid = [&](Index i) { return i >= kNone && i < history_.size(); };
    const bool counts = claim.kind == K::kSteps || claim.kind == K::kRepeated;
    return valid(claim.a) && valid(claim.b) && (counts || valid(claim.c)) &&
           claim.object >= kNone &&
           claim.object < static_cast<Index>(history_.trace().objects().size());
  }

  [[nodiscard]] bool holds(const Claim& claim) const {
    const Index a = claim.a;
    const Index b = claim.b;
    const Index c = claim.c;
    switch (claim.kind) {
      case K::kDid:
        return a != kNone;
      case K::kFound:
        return is_read(step(a)) && at(a).reads_from == b && is_write(step(b));
      case K::kHeld:
        return held(a, b);
      case K::kNoRelease:
        return is_write(step(a)) && history_.ordered(c, a) && !history_.passed_on(c, a);
      case K::kCut:
        return step(a) == Step::kStore && same_object(a, b) && a != b && history_.reaches(a, b) &&
               history_.passed_on(c, b) && !history_.passed_on(c, a);
      case K::kNoAcquire:
        return is_read(step(a)) && history_.sees(a, b) && history_.passed_on(c, at(a).reads_from) &&
               !history_.ordered(c, a);
      case K::kNotSeen:
        return is_read(step(a)) && is_write(step(b)) && same_object(a, b) && !history_.sees(a, b);
      case K::kErased:
        return step(a) == Step::kStore && is_write(step(b)) && same_object(a, b) && a != b &&
               history_.reaches(a, b) && at(a).thread != at(b).thread;
      case K::kWroteNothing:
        return is_call(a, b) && none_in(a, [&](Index i) { return writes_for_others(i); });
      case K::kDidNotWake:
        return is_call(a, b) && none(a, b, [&](Index i) {
                 return at(i).thread == at(a).thread && woken(i, story_.waker);
               });
      case K::kNeverWoken:
        return none(a + 1, history_.size(), [&](Index i) { return woken(i, story_.waker); });
      case K::kAfterCall:
        return a > b && is_end(b);
      case K::kDropped:
        return step(a) == Step::kDropped && history_.call_of(a) != kNone;
      case K::kLooked:
        return is_read(step(a)) && is_write(step(b)) && same_object(a, b) && !history_.sees(a, b) &&
               at(a).thread != at(b).thread;
      case K::kReleasedSlot:
        return is_write(step(a)) && at(a).written == 0 && is_plain(step(b)) && a < b &&
               history_.call_of(a) != kNone && history_.call_of(a) == history_.call_of(b);
      case K::kUnordered:
        return is_plain(step(a)) && is_plain(step(b)) && same_object(a, b) &&
               at(a).thread != at(b).thread &&
               (step(a) == Step::kPlainWrite || step(b) == Step::kPlainWrite) &&
               !history_.ordered(a, b) && !history_.ordered(b, a);
      case K::kLeft:
        return is_write(step(a)) && is_call(history_.call_of(a), b) && none(a + 1, b, [&](Index i) {
                 return history_.call_of(i) == history_.call_of(a) && is_write(step(i)) &&
                        same_object(i, a);
               });
      case K::kInside:
        return step(b) == Step::kCall && at(a).thread == at(b).thread && b < a &&
               history_.end_of(b) > a && history_.call_of(a) != b;
      case K::kCalledAfter:
        return at(a).thread == at(b).thread && a < b && step(b) == Step::kCall &&
               history_.call_of(a) != kNone && history_.end_of(history_.call_of(a)) > b &&
               none(a + 1, b, [&](Index i) {
                 return history_.call_of(i) == history_.call_of(a) && history_.is_access(i) &&
                        is_atomic(step(i));
               });
      case K::kNoWayOut:
        return (step(a) == Step::kCloneThrew || step(a) == Step::kWakeThrew) &&
               none(a + 1, history_.size(), [&](Index i) { return at(i).thread == at(a).thread; });
      case K::kRaised:
        return (step(a) == Step::kCloneThrew || step(a) == Step::kWakeThrew) && is_end(b) &&
               history_.call_of(a) == history_.call_of(b) && a < b;
      case K::kWokenAgain:
        return a < b && woken(a, at(a).waker) && woken(b, at(a).waker) &&
               none(
                   a, b,
                   [&](Index i) {
                     return step(i) == Step::kCall && at(i).call == Call::kRegister &&
                            at(i).waker == at(a).waker;
                   });
      case K::kReplaced:
        return replaced(a, b);
      case K::kLastOf:
        return at(a).waker == story_.waker && none(a + 1, history_.size(), [&](Index i) {
                 return at(i).waker == story_.waker && is_life(step(i));
               });
      case K::kSteps:
        return is_call(a, b) && count_in(a, [&](Index i) {
                                  return step(i) >= Step::kStore && step(i) <= Step::kCasFailed;
                                }) == c;
      case K::kRepeated:
        return repeated(a, b, c);
      case K::kWaits:
        return none(a + 1, history_.size(),
                    [&](Index i) { return at(i).thread == at(a).thread; }) &&
               (step(a) == Step::kPark || step(a) == Step::kWait ||
                (history_.call_of(a) != kNone && !history_.has_ended(history_.call_of(a))));
      case K::kUnnotified:
        return step(a) == Step::kWait && is_write(step(b)) && same_object(a, b) &&
               at(b).written != at(a).written && b != at(a).reads_from &&
               (at(a).reads_from == kInitial || history_.reaches(b, at(a).reads_from)) &&
               none(a + 1, history_.size(), [&](Index i) { return at(i).thread == at(a).thread; });
      case K::kWaited:
        return step(a) == Step::kCall && history_.call_of(b) == a &&
               (step(b) == Step::kWait || (step(b) == Step::kLoad && !none(a, b, [&](Index i) {
                                             return history_.call_of(i) == a &&
                                                    step(i) == Step::kLoad && same_object(i, b);
                                           })));
      case K::kStopped:
        return a != kNone &&
               none(a + 1, history_.size(), [&](Index i) { return at(i).thread == at(a).thread; });
      case K::kMade:
        return in_progress(a, object(claim).maker, object(claim).made);
      case K::kEnded:
        return object(claim).ended != TraceObject::kNotYet &&
               in_progress(a, object(claim).ender, object(claim).ended);
      case K::kUsedEnded:
        return uses(a, claim) && object(claim).ended != TraceObject::kNotYet &&
               object(claim).ended <= a;
      case K::kNeverEnded:
        return object(claim).ended == TraceObject::kNotYet &&
               in_progress(a, object(claim).maker, object(claim).made);
      case K::kTakenOut:
        return is_rmw(step(a)) && leads_to(at(a).read, object(claim)) &&
               !leads_to(at(a).written, object(claim)) && object(claim).made <= a;
      case K::kUnorderedEnd:
        return uses(a, claim) && at(b).thread == object(claim).ender &&
               at(a).thread != at(b).thread && !history_.ordered(a, b) &&
               none(b + 1, object(claim).ended,
                    [&](Index i) { return at(i).thread == at(b).thread; });
      case K::kUnorderedMade:
        return uses(a, claim) && at(b).thread == object(claim).maker && b >= object(claim).made &&
               !history_.ordered(b, a);
      case K::kCheckFailed:
        return none(a + 1, history_.size(), [&](Index i) {
          return at(i).thread == at(a).thread && (is_atomic(step(i)) || is_plain(step(i)));
        });
    }
    return false;
  }

  // Some claim must be about the site, or about its whole call; the cause is a word for it.
  [[nodiscard]] bool is_backed() const {
    return std::ranges::any_of(story_.claims, [&](const Claim& claim) {
      return claim.kind == K::kWroteNothing || claim.kind == K::kDidNotWake
                 ? claim.a == history_.call_of(story_.site)
                 : claim.kind != K::kDid && (claim.a == story_.site || claim.b == story_.site);
    });
  }

  [[nodiscard]] const TraceEvent& at(Index i) const { return history_[i]; }
  [[nodiscard]] Step step(Index i) const { return i == kNone ? Step::kEnd : at(i).step; }
  [[nodiscard]] bool same_object(Index a, Index b) const { return at(a).object == at(b).object; }
  [[nodiscard]] const TraceObject& object(const Claim& claim) const {
    return history_.trace().objects()[static_cast<std::size_t>(claim.object)];
  }
  [[nodiscard]] bool uses(Index i, const Claim& claim) const {
    return (is_atomic(step(i)) || is_plain(step(i))) && at(i).object == object(claim).address &&
           object(claim).made <= i;
  }
  [[nodiscard]] bool is_end(Index i) const {
    return step(i) == Step::kReturn || step(i) == Step::kThrow;
  }
  static bool leads_to(std::uint64_t pointer, const TraceObject& object) {
    const std::uint64_t address = reinterpret_cast<std::uintptr_t>(object.address);
    return pointer <= address + 7 && address <= pointer + kNodeHeader;
  }
  // True if `b` is the end of the call that begins with `a`.
  [[nodiscard]] bool is_call(Index a, Index b) const {
    return a != kNone && b != kNone && step(a) == Step::kCall && is_end(b) &&
           history_.call_of(b) == a && at(a).thread == at(b).thread && a < b;
  }
  [[nodiscard]] bool writes_for_others(Index i) const {
    return (is_write(step(i)) || step(i) == Step::kPlainWrite) &&
           !history_.trace().in_scenario(at(i).object);
  }
  [[nodiscard]] bool woken(Index i, WakerId waker) const {
    return step(i) == Step::kWoken && at(i).waker == waker && waker != kNoWaker;
  }
  static bool is_life(Step step) {
    return step == Step::kClone || step == Step::kWoken || step == Step::kDropped;
  }
  // True if `call` was the innermost call of `thread` right before event `time`; kNone: none was.
  [[nodiscard]] bool in_progress(Index call, int thread, Index time) const {
    Index open = kNone;
    for (Index i = 0; i < time; ++i) {
      if (at(i).thread != thread) continue;
      open = !is_end(i) ? history_.call_of(i) : outer(history_.call_of(i));
    }
    return open == call;
  }
  // The call around `call`.
  [[nodiscard]] Index outer(Index call) const {
    if (call == kNone) return kNone;
    for (Index i = call - 1; i >= 0; --i) {
      if (step(i) == Step::kCall && at(i).thread == at(call).thread && history_.end_of(i) > call) {
        return i;
      }
    }
    return kNone;
  }

  // Step `a` found the value that step `b` had begun: no value 0 lies in between.
  [[nodiscard]] bool held(Index a, Index b) const {
    if (!is_read(step(a)) || at(a).read == 0 || !is_write(step(b)) || at(b).written == 0) {
      return false;
    }
    for (Index i = at(a).reads_from; i != kInitial; i = history_.before(i)) {
      if (at(i).written == 0) return false;
      if (i == b) return at(b).step == Step::kStore || at(b).read == 0;
    }
    return false;
  }

  [[nodiscard]] bool replaced(Index a, Index b) const {
    if (!same_object(a, b)) return false;
    if (is_write(step(a)) && is_write(step(b))) return history_.before(a) == b;
    return step(a) == Step::kPlainWrite && step(b) == Step::kPlainWrite && b < a &&
           none(
               b + 1, a,
               [&](Index i) { return step(i) == Step::kPlainWrite && same_object(i, a); });
  }

  [[nodiscard]] bool repeated(Index a, Index b, Index times) const {
    const Index call = history_.call_of(a);
    Index count = 0;
    for (Index i = a; i <= b; ++i) {
      count += at(i).thread == at(a).thread && history_.call_of(i) == call && step(i) == step(a) &&
                       same_object(i, a)
                   ? 1
                   : 0;
    }
    return count == times && times > 1 && (call == kNone || !history_.has_ended(call));
  }

  template <class F>
  [[nodiscard]] bool none(Index begin, Index end, F&& f) const {
    return history_.first(begin, end, f) == kNone;
  }
  template <class F>
  [[nodiscard]] bool none_in(Index call, F&& f) const {
    return history_.first_in(call, f) == kNone;
  }
  template <class F>
  [[nodiscard]] Index count_in(Index call, F&& f) const {
    Index count = 0;
    for (Index i = call; i < history_.end_of(call); ++i) {
      count += history_.call_of(i) == call && f(i) ? 1 : 0;
    }
    return count;
  }

  const Story& story_;
  const History& history_;
};

}  // namespace awlab

#endif  // AWLAB_CORE_TESTING_STORY_CHECK_HPP_
