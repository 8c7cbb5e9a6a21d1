// The tale of a waker: cloned, woken, dropped, and the calls through which its exceptions went.
#include "core/trace/tales.hpp"

namespace awlab {
namespace {

class WakerLife {
 public:
  explicit WakerLife(const Matter& matter) : matter_(matter), history_(matter.history) {}

  Story tell() {
    story_.waker = matter_.violation.waker;
    add_life();
    switch (matter_.violation.kind) {
      case Kind::kPanicSafety:
        judge_exception();
        break;
      case Kind::kDuplicateWake:
        judge_second_wake();
        break;
      case Kind::kWakerLifetime:
        // Only the check after all threads finds wakers that are left.
        if (matter_.violation.thread == kOutside) judge_end();
        break;
      default:
        break;
    }
    return story_;
  }

 private:
  static bool is_exception(Step step) {
    return step == Step::kCloneThrew || step == Step::kWakeThrew;
  }
  [[nodiscard]] bool about(Index i) const {
    return story_.waker != kNoWaker && history_[i].waker == story_.waker;
  }

  void add_life() {
    constexpr std::size_t kMost = 12;
    for (Index i = history_.size() - 1; i >= 0 && story_.claims.size() < kMost; --i) {
      const Step step = history_[i].step;
      if (is_exception(step) || step == Step::kThrow ||
          (about(i) && (step == Step::kCall || step == Step::kReturn || step == Step::kClone ||
                        step == Step::kWoken || step == Step::kDropped))) {
        story_.claims.insert(story_.claims.begin(), {ClaimKind::kDid, i});
      }
    }
  }

  // The last exception of a waker in a call that has ended, and the end of that call.
  void judge_exception() {
    const Index last = history_.last(0, history_.size(), [&](Index i) {
      return history_[i].thread == matter_.violation.thread;
    });
    if (last != kNone && is_exception(history_[last].step)) {
      story_.claims.push_back({ClaimKind::kNoWayOut, last});
      return story_.decide(Cause::kNoWayOut, last);
    }
    const Index threw = history_.last(0, history_.size(), [&](Index i) {
      const Index call = history_.call_of(i);
      return is_exception(history_[i].step) && call != kNone && history_.has_ended(call);
    });
    if (threw == kNone) return add_last_step();
    const Index call = history_.call_of(threw);
    const Index end = history_.end_of(call);
    story_.claims.push_back({ClaimKind::kRaised, threw, end});
    const Index dropped = history_.first_in(call, [&](Index i) {
      return history_[i].step == Step::kDropped &&
             (i > threw || history_[i].waker != history_[call].waker);
    });
    if (history_[end].step == Step::kReturn) {
      story_.decide(Cause::kExceptionSwallowed, threw, end);
    } else if (history_[threw].step == Step::kCloneThrew && dropped != kNone) {
      story_.claims.push_back({ClaimKind::kDropped, dropped});
      story_.decide(Cause::kDroppedOther, threw, dropped);
    } else {
      story_.decide(Cause::kExceptionEscaped, threw, end);
    }
  }

  void judge_second_wake() {
    const auto woken = [&](Index i) { return history_[i].step == Step::kWoken && about(i); };
    const Index second = history_.last(0, history_.size(), woken);
    if (second == kNone) return add_last_step();
    const Index first = history_.last(0, second, woken);
    const Index again = history_.first(
        first + 1, second, [&](Index i) { return history_[i].step == Step::kCall && about(i); });
    if (first == kNone || again != kNone) return;
    if (const Index step = step_before(first); step != kNone) story_.did(step);
    story_.claims.push_back({ClaimKind::kWokenAgain, first, second});
    story_.decide(Cause::kWokenAgain, first, second);
  }

  // The last step on the cell in the call in which event `i` happened, before it.
  [[nodiscard]] Index step_before(Index i) const {
    const Index call = history_.call_of(i);
    return call == kNone ? kNone : history_.last(call, i, [&](Index j) {
      return history_.call_of(j) == call && matter_.in_cell(j);
    });
  }

