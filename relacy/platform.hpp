// RelacyPlatform: the atomics, the plain data and the parking of a cell on the Relacy Race Detector.
//
// Each atomic value travels with the number of the operation that wrote it, so that the recorded
// trace has exact reads-from edges. Memory orders go to Relacy as they are, with one exception: it
// knows no failure order stronger than the success order, so there an acquire fence follows.
#ifndef AWLAB_RELACY_PLATFORM_HPP_
#define AWLAB_RELACY_PLATFORM_HPP_

#include "relacy/upstream.hpp"
// After upstream: its headers must not see ours half defined.
#include <array>
#include <atomic>
#include <cstdint>
#include <ostream>
#include <source_location>
#include <utility>

#include "core/scenario/scenario_platform.hpp"
#include "core/support/exception_state.hpp"
#include "core/trace/memory_order.hpp"
#include "core/trace/trace.hpp"

namespace awlab::relacy {

/// What the running simulation shares with the platform. One simulation at a time in a process.
struct Recorder {
  Trace* trace = nullptr;  // null: nothing is recorded
  bool outside = false;
  bool check_failed = false;
  std::array<std::uint64_t, kMaxThreads + 1> operations{};
  std::uint32_t operations_recorded = 0;  // numbers operations from 1; 0 is the initial value
  std::array<std::int32_t, Trace::kCapacity + 1> event_of{};  // by number

  std::uint32_t next_number() {
    return trace != nullptr && operations_recorded < Trace::kCapacity ? ++operations_recorded : 0;
  }
  void start(Trace* into) {
    trace = into;
    outside = false;
    check_failed = false;
    operations_recorded = 0;
    event_of[0] = kInitial;
  }
};

inline Recorder recorder;

/// A value and the number of the operation that wrote it; compares and computes as the value.
template <class T>
struct Tagged {
  T value{};
  std::uint32_t writer = 0;

  friend bool operator==(const Tagged& a, const Tagged& b) { return a.value == b.value; }
  friend Tagged operator+(const Tagged& a, const Tagged& b) {
    return {a.value + b.value, b.writer};
  }
  friend Tagged operator-(const Tagged& a, const Tagged& b) {
    return {a.value - b.value, b.writer};
  }
  friend Tagged operator&(const Tagged& a, const Tagged& b) {
    return {a.value & b.value, b.writer};
  }
  friend Tagged operator|(const Tagged& a, const Tagged& b) {
    return {a.value | b.value, b.writer};
  }
  friend Tagged operator^(const Tagged& a, const Tagged& b) {
    return {a.value ^ b.value, b.writer};
  }
  friend std::ostream& operator<<(std::ostream& out, const Tagged& t) { return out << t.value; }
};

constexpr rl::memory_order to_relacy(std::memory_order order) {
  switch (order) {
    case std::memory_order_relaxed:
      return rl::mo_relaxed;
    case std::memory_order_consume:
      return rl::mo_consume;
    case std::memory_order_acquire:
      return rl::mo_acquire;
    case std::memory_order_release:
      return rl::mo_release;
    case std::memory_order_acq_rel:
      return rl::mo_acq_rel;
    default:
      return rl::mo_seq_cst;
  }
}

inline rl::debug_info to_relacy(const std::source_location& at) {
  return {at.function_name(), at.file_name(), at.line()};
}

struct RelacyPlatform {
  static constexpr bool kSimulated = true;

  using Site = std::source_location;

  static int current_thread() {
    return recorder.outside ? kOutside : static_cast<int>(rl::ctx().threadx_->index_);
  }
  static void outside(bool is) { recorder.outside = is; }
  static std::uint64_t operations() {
    return recorder.operations[static_cast<std::size_t>(current_thread())];
  }
  static void note(const TraceEvent& event) {
    if (recorder.trace != nullptr) {
      recorder.trace->add(event);
    }
  }
  static void watch(int cell, const void* begin, std::size_t size) {
    if (recorder.trace != nullptr) {
      recorder.trace->set_cell(cell, begin, size);
    }
  }
  /// Ends the simulation; does not return.
  static void violated() {
    rl::ctx().fail_test("", rl::test_result_user_assert_failed, {"", "", 0});
  }
  static void check(bool ok) {
    if (!ok) {
      recorder.check_failed = true;
      violated();
    }
  }
  static void yield(Site at = Site::current()) {
    const ExceptionState mine;
    rl::ctx().yield(1, to_relacy(at));
  }
  static void spin_hint() {}

