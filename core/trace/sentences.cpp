#include "core/trace/sentences.hpp"

#include <fmt/format.h>

#include <array>

namespace awlab {
namespace {

using fmt::format;

class Sentences {
 public:
  Sentences(const Story& story, const History& history, const Wording& wording)
      : story_(story), history_(history), wording_(wording) {}

  [[nodiscard]] std::string of(const Claim& claim) const {
    const Index a = claim.a;
    const Index b = claim.b;
    switch (claim.kind) {
      case ClaimKind::kDid:
        return format("{}: {} (step {})", who(a), what(a), a);
      case ClaimKind::kFound:
        return format("step {} found what {} had left at step {}", a, who(b), b);
      case ClaimKind::kHeld:
        return format("{} took nothing at step {}: {} owned the slot, by its {} (step {})", who(a),
                      a, who(b), what(b), b);
      case ClaimKind::kNoRelease:
        return format("the {} of {} is {}: it does not release what came before it (step {})",
                      step(a), who(a), to_string(history_[a].order), a);
      case ClaimKind::kCut:
        return format(
            "a plain store starts a release sequence of its own, so what {} released at step {} is "
            "cut off from who reads the store of step {}",
            who(b), b, a);
      case ClaimKind::kNoAcquire:
        return format("the {} of {} is {}: it does not acquire (step {})", step(a), who(a),
                      to_string(history_[a].order), a);
      case ClaimKind::kNotSeen:
        return format("step {} did not see what {} wrote at step {}", a, who(b), b);
      case ClaimKind::kErased:
        return format("that store erased what {} had left for {} (step {} over step {})", who(b),
                      who(a), a, b);
      case ClaimKind::kWroteNothing:
        return format("{} came back at step {} without writing anything that others see", call(a),
                      b);
      case ClaimKind::kDidNotWake:
        return format("{} came back at step {} without waking {}", call(a), b, waker());
      case ClaimKind::kNeverWoken:
        return format("nobody woke {} after step {}", waker(), a);
      case ClaimKind::kAfterCall:
        return format("step {} came after the registration, which had returned at step {}", a, b);
      case ClaimKind::kDropped:
        return format("{} dropped {} at step {}", who(a), wording_.waker(history_[a].waker), a);
      case ClaimKind::kLooked:
        return format("{} looks: {} (step {}), {} (step {})", thread(a), what(a), a,
                      a < b ? "before " + who(b) + " published" : "without what was published", b);
      case ClaimKind::kReleasedSlot:
        return format("with that, {} gave the slot away, and used it afterwards at step {}", who(a),
                      b);
      case ClaimKind::kUnordered:
        return format("nothing orders step {} before step {}, and one of them writes", b, a);
      case ClaimKind::kLeft:
        return format("{} {} at step {}, and left what step {} wrote", call_of(a),
                      history_[b].step == Step::kThrow ? "ended by an exception" : "came back", b,
                      a);
      case ClaimKind::kInside:
        return format(
            "{} began at step {} and was still in progress at step {}, which was made "
            "inside of it",
            call(b), b, a);
      case ClaimKind::kCalledAfter:
        return format("after its step {}, {} let a waker run, which called {} at step {}", a,
                      call_of(a), to_string(history_[b].call), b);
      case ClaimKind::kNoWayOut:
        return format("the exception of step {} had no way out of {}", a, call_of(a));
      case ClaimKind::kRaised:
        return format("the exception of step {} {} (step {})", a,
                      history_[b].step == Step::kThrow
                          ? "came out of " + call_of(a)
                          : "did not come out of " + call_of(a) + ", which returned",
                      b);
      case ClaimKind::kWokenAgain:
        return format("{} was woken at step {} and again at step {}, and not registered in between",
                      wording_.waker(history_[a].waker), a, b);
      case ClaimKind::kReplaced:
        return format("step {} is the next write to the data that step {} wrote", a, b);
      case ClaimKind::kLastOf:
        return format("after step {}, nothing happened to {}", a, waker());
      case ClaimKind::kSteps:
        return format("{} took {} steps that write or try to, until step {}", call(a), claim.c, b);
      case ClaimKind::kRepeated:
        return format("{} made this step {} times, at last as step {}, and did not come to an end",
                      who(a), claim.c, b);
      case ClaimKind::kWaits:
        return history_[a].step == Step::kPark
                   ? format("{} sleeps from step {} on", thread(a), a)
                   : format("{} waits for this to change from step {} on", who(a), a);
      case ClaimKind::kUnnotified:
        return format("{} changed that at step {}, and no notify has reached {}", who(b), b,
                      thread(a));
      case ClaimKind::kWaited:
        return format("{} waited for another thread at step {}", call(a), b);
      case ClaimKind::kStopped:
        return format("{} went no further than step {}", thread(a), a);
      case ClaimKind::kMade:
        return format("{} was made {}", node(claim.object), maker(claim));
      case ClaimKind::kEnded:
        return format("{} was destroyed {}, before step {}", node(claim.object), ender(claim),
                      object(claim.object).ended);
      case ClaimKind::kUsedEnded:
        return format("{} used it afterwards: {} (step {})", who(a), what(a), a);
      case ClaimKind::kNeverEnded:
        return format("{}, which was made {}, is never destroyed", node(claim.object),
                      maker(claim));
      case ClaimKind::kTakenOut:
        return format("{} took {} out: {} (step {})", who(a), node(claim.object), what(a), a);
      case ClaimKind::kUnorderedEnd:
        return format("nothing orders step {} before {} is destroyed, after step {}", a,
                      node(claim.object), b);
      case ClaimKind::kUnorderedMade:
        return format(
            "nothing orders the making of {}, before step {}, before its use: {} (step {})",
            node(claim.object), b, what(a), a);
      case ClaimKind::kCheckFailed:
        return format("after step {}, a check of {} failed", a, who(a));
    }
    return "";
  }

