#include "core/trace/explain.hpp"

#include <algorithm>
#include <optional>

#include "core/trace/happens_before.hpp"
#include "core/trace/modification_order.hpp"

namespace awlab {
namespace {

using Index = std::int32_t;
constexpr Index kNone = -1;

class Story {
 public:
  Story(const Violation& violation, const Trace& trace, const TraceNames& names)
      : violation_(violation),
        trace_(trace),
        names_(names),
        order_(trace.events()),
        modified_(trace.events()) {}

  Explanation tell() {
    if (violation_.kind == Kind::kMissedWakeup) {
      tell_missed_wakeup();
    } else if (violation_.kind == Kind::kDataRace) {
      tell_data_race();
    } else {
      tell_waker();
    }
    if (told_.summary.empty()) {
      told_.summary = std::string(violation_.actual);
    }
    if (told_.site.empty()) {
      name_site_by_last_call();
    }
    return told_;
  }

 private:
  const TraceEvent& at(Index i) const { return trace_.events()[static_cast<std::size_t>(i)]; }
  Index size() const { return static_cast<Index>(trace_.events().size()); }
  // An atomic step on the cell that the violation is about.
  bool in_cell(Index i) const {
    if (!is_atomic(at(i).step)) return false;
    const int cell = trace_.cell_of(at(i).object);
    return cell != kNoCell && (violation_.cell == kNoCell || violation_.cell == cell);
  }
  std::string who(Index i) const { return actor(at(i), names_); }
  std::string what(Index i) const { return describe(at(i), trace_, names_); }
  std::string thread_name(Index i) const {
    return names_.threads[static_cast<std::size_t>(at(i).thread)];
  }
  std::string waker() const {
    return violation_.waker == kNoWaker ? "its waker"
                                        : names_.wakers[static_cast<std::size_t>(violation_.waker)];
  }

  void say(Index i) {
    told_.chain.push_back(who(i) + ": " + what(i));
    told_.steps.push_back(i);
  }
  void say(std::string sentence) { told_.chain.push_back(std::move(sentence)); }

  void decide(Index site, Index other, std::string summary) {
    told_.summary = std::move(summary);
    told_.site = short_function(at(site).function);
    told_.operations = std::string(to_string(at(site).step));
    if (other != kNone) {
      told_.operations += "/" + std::string(to_string(at(other).step));
    }
  }

  void name_site_by_last_call() {
    for (Index i = size() - 1; i >= 0; --i) {
      if (at(i).step == Step::kCall) {
        told_.site = std::string(to_string(at(i).call));
        return;
      }
    }
  }

  // The first or last event in [begin, end) that satisfies `f`.
  template <class F>
  Index first(Index begin, Index end, F&& f) const {
    for (Index i = begin; i < end; ++i) {
      if (f(i)) return i;
    }
    return kNone;
  }
  template <class F>
  Index last(Index begin, Index end, F&& f) const {
    for (Index i = end - 1; i >= begin; --i) {
      if (f(i)) return i;
    }
    return kNone;
  }

  // True if `found`, the write that a read saw, is `write` or a later one.
  bool sees(Index found, Index write) const {
    return found != kInitial && modified_.reaches(found, write);
  }

  // The missing link of the release sequence: the reason that events before `released` are not
  // known after `acquired`, a later read of the same object. Empty if no link is missing.
  std::optional<std::string> broken_link(Index released, Index acquired) {
    if (!releases(at(released).order)) {
      decide(released, acquired,
             "the " + what(released) + " of " + who(released) +
                 " does not release, so nothing that came before it reaches the " +
                 std::string(to_string(at(acquired).step)) + " of " + who(acquired));
      return "the " + std::string(to_string(at(released).step)) + " of " + who(released) + " is " +
             std::string(to_string(at(released).order)) +
             ": it does not release what came before it";
    }
    for (Index i = at(acquired).reads_from; i != released && i != kInitial;
         i = modified_.before(i)) {
      // A release store of the same thread passes on whatever its earlier release passed on.
      const bool hands_on = at(i).thread == at(released).thread && releases(at(i).order);
      if (at(i).step == Step::kStore && !hands_on) {
        decide(i, released,
               "the plain store of " + who(i) + " broke the release sequence of the " +
                   std::string(to_string(at(released).step)) + " of " + who(released));
        say(i);
        return "a plain store starts a release sequence of its own, so what " + who(released) +
               " released is cut off from who reads the store";
      }
    }
    if (!acquires(at(acquired).order)) {
      decide(acquired, released,
             "the " + what(acquired) + " of " + who(acquired) + " does not acquire what " +
                 who(released) + " released");
      return "the " + std::string(to_string(at(acquired).step)) + " of " + who(acquired) + " is " +
             std::string(to_string(at(acquired).order)) + ": it does not acquire";
    }
    return std::nullopt;
  }