  template <class T>
  class atomic;
  template <class T>
  class plain;
  class Parker;
};

template <class T>
class RelacyPlatform::atomic {
 public:
  explicit atomic(T value = T()) : word_(Tagged<T>{value, 0}) {}

  T load(std::memory_order order = std::memory_order_seq_cst, Site at = Site::current()) const {
    const ExceptionState mine;
    const Tagged<T> found = word_.load(to_relacy(order), to_relacy(at));
    record(Step::kLoad, order, found, found, 0, at);
    return found.value;
  }
  void store(T value, std::memory_order order = std::memory_order_seq_cst,
             Site at = Site::current()) {
    const ExceptionState mine;
    const Tagged<T> desired = tag(value);
    word_.store(desired, to_relacy(order), to_relacy(at));
    last_writer_ = desired.writer;
    count();
    record(Step::kStore, order, Tagged<T>{}, desired, desired.writer, at);
  }
  T exchange(T value, std::memory_order order = std::memory_order_seq_cst,
             Site at = Site::current()) {
    return rmw<Step::kExchange, rl::rmw_type_swap>(value, order, at,
                                                   [](T, T operand) { return operand; });
  }
  T fetch_add(T value, std::memory_order order = std::memory_order_seq_cst,
              Site at = Site::current()) {
    return rmw<Step::kFetchAdd, rl::rmw_type_add>(value, order, at,
                                                  [](T old, T operand) { return old + operand; });
  }
  T fetch_sub(T value, std::memory_order order = std::memory_order_seq_cst,
              Site at = Site::current()) {
    return rmw<Step::kFetchSub, rl::rmw_type_sub>(value, order, at,
                                                  [](T old, T operand) { return old - operand; });
  }
  T fetch_and(T value, std::memory_order order = std::memory_order_seq_cst,
              Site at = Site::current()) {
    return rmw<Step::kFetchAnd, rl::rmw_type_and>(value, order, at,
                                                  [](T old, T operand) { return old & operand; });
  }
  T fetch_or(T value, std::memory_order order = std::memory_order_seq_cst,
             Site at = Site::current()) {
    return rmw<Step::kFetchOr, rl::rmw_type_or>(value, order, at,
                                                [](T old, T operand) { return old | operand; });
  }
  T fetch_xor(T value, std::memory_order order = std::memory_order_seq_cst,
              Site at = Site::current()) {
    return rmw<Step::kFetchXor, rl::rmw_type_xor>(value, order, at,
                                                  [](T old, T operand) { return old ^ operand; });
  }
  bool compare_exchange_strong(T& expected, T desired, std::memory_order success,
                               std::memory_order failure, Site at = Site::current()) {
    return cas<false>(expected, desired, success, failure, at);
  }
  bool compare_exchange_strong(T& expected, T desired,
                               std::memory_order order = std::memory_order_seq_cst,
                               Site at = Site::current()) {
    return cas<false>(expected, desired, order, failure_order(order), at);
  }
  bool compare_exchange_weak(T& expected, T desired, std::memory_order success,
                             std::memory_order failure, Site at = Site::current()) {
    return cas<true>(expected, desired, success, failure, at);
  }
  bool compare_exchange_weak(T& expected, T desired,
                             std::memory_order order = std::memory_order_seq_cst,
                             Site at = Site::current()) {
    return cas<true>(expected, desired, order, failure_order(order), at);
  }

 private:
  static Tagged<T> tag(T value) { return {value, recorder.next_number()}; }

  static void count() { ++recorder.operations[static_cast<std::size_t>(current_thread())]; }

  void record(Step step, std::memory_order order, const Tagged<T>& found, const Tagged<T>& left,
              std::uint32_t number, const Site& at) const {
    if (recorder.trace == nullptr) {
      return;
    }
    TraceEvent event;
    event.step = step;
    event.thread = static_cast<std::int8_t>(current_thread());
    event.order = order;
    event.object = this;
    event.read = static_cast<std::uint64_t>(found.value);
    event.written = static_cast<std::uint64_t>(left.value);
    event.reads_from = recorder.event_of[found.writer];
    event.function = at.function_name();
    const std::int32_t index = recorder.trace->add(event);
    if (number != 0) {
      recorder.event_of[number] = index;
    }
  }