  // A waker that is left: the data in which its registration stored it was written anew.
  void judge_end() {
    const Index last = history_.last(0, history_.size(), [&](Index i) {
      return about(i) && (history_[i].step == Step::kClone || history_[i].step == Step::kWoken ||
                          history_[i].step == Step::kDropped || history_[i].step == Step::kCall);
    });
    if (last == kNone) return add_last_step();
    story_.claims.push_back({ClaimKind::kLastOf, last});
    const Index cloned = history_.last(0, history_.size(), [&](Index i) {
      return about(i) && (history_[i].step == Step::kClone || history_[i].step == Step::kCall) &&
             history_.call_of(i) != kNone && history_[history_.call_of(i)].call == Call::kRegister;
    });
    if (cloned == kNone) return;
    const Index call = history_.call_of(cloned);
    const Index stored = stored_by(call, cloned);
    const Index replaced = stored == kNone ? kNone : next_write(stored);
    if (replaced == kNone) return;
    story_.did(stored);
    story_.did(replaced);
    story_.claims.push_back({ClaimKind::kReplaced, replaced, stored});
    story_.decide(Cause::kForgotten, replaced, stored);
  }

  // The write with which `call` stored its waker, after `cloned`: to plain data, if there is any.
  [[nodiscard]] Index stored_by(Index call, Index cloned) const {
    const auto first = [&](auto&& is_wanted) {
      return history_.first(cloned, history_.end_of(call), [&](Index i) {
        return history_.call_of(i) == call && history_.is_access(i) && is_wanted(history_[i].step);
      });
    };
    const Index plain = first([](Step step) { return step == Step::kPlainWrite; });
    return plain != kNone ? plain : first([](Step step) { return is_write(step); });
  }
  [[nodiscard]] Index next_write(Index write) const {
    if (is_write(history_[write].step)) return history_.after(write);
    return history_.first(write + 1, history_.size(), [&](Index i) {
      return history_[i].step == Step::kPlainWrite &&
             history_[i].object == history_[write].object &&
             history_.object_of(i) == history_.object_of(write);
    });
  }

  void add_last_step() {
    const Index last =
        history_.last(0, history_.size(), [&](Index i) { return matter_.in_cell(i); });
    if (last != kNone) story_.did(last);
  }

  const Matter& matter_;
  const History& history_;
  Story story_;
};

}  // namespace

Story tell_waker(const Matter& matter) { return WakerLife(matter).tell(); }

namespace {

// The last step that found a pointer to the node that begins with `object` and took it out.
Index taken_out(const History& history, const TraceObject& object) {
  const std::uint64_t address = reinterpret_cast<std::uintptr_t>(object.address);
  const auto leads = [&](std::uint64_t pointer) {
    return pointer <= address + 7 && address <= pointer + kNodeHeader;
  };
  return history.last(object.made, history.size(), [&](Index i) {
    return is_rmw(history[i].step) && leads(history[i].read) && !leads(history[i].written);
  });
}

}  // namespace

Story tell_leak(const Matter& matter) {
  const History& history = matter.history;
  const Trace& trace = history.trace();
  Story story;
  for (Index n = 0; n < static_cast<Index>(trace.objects().size()); ++n) {
    const TraceObject& object = trace.objects()[static_cast<std::size_t>(n)];
    if (object.ended != TraceObject::kNotYet || trace.in_cell(object.address) ||
        trace.in_scenario(object.address)) {
      continue;
    }
    const Index call = history.call_at(object.maker, object.made);
    story.claims.push_back({ClaimKind::kNeverEnded, call, kNone, kNone, n});
    const Index taken = taken_out(history, object);
    if (taken != kNone) story.claims.push_back({ClaimKind::kTakenOut, taken, kNone, kNone, n});
    const Index site = taken != kNone ? taken : call;
    if (story.cause == Cause::kUnknown && site != kNone) story.decide(Cause::kNeverEnded, site);
  }
  return story;
}

}  // namespace awlab
