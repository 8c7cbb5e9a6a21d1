// MachinePlatform: the atomics, the plain data and the parking of a cell on the machine.
//
// Values are at most 64 bits; an object knows its number on the machine and nothing else.
#ifndef AWLAB_FUZZ_MACHINE_PLATFORM_HPP_
#define AWLAB_FUZZ_MACHINE_PLATFORM_HPP_

#include <atomic>
#include <cstring>
#include <source_location>
#include <type_traits>
#include <utility>

#include "core/scenario/scenario_platform.hpp"
#include "core/trace/memory_order.hpp"
#include "fuzz/machine/machine.hpp"

namespace awlab::machine {

struct MachinePlatform {
  static constexpr bool kSimulated = true;

  using Site = std::source_location;

  static int current_thread() { return Machine::running().current_thread(); }
  static void outside(bool /*is*/) {}  // the machine knows
  static std::uint64_t operations() { return Machine::running().operations(); }
  static void note(const TraceEvent& event) { Machine::running().note(event); }
  static void watch(int cell, const void* begin, std::size_t size) {
    Machine::running().watch(cell, begin, size);
  }
  static void violated() { Machine::running().violated(); }
  static void check(bool ok) {
    if (!ok) Machine::running().check_failed();
  }
  /// The calling thread waits for something new: its next step reads a write of another thread that
  /// it has not read before. If none comes, it waits for ever. A busy wait yields right before it
  /// reads again what it waits for.
  static void yield() { Machine::running().perform({.op = Op::kYield}, ""); }
  static void spin_hint() {}
  static void fence(std::memory_order order, Site at = Site::current()) {
    Machine::running().perform({.op = Op::kFence, .order = order}, at.function_name());
  }

  template <class T>
  class atomic;
  template <class T>
  class plain;
  class Parker;

  /// An object on the machine, from construction to destruction.
  class Object {
   public:
    explicit Object(std::uint64_t value, std::uint8_t bytes)
        : location_(Machine::running().create(value, bytes)) {
      Machine::running().recorder().object_at(location_, this);
    }
    Object(const Object&) = delete;
    Object& operator=(const Object&) = delete;
    ~Object() { perform({.op = Op::kDestroy}, Site()); }

    Result perform(Operation operation, const Site& at) const {
      operation.location = location_;
      return Machine::running().perform(operation, at.function_name());
    }

   private:
    Location location_;
  };
};

template <class T>
class MachinePlatform::atomic {
  static_assert(std::is_trivially_copyable_v<T> && sizeof(T) <= sizeof(std::uint64_t));

 public:
  atomic() : atomic(T()) {}
  explicit atomic(T value) : object_(encode(value), sizeof(T)) {}

  T load(std::memory_order order = std::memory_order_seq_cst, Site at = Site::current()) const {
    return decode(object_.perform({.op = Op::kLoad, .bytes = sizeof(T), .order = order}, at).value);
  }
  void store(T value, std::memory_order order = std::memory_order_seq_cst,
             Site at = Site::current()) {
    rmw(Op::kStore, value, order, at);
  }
  T exchange(T value, std::memory_order order = std::memory_order_seq_cst,
             Site at = Site::current()) {
    return rmw(Op::kExchange, value, order, at);
  }
  T fetch_add(T value, std::memory_order order = std::memory_order_seq_cst,
              Site at = Site::current()) {
    return rmw(Op::kFetchAdd, value, order, at);
  }
  T fetch_sub(T value, std::memory_order order = std::memory_order_seq_cst,
              Site at = Site::current()) {
    return rmw(Op::kFetchSub, value, order, at);
  }
  T fetch_and(T value, std::memory_order order = std::memory_order_seq_cst,
              Site at = Site::current()) {
    return rmw(Op::kFetchAnd, value, order, at);
  }
  T fetch_or(T value, std::memory_order order = std::memory_order_seq_cst,
             Site at = Site::current()) {
    return rmw(Op::kFetchOr, value, order, at);
  }
  T fetch_xor(T value, std::memory_order order = std::memory_order_seq_cst,
              Site at = Site::current()) {
    return rmw(Op::kFetchXor, value, order, at);
  }
  bool compare_exchange_strong(T& expected, T desired, std::memory_order success,
                               std::memory_order failure, Site at = Site::current()) {
    return cas(Op::kCas, expected, desired, success, failure, at);
  }
  bool compare_exchange_strong(T& expected, T desired,
                               std::memory_order order = std::memory_order_seq_cst,
                               Site at = Site::current()) {
    return cas(Op::kCas, expected, desired, order, failure_order(order), at);
  }
  bool compare_exchange_weak(T& expected, T desired, std::memory_order success,
                             std::memory_order failure, Site at = Site::current()) {
    return cas(Op::kWeakCas, expected, desired, success, failure, at);
  }
  bool compare_exchange_weak(T& expected, T desired,
                             std::memory_order order = std::memory_order_seq_cst,
                             Site at = Site::current()) {
    return cas(Op::kWeakCas, expected, desired, order, failure_order(order), at);
  }

 private:
  static std::uint64_t encode(T value) {
    std::uint64_t word = 0;
    std::memcpy(&word, &value, sizeof(T));
    return word;
  }
  static T decode(std::uint64_t word) {
    T value;
    std::memcpy(&value, &word, sizeof(T));
    return value;
  }

  T rmw(Op op, T value, std::memory_order order, const Site& at) {
    const Operation operation = {
        .op = op, .bytes = sizeof(T), .order = order, .operand = encode(value)};
    return decode(object_.perform(operation, at).value);
  }
  bool cas(Op op, T& expected, T desired, std::memory_order success, std::memory_order failure,
           const Site& at) {
    const Result result = object_.perform({.op = op,
                                           .bytes = sizeof(T),
                                           .order = success,
                                           .failure = failure,
                                           .operand = encode(desired),
                                           .expected = encode(expected)},
                                          at);
    expected = decode(result.value);
    return result.success;
  }

  Object object_;
};

/// Plain data whose accesses are checked for races by happens-before.
template <class T>
class MachinePlatform::plain {
 public:
  plain() : plain(T()) {}
  explicit plain(T value) : object_(0, 0), value_(std::move(value)) {}

  template <class F>
  decltype(auto) with(F&& f, Site at = Site::current()) const {
    object_.perform({.op = Op::kPlainRead}, at);
    return std::forward<F>(f)(value_);
  }
  template <class F>
  decltype(auto) with_mut(F&& f, Site at = Site::current()) {
    object_.perform({.op = Op::kPlainWrite}, at);
    return std::forward<F>(f)(value_);
  }

 private:
  Object object_;
  T value_;
};

/// Sleeps and wakes a simulated thread. Orders no memory: what is published must come by the cell.
/// Each unpark() leaves the permit that one park() waits for and takes.
class MachinePlatform::Parker {
 public:
  void park(Site at = Site::current()) {
    note(Step::kPark);
    permit_.perform({.op = Op::kPark}, at);
    note(Step::kUnpark);
  }
  void unpark(Site at = Site::current()) { permit_.perform({.op = Op::kUnpark, .operand = 1}, at); }

 private:
  static void note(Step step) {
    TraceEvent event;
    event.step = step;
    event.thread = static_cast<std::int8_t>(current_thread());
    MachinePlatform::note(event);
  }

  Object permit_{0, 8};
};

static_assert(ScenarioPlatform<MachinePlatform>);

}  // namespace awlab::machine

#endif  // AWLAB_FUZZ_MACHINE_PLATFORM_HPP_