  [[nodiscard]] std::string whole() const {
    const std::string waits = claims(ClaimKind::kWaits) ? waiting() : "";
    const std::string reason = story_.cause == Cause::kWaits ? "" : cause();
    return waits + (waits.empty() || reason.empty() ? "" : ": ") + reason;
  }

 private:
  [[nodiscard]] std::string cause() const {
    const Index a = story_.site;
    const Index b = story_.other;
    switch (story_.cause) {
      case Cause::kUnknown:
        return "";
      case Cause::kNoRelease:
        return format(
            "the {} of {} does not release, so nothing that came before it reaches the {} of {}",
            what(a), who(a), step(b), who(b));
      case Cause::kNoAcquire:
        return format("the {} of {} does not acquire what {} released", what(a), who(a), who(b));
      case Cause::kPlainStore:
        return claims(ClaimKind::kErased)
                   ? format("the plain store of {} erased the wake-up of {}", who(a), who(b))
                   : format("the plain store of {} broke the release sequence of the {} of {}",
                            who(a), step(b), who(b));
      case Cause::kLeftDuty:
        return format("{} met {} and did not wake {}", who(a), who(b), waker());
      case Cause::kReturnedEarly:
        return history_[a].step == Step::kCall
                   ? format("{} did nothing", call(a))
                   : format("{} returned early after its {}", who(a), what(a));
      case Cause::kStoredNothing:
        return history_[a].step == Step::kCall
                   ? format("{} stored nothing", call(a))
                   : format("{} stored nothing after its {}", who(a), what(a));
      case Cause::kUnseen:
        return b == kNone ? format("{} did not see the registration in its {}", who(a), what(a))
                          : format("{} and {} did not see each other", who(a), who(b));
      case Cause::kDidNotWake:
        return format("{} came after {} was registered, and did not wake it", who(a), waker());
      case Cause::kUsedAfterRelease:
        return format("{} used the slot after it had released it by its {}", who(a), what(a));
      case Cause::kUnordered:
        return format("nothing orders the {} of {} before the {} of {}", what(b), who(b), what(a),
                      who(a));
      case Cause::kLeftState:
        return a == b ? format("{} left the cell as its {} had made it", who(a), what(a))
                      : format("{}, ended by an exception, left the cell as its {} had made it",
                               who(b), what(b));
      case Cause::kHeldInside:
        return format("{} called a waker while it held the cell: that called {}", who(a),
                      to_string(history_[b].call));
      case Cause::kNoWayOut:
        return format("an exception of {} had no way out of {}", wording_.waker(history_[a].waker),
                      call_of(a));
      case Cause::kExceptionSwallowed:
        return format("{} threw in {}, which returned all the same",
                      wording_.waker(history_[a].waker), call_of(a));
      case Cause::kExceptionEscaped:
        return format("the exception of {} came out of {}", wording_.waker(history_[a].waker),
                      call_of(a));
      case Cause::kDroppedOther:
        return format("{}, whose clone threw, dropped {}", call_of(a),
                      wording_.waker(history_[b].waker));
      case Cause::kWokenAgain:
        return format("{} woke {}, and {} woke it again without a registration in between", who(a),
                      wording_.waker(history_[a].waker), who(b));
      case Cause::kForgotten:
        return format("{} left {} behind: it was the next to write to the data that held it",
                      who(a), waker());
      case Cause::kUsedAfterEnd:
        if (const Claim* end = find(ClaimKind::kUnorderedEnd)) {
          return format("nothing orders the {} of {} before {} is destroyed", what(a), who(a),
                        node(end->object));
        }
        return format("{} used {}, which was destroyed", who(a),
                      wording_.objects().name(a).in_sentence());
      case Cause::kNeverEnded:
        return history_[a].step == Step::kCall
                   ? format("what {} made was never destroyed", call(a))
                   : format("{} took out what was never destroyed", who(a));
      case Cause::kTooManySteps:
        return format("{} took {} steps", call(a), count(ClaimKind::kSteps));
      case Cause::kEndless:
        return format("{} repeats its {} without end", who(a), what(a));
      case Cause::kWaits:
        return "";
      case Cause::kUnnotified:
        return format("{} changed what {} waits on, and no notify has reached that thread", who(a),
                      who(b));
      case Cause::kWaited:
        return format("{} waited for another thread: {}", who(a), what(a));
      case Cause::kCheckFailed:
        return format("a check failed in {} after its {}", who(a), what(a));
    }
    return "";
  }

