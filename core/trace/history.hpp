// A recorded execution with everything that follows from it: the call to which each step belongs,
// the order of writes to each object, and happens-before.
#ifndef AWLAB_CORE_TRACE_HISTORY_HPP_
#define AWLAB_CORE_TRACE_HISTORY_HPP_

#include <cstdint>
#include <vector>

#include "core/trace/happens_before.hpp"
#include "core/trace/modification_order.hpp"
#include "core/trace/trace.hpp"

namespace awlab {

/// The index of an event in its trace.
using Index = std::int32_t;
inline constexpr Index kNone = -1;

/// Bytes of a node before its first atomic or plain object, at most: a pointer to the node leads
/// there.
inline constexpr std::uint64_t kNodeHeader = 64;

class History {
 public:
  explicit History(const Trace& trace);

  [[nodiscard]] const TraceEvent& operator[](Index i) const {
    return trace_.events()[static_cast<std::size_t>(i)];
  }
  [[nodiscard]] Index size() const { return static_cast<Index>(trace_.events().size()); }
  [[nodiscard]] const Trace& trace() const { return trace_; }

  /// The kCall of the innermost call to which event `i` belongs, kNone outside of calls. The start
  /// and the end of a call belong to it.
  [[nodiscard]] Index call_of(Index i) const { return calls_[static_cast<std::size_t>(i)]; }
  /// The kReturn or kThrow of the call that begins with event `call`; size() while it is in
  /// progress.
  [[nodiscard]] Index end_of(Index call) const { return ends_[static_cast<std::size_t>(call)]; }
  [[nodiscard]] bool has_ended(Index call) const { return end_of(call) < size(); }
  /// True if event `i` belongs to a wake() or take_waker().
  [[nodiscard]] bool in_wake(Index i) const {
    const Index call = call_of(i);
    return call != kNone && (*this)[call].call != Call::kRegister;
  }
  /// True if event `i` waits on an object without end: no notify has reached it.
  [[nodiscard]] bool waits_on(Index i) const {
    return (*this)[i].step == Step::kWait && first(i + 1, size(), [&](Index j) {
                                               return (*this)[j].thread == (*this)[i].thread;
                                             }) == kNone;
  }
  /// True if event `i` is an access of an object that is not the scenario's.
  [[nodiscard]] bool is_access(Index i) const {
    return (is_atomic((*this)[i].step) || is_plain((*this)[i].step)) &&
           !trace_.in_scenario((*this)[i].object);
  }

  [[nodiscard]] bool ordered(Index a, Index b) const {
    return order_.ordered(static_cast<std::size_t>(a), static_cast<std::size_t>(b));
  }
  /// True if who acquires the write `write` comes after `a` by that.
  [[nodiscard]] bool passed_on(Index a, Index write) const {
    return order_.passed_on(static_cast<std::size_t>(a), static_cast<std::size_t>(write));
  }
  /// The write right before `write` in modification order, or kInitial.
  [[nodiscard]] Index before(Index write) const { return modified_.before(write); }
  /// True if `write` is `found`, or older. `found` may be kInitial.
  [[nodiscard]] bool reaches(Index found, Index write) const {
    return found != kInitial && modified_.reaches(found, write);
  }
  /// True if event `read` sees `write`, which is to the same object, or a newer one.
  [[nodiscard]] bool sees(Index read, Index write) const {
    return reaches((*this)[read].reads_from, write);
  }
  /// The write that follows `write` in modification order, or kNone.
  [[nodiscard]] Index after(Index write) const;

  /// The first event in [begin, end) that satisfies `f`, or kNone.
  template <class F>
  [[nodiscard]] Index first(Index begin, Index end, F&& f) const {
    for (Index i = begin; i < end; ++i) {
      if (f(i)) return i;
    }
    return kNone;
  }
  /// The last event in [begin, end) that satisfies `f`, or kNone.
  template <class F>
  [[nodiscard]] Index last(Index begin, Index end, F&& f) const {
    for (Index i = end - 1; i >= begin; --i) {
      if (f(i)) return i;
    }
    return kNone;
  }
  /// The first and last event of a call itself, not of a call inside it, that satisfies `f`.
  template <class F>
  [[nodiscard]] Index first_in(Index call, F&& f) const {
    return first(call, end_of(call), [&](Index i) { return call_of(i) == call && f(i); });
  }
  template <class F>
  [[nodiscard]] Index last_in(Index call, F&& f) const {
    return last(call, end_of(call), [&](Index i) { return call_of(i) == call && f(i); });
  }

  /// The innermost call in progress on `thread` right before event `time`, or kNone.
  [[nodiscard]] Index call_at(int thread, Index time) const {
    return last(0, time, [&](Index i) {
      return (*this)[i].step == Step::kCall && (*this)[i].thread == thread && end_of(i) >= time;
    });
  }

  /// The object that event `i` accesses, as an index of Trace::objects(); kNone if it is not known.
  [[nodiscard]] Index object_of(Index i) const;

 private:
  std::vector<Index> calls_;
  std::vector<Index> ends_;
  Trace trace_;  // made after these two, which it fills
  HappensBefore order_;
  ModificationOrder modified_;
};

}  // namespace awlab

#endif  // AWLAB_CORE_TRACE_HISTORY_HPP_