  void tell_missed_wakeup() {
    const Index look = last(0, size(), [&](Index i) {
      return at(i).step == Step::kSawNotReady && at(i).waker == violation_.waker;
    });
    if (look == kNone) return;
    const Index registration = last(0, look, [&](Index i) {
      return at(i).step == Step::kCall && at(i).call == Call::kRegister &&
             at(i).thread == at(look).thread && at(i).waker == violation_.waker;
    });
    const Index load = last(0, look, [&](Index i) {
      return at(i).thread == at(look).thread && is_read(at(i).step) && !in_cell(i) &&
             newer_write(i) != kNone;
    });
    if (load == kNone || registration == kNone) return;
    if (tell_ignored_wake(registration, load)) return;
    // Any publication that the look missed may be the one whose wake was lost; the first with a
    // complete explanation is told.
    for (Index published = 0; published < size(); ++published) {
      if (at(published).object == at(load).object && is_write(at(published).step) &&
          at(published).thread != at(load).thread && is_newer(published, load)) {
        const Explanation before = told_;
        if (tell_unseen(published, registration, load)) {
          told_.missing = {{published, load}};
          return;
        }
        told_ = before;
      }
    }
  }

  // A registration that met a wake, so that waking was its own duty, but returned without waking.
  bool tell_ignored_wake(Index registration, Index load) {
    const Index end = last_of_call(registration);
    const auto mine = [&](Index i) { return at(i).thread == at(load).thread && in_cell(i); };
    const Index met = last(registration, end, [&](Index i) {
      return mine(i) && at(i).step == Step::kCasFailed && at(i).reads_from != kInitial &&
             at(at(i).reads_from).thread != at(i).thread;
    });
    const bool gave_way = met == kNone || first(met, end, [&](Index i) {
                                            return mine(i) && at(i).step == Step::kCas;
                                          }) != kNone;
    if (gave_way) return false;
    const Index wake = at(met).reads_from;
    say(wake);
    say(met);
    say("with that, waking " + waker() + " was the duty of " + who(met) +
        ", which came back without doing it");
    decide(met, wake, who(met) + " met " + who(wake) + " and did not wake " + waker());
    say_look(load);
    return true;
  }

  bool is_newer(Index write, Index load) const {
    return at(write).object == at(load).object && is_write(at(write).step) &&
           !sees(at(load).reads_from, write) && at(write).thread != at(load).thread;
  }
  Index newer_write(Index load) const {
    return first(0, size(), [&](Index i) { return is_newer(i, load); });
  }

  bool tell_unseen(Index published, Index registration, Index load) {
    const auto mine = [&](Index i) {
      return at(i).thread == at(load).thread && i > registration && i < load && in_cell(i);
    };
    const Index wake_begin = first(published, size(), [&](Index i) {
      return at(i).thread == at(published).thread && at(i).step == Step::kCall &&
             at(i).call != Call::kRegister;
    });
    if (wake_begin == kNone) return false;
    const auto theirs = [&](Index i) { return at(i).thread == at(published).thread && in_cell(i); };
    const Index wake_step = first(wake_begin, size(), theirs);
    const Index register_step = first(registration, load, mine);
    if (wake_step == kNone || register_step == kNone) return false;
    const Index wake_write =
        first(wake_step, size(), [&](Index i) { return theirs(i) && is_write(at(i).step); });

    say(published);
    say(wake_step);
    if (wake_write == kNone || (wake_write != wake_step && at(wake_step).step == Step::kLoad &&
                                last_of_call(wake_step) < wake_write)) {
      say(who(wake_step) + " came back without writing to the cell, so nothing of it can be " +
          "acquired by who registers");
      say(register_step);
      say_look(load);
      decide(wake_step, register_step,
             who(wake_step) + " returned early after its " + what(wake_step));
      return true;
    }
    if (const Index owner = owner_at(wake_write);
        owner != kNone && at(owner).thread != at(wake_write).thread) {
      say(who(wake_write) + " took nothing: " + who(owner) + " owned the slot, by its " +
          what(owner));
    }
    if (sees(at(register_step).reads_from, wake_write)) {
      say(register_step);
      const std::optional<std::string> link = broken_link(wake_write, register_step);
      if (link) say(*link);
      if (!link) return false;
      say_look(load);
      return true;
    }
    // The wake came after the registration had taken the slot.
    say(register_step);
    const Index release =
        first(wake_write, load, [&](Index i) { return mine(i) && is_write(at(i).step); });
    if (release != kNone && at(release).step == Step::kStore) {
      say(release);
      say("that store erased the mark that " + who(wake_write) + " had left for the registrar");
      decide(release, wake_write,
             "the plain store of " + who(release) + " erased the wake-up of " + who(wake_write));
    } else {
      say(who(wake_write) + " came after the registration was complete, and did not wake " +
          waker());
      decide(wake_write, register_step,
             who(wake_write) + " did not wake the waker that was registered");
    }
    say_look(load);
    return true;
  }

  // The step that took ownership of the slot which the read-modify-write `i` found owned; kNone if
  // `i` found the value 0, "nobody owns the slot".
  Index owner_at(Index i) const {
    Index owner = at(i).read == 0 ? kNone : at(i).reads_from;
    while (owner != kNone && is_rmw(at(owner).step) && at(owner).read != 0) {
      owner = at(owner).reads_from;
    }
    return owner;
  }