  [[nodiscard]] const TraceObject& object(Index n) const {
    return history_.trace().objects()[static_cast<std::size_t>(n)];
  }
  [[nodiscard]] std::string who(Index i) const { return wording_.actor(i); }
  [[nodiscard]] std::string what(Index i) const { return wording_.event(i); }
  [[nodiscard]] std::string thread(Index i) const { return wording_.thread(history_[i].thread); }
  [[nodiscard]] std::string step(Index i) const { return std::string(to_string(history_[i].step)); }
  [[nodiscard]] std::string waker() const { return wording_.waker(story_.waker); }
  // The call that begins at `i`.
  [[nodiscard]] std::string call(Index i) const {
    const TraceEvent& begun = history_[i];
    return format("{}'s {}{}", thread(i), to_string(begun.call),
                  begun.call == Call::kRegister ? "(" + wording_.waker(begun.waker) + ")" : "");
  }
  [[nodiscard]] std::string call_of(Index i) const {
    const Index begin = history_.call_of(i);
    return begin == kNone ? thread(i) : call(begin);
  }
  [[nodiscard]] std::string node(Index n) const {
    const int number = wording_.objects().node_of(n);
    return number != 0                                   ? format("node {}", number)
           : history_.trace().in_cell(object(n).address) ? "data of the cell"
                                                         : "an object of the scenario";
  }
  [[nodiscard]] std::string maker(const Claim& claim) const {
    return claim.a != kNone ? "in " + call(claim.a)
           : object(claim.object).maker == kOutside
               ? std::string("with the cell")
               : "by " + wording_.thread(object(claim.object).maker);
  }
  [[nodiscard]] std::string ender(const Claim& claim) const {
    return claim.a != kNone ? "in " + call(claim.a)
                            : "by " + wording_.thread(object(claim.object).ender);
  }
  [[nodiscard]] bool claims(ClaimKind kind) const { return find(kind) != nullptr; }
  [[nodiscard]] Index count(ClaimKind kind) const {
    const Claim* claim = find(kind);
    return claim == nullptr ? 0 : claim->c;
  }
  [[nodiscard]] const Claim* find(ClaimKind kind) const {
    for (const Claim& claim : story_.claims) {
      if (claim.kind == kind) return &claim;
    }
    return nullptr;
  }

  // Every thread that waits, and for what.
  [[nodiscard]] std::string waiting() const {
    std::string text;
    for (const Claim& claim : story_.claims) {
      if (claim.kind != ClaimKind::kWaits) continue;
      text += text.empty() ? "" : ", and ";
      text += history_[claim.a].step == Step::kPark ? thread(claim.a) + " sleeps"
              : history_[claim.a].step == Step::kWait
                  ? who(claim.a) + " " + what(claim.a)
                  : format("{} waits after its {}", who(claim.a), what(claim.a));
    }
    return text + ", and nobody is left to end that";
  }

  const Story& story_;
  const History& history_;
  const Wording& wording_;
};

}  // namespace

std::string sentence(const Claim& claim, const Story& story, const History& history,
                     const Wording& wording) {
  return Sentences(story, history, wording).of(claim);
}

std::string summary(const Story& story, const History& history, const Wording& wording) {
  return Sentences(story, history, wording).whole();
}

std::string_view to_string(Cause cause) {
  constexpr std::array<std::string_view, 27> kWords = {
      "unknown",        "no release",     "no acquire",  "plain store",  "left duty",
      "returned early", "stored nothing", "unseen",      "did not wake", "after release",
      "unordered",      "left state",     "swallowed",   "escaped",      "dropped other",
      "woken again",    "forgotten",      "held inside", "no way out",   "used after end",
      "never ended",    "too many steps", "endless",     "waits",        "not notified",
      "waited",         "check failed"};
  return kWords[static_cast<std::size_t>(cause)];
}

}  // namespace awlab
