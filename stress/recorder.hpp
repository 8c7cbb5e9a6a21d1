// The flight recorder of one role in one round: its last events, and the rows that its calls went
// through.
//
// Only the thread that plays the role writes to it, so it orders nothing; others read it once the
// round is over. It stands outside the cell: the cell's own code is the production header.
#ifndef AWLAB_STRESS_RECORDER_HPP_
#define AWLAB_STRESS_RECORDER_HPP_

#include <array>
#include <atomic>
#include <cstdint>

#include "core/contract/contract.hpp"
#include "core/contract/row_counter.hpp"
#include "core/trace/trace.hpp"
#include "stress/ticks.hpp"

namespace awlab::stress {

class Recorder {
 public:
  struct Event {
    std::uint64_t at;  // in ticks
    TraceEvent what;
  };
  static constexpr unsigned kKept = 64;

  /// Observations by the role's wakers and by its last look; see RoundOutcome.
  struct Seen {
    bool looked = false;
    bool ready = false;
    bool woke_own = false;    // from inside its own registration
    bool woke_other = false;  // at any other time
    bool check_failed = false;
  };

  /// Clears everything and starts recording role number `role`.
  void start(int role) {
    role_ = role;
    events_ = operations_ = 0;
    rows_.start();
    seen_ = {};
  }

  /// The role's number in the ledger.
  [[nodiscard]] int role() const { return role_; }
  /// From now on continues the work that role number `role` has begun.
  void plays_for(int role) { role_ = role; }
  [[nodiscard]] std::uint64_t operations() const { return operations_; }
  [[nodiscard]] const RowCounter::Seen& rows() const { return rows_.seen(); }
  [[nodiscard]] const Seen& seen() const { return seen_; }
  /// The innermost call in progress.
  [[nodiscard]] Call call() const { return rows_.call(); }
  void check_failed() { seen_.check_failed = true; }

  /// Records an access to an atomic object, or a fence, which is on none.
  void access(Step step, std::memory_order order, const void* object, std::uint64_t read,
              std::uint64_t written, const char* function, bool spurious = false) {
    TraceEvent& event = next();
    event = {};
    event.step = step;
    event.thread = static_cast<std::int8_t>(role_);
    event.order = order;
    event.object = object;
    event.read = read;
    event.written = written;
    event.function = function;
    event.spurious = spurious;
    operations_ += is_atomic(step) && step != Step::kLoad ? 1U : 0U;
    if (is_read(step) && step != Step::kLoad) rows_.found(read);
  }

  /// Records an event of the ledger.
  void note(const TraceEvent& event) {
    next() = event;
    rows_.note(event);
    switch (event.step) {
      case Step::kWoken:
        (rows_.call() == Call::kRegister ? seen_.woke_own : seen_.woke_other) = true;
        break;
      case Step::kSawReady:
      case Step::kSawNotReady:
        seen_.looked = true;
        seen_.ready = event.step == Step::kSawReady;
        break;
      default:
        break;
    }
  }

  /// Calls `f(event)` for each event that is kept, in order.
  template <class F>
  void for_each(F&& f) const {
    for (unsigned i = events_ > kKept ? events_ - kKept : 0; i < events_; ++i) {
      f(kept_[i % kKept]);
    }
  }
  /// Number of events that are no longer kept.
  [[nodiscard]] unsigned lost() const { return events_ > kKept ? events_ - kKept : 0; }

 private:
  TraceEvent& next() {
    Event& event = kept_[events_++ % kKept];
    event.at = ticks();
    return event.what;
  }

  int role_ = kOutside;
  unsigned events_ = 0;
  std::uint64_t operations_ = 0;
  Seen seen_;
  RowCounter rows_;
  std::array<Event, kKept> kept_{};
};

}  // namespace awlab::stress

#endif  // AWLAB_STRESS_RECORDER_HPP_