  // The index of the event with which the call of event `i` returned or threw; size() if it did
  // not.
  Index last_of_call(Index i) const {
    const Index end = first(i, size(), [&](Index j) {
      return at(j).thread == at(i).thread &&
             (at(j).step == Step::kReturn || at(j).step == Step::kThrow);
    });
    return end == kNone ? size() : end;
  }

  void say_look(Index load) {
    say(thread_name(load) + " looks: " + what(load) + ", without what was published, and " +
        waker() + " is never woken");
    told_.steps.push_back(load);
    const Index published = newer_write(load);
    if (published != kNone) told_.missing = {{published, load}};
  }

  void tell_data_race() {
    const Index late = last(0, size(), [&](Index i) { return is_plain(at(i).step); });
    if (late == kNone) return;
    const Index early = last(0, late, [&](Index i) {
      return is_plain(at(i).step) && at(i).object == at(late).object &&
             at(i).thread != at(late).thread &&
             (at(i).step == Step::kPlainWrite || at(late).step == Step::kPlainWrite) &&
             !order_.ordered(static_cast<std::size_t>(i), static_cast<std::size_t>(late));
    });
    if (early == kNone) return;
    say(early);
    const auto step_of = [&](Index access) {
      return [this, access](Index i) {
        return at(i).thread == at(access).thread && is_atomic(at(i).step) &&
               trace_.cell_of(at(i).object) == trace_.cell_of(at(access).object);
      };
    };
    const Index handed =
        first(early, late, [&](Index i) { return step_of(early)(i) && is_write(at(i).step); });
    const Index taken = last(0, late, step_of(late));
    bool explained = false;
    if (handed != kNone && taken != kNone && is_read(at(taken).step) &&
        sees(at(taken).reads_from, handed)) {
      say(handed);
      say(taken);
      if (const std::optional<std::string> link = broken_link(handed, taken)) {
        say(*link);
        explained = true;
      }
    } else if (const Index culprit = used_after_release(early, late); culprit != kNone) {
      const Index released = last(0, culprit, step_of(culprit));
      say(released);
      say("with that, " + who(culprit) + " gave the slot away, and used it afterwards");
      decide(culprit, released,
             who(culprit) + " used the slot after it had released it by its " + what(released));
      explained = true;
    } else if (taken != kNone) {
      say(taken);
    }
    say(late);
    if (!explained) {
      decide(late, early,
             "nothing orders the " + what(early) + " of " + who(early) + " before the " +
                 what(late) + " of " + who(late));
    }
    say("no happens-before leads from the first access to the second, and one of them writes");
    told_.missing = {{early, late}};
  }

  // The one of two accesses to the slot that came after its own call had left the cell WAITING;
  // known only if the values of the cell have names.
  Index used_after_release(Index early, Index late) const {
    for (const Index access : {early, late}) {
      const Index step = last(0, access, [&](Index i) {
        return at(i).thread == at(access).thread && in_cell(i) && at(i).call == at(access).call;
      });
      if (!names_.states.empty() && trace_.in_cell(at(access).object) && step != kNone &&
          is_write(at(step).step) && at(step).written == 0) {
        return access;
      }
    }
    return kNone;
  }

  // The life of the waker that the violation is about.
  void tell_waker() {
    for (Index i = 0; i < size(); ++i) {
      const Step step = at(i).step;
      const bool about = at(i).waker == violation_.waker && violation_.waker != kNoWaker;
      if (step == Step::kCloneThrew || step == Step::kWakeThrew || step == Step::kThrow ||
          (about && (step == Step::kCall || step == Step::kReturn || step == Step::kClone ||
                     step == Step::kWoken || step == Step::kDropped))) {
        const Index call = last(0, i, [&](Index j) {
          return at(j).thread == at(i).thread && at(j).step == Step::kCall;
        });
        std::string sentence = thread_name_or_outside(i) + ": " + what(i);
        if (call != kNone && step != Step::kCall && step != Step::kReturn &&
            last_of_call(call) >= i) {
          sentence += ", in " + std::string(to_string(at(call).call));
        }
        say(std::move(sentence));
        told_.steps.push_back(i);
      }
    }
    constexpr std::size_t kMost = 12;
    if (told_.chain.size() > kMost) {
      told_.chain.erase(told_.chain.begin(), told_.chain.end() - kMost);
    }
  }

  std::string thread_name_or_outside(Index i) const {
    return at(i).thread == kOutside ? "the check from outside" : thread_name(i);
  }

  const Violation& violation_;
  const Trace& trace_;
  const TraceNames& names_;
  HappensBefore order_;
  ModificationOrder modified_;
  Explanation told_;
};

}  // namespace

Explanation explain(const Violation& violation, const Trace& trace, const TraceNames& names) {
  const Trace complete = with_calls(trace);
  return Story(violation, complete, names).tell();
}

}  // namespace awlab