  template <Step step, rl::rmw_type_e type, class F>
  T rmw(T operand, std::memory_order order, const Site& at, F&& apply) {
    const ExceptionState mine;
    const Tagged<T> tagged = tag(operand);
    const Tagged<T> found =
        word_.rmw(rl::rmw_type_t<type>(), tagged, to_relacy(order), to_relacy(at));
    last_writer_ = tagged.writer;
    count();
    record(step, order, found, Tagged<T>{static_cast<T>(apply(found.value, operand)), 0},
           tagged.writer, at);
    return found.value;
  }

  template <bool weak>
  bool cas(T& expected, T desired, std::memory_order success, std::memory_order failure,
           const Site& at) {
    const ExceptionState mine;
    Tagged<T> found{expected, 0};
    const Tagged<T> tagged = tag(desired);
    const bool too_strong = acquires(failure) && !acquires(success);
    const bool swapped =
        word_.compare_exchange(rl::bool_t<weak>(), found, tagged, to_relacy(success),
                               too_strong ? rl::mo_relaxed : to_relacy(failure), to_relacy(at));
    count();
    if (swapped) {
      // Relacy does not hand out what a successful compare-exchange found: it is the last value.
      const Tagged<T> last{expected, std::exchange(last_writer_, tagged.writer)};
      record(Step::kCas, success, last, tagged, tagged.writer, at);
    } else {
      if (too_strong) {
        rl::atomic_thread_fence(rl::mo_acquire, to_relacy(at));
      }
      record(Step::kCasFailed, failure, found, tagged, 0, at);
      expected = found.value;
    }
    return swapped;
  }

  mutable rl::atomic<Tagged<T>> word_;
  std::uint32_t last_writer_ = 0;
};

/// Plain data whose accesses Relacy checks for races by happens-before.
template <class T>
class RelacyPlatform::plain {
 public:
  plain() : plain(T()) {}
  explicit plain(T value) : value_(std::move(value)), shadow_(rl::ctx().var_ctor()) {
    shadow_->init(*rl::ctx().threadx_);
  }
  plain(const plain&) = delete;
  plain& operator=(const plain&) = delete;
  ~plain() { rl::ctx().var_dtor(shadow_); }

  template <class F>
  decltype(auto) with(F&& f, Site at = Site::current()) const {
    record(Step::kPlainRead, at);
    judge(shadow_->load(*rl::ctx().threadx_), at);
    return std::forward<F>(f)(value_);
  }
  template <class F>
  decltype(auto) with_mut(F&& f, Site at = Site::current()) {
    record(Step::kPlainWrite, at);
    judge(shadow_->store(*rl::ctx().threadx_), at);
    return std::forward<F>(f)(value_);
  }

 private:
  void record(Step step, const Site& at) const {
    TraceEvent event;
    event.step = step;
    event.thread = static_cast<std::int8_t>(current_thread());
    event.object = this;
    event.function = at.function_name();
    note(event);
  }
  static void judge(bool ordered, const Site& at) {
    if (!ordered) {
      rl::ctx().fail_test("", rl::test_result_data_race, to_relacy(at));
    }
  }

  T value_;
  rl::var_data* shadow_;
};

/// Sleeps and wakes a simulated thread. Orders no memory: what is published must come by the cell.
class RelacyPlatform::Parker {
 public:
  void park(Site at = Site::current()) {
    const ExceptionState mine;
    note_step(Step::kPark);
    while (!token_) {
      parked_ = rl::ctx().threadx_->index_;
      rl::ctx().park_current_thread(false, false, false, to_relacy(at));
    }
    token_ = false;
    note_step(Step::kUnpark);
  }
  void unpark(Site at = Site::current()) {
    token_ = true;
    if (parked_ >= 0) {
      rl::ctx().unpark_thread(std::exchange(parked_, -1), false, to_relacy(at));
    }
  }

 private:
  static void note_step(Step step) {
    TraceEvent event;
    event.step = step;
    event.thread = static_cast<std::int8_t>(current_thread());
    note(event);
  }

  bool token_ = false;
  rl::thread_id_t parked_ = -1;
};

static_assert(ScenarioPlatform<RelacyPlatform>);

}  // namespace awlab::relacy

#endif  // AWLAB_RELACY_PLATFORM_HPP_
