// The interface of std::atomic<T>, written once: its operations, its default orders, and the place
// in the source of each call.
//
// A platform of the lab supplies a Word<T>, which answers one AtomicAccess<T> at a time.
#ifndef AWLAB_CORE_SUBJECTS_ATOMIC_FACADE_HPP_
#define AWLAB_CORE_SUBJECTS_ATOMIC_FACADE_HPP_

#include <atomic>
#include <source_location>

#include "core/trace/memory_order.hpp"
#include "core/trace/step.hpp"

namespace awlab {

using CallSite = std::source_location;

/// One operation on an atomic object, kLoad to kWeakCas.
template <class T>
struct AtomicAccess {
  Step step;
  std::memory_order order;
  T operand{};                                            // stored, added, ..., desired
  T expected{};                                           // of a compare-exchange
  std::memory_order failure = std::memory_order_relaxed;  // of a compare-exchange that fails
};

template <class T>
struct AtomicResult {
  T value;  // the value found; nothing for a store
  bool success = true;
};

/// Performs `access` on `word`, which is a std::atomic<T>, as the processor does.
template <class T, class Word>
[[gnu::always_inline]] inline AtomicResult<T> access_std(Word& word,
                                                         const AtomicAccess<T>& access) {
  switch (access.step) {
    case Step::kLoad:
      return {word.load(access.order)};
    case Step::kStore:
      word.store(access.operand, access.order);
      return {T{}};
    case Step::kExchange:
      return {word.exchange(access.operand, access.order)};
    case Step::kFetchAdd:
      return {word.fetch_add(access.operand, access.order)};
    case Step::kFetchSub:
      return {word.fetch_sub(access.operand, access.order)};
    case Step::kFetchAnd:
      return {word.fetch_and(access.operand, access.order)};
    case Step::kFetchOr:
      return {word.fetch_or(access.operand, access.order)};
    case Step::kFetchXor:
      return {word.fetch_xor(access.operand, access.order)};
    case Step::kWeakCas: {
      T found = access.expected;
      const bool done =
          word.compare_exchange_weak(found, access.operand, access.order, access.failure);
      return {found, done};
    }
    default: {
      T found = access.expected;
      const bool done =
          word.compare_exchange_strong(found, access.operand, access.order, access.failure);
      return {found, done};
    }
  }
}

/// The value that `access` leaves if it finds `found`.
template <class T>
constexpr T left_by(const AtomicAccess<T>& access, T found) {
  switch (access.step) {
    case Step::kLoad:
      return found;
    case Step::kFetchAdd:
      return static_cast<T>(found + access.operand);
    case Step::kFetchSub:
      return static_cast<T>(found - access.operand);
    case Step::kFetchAnd:
      return static_cast<T>(found & access.operand);
    case Step::kFetchOr:
      return static_cast<T>(found | access.operand);
    case Step::kFetchXor:
      return static_cast<T>(found ^ access.operand);
    default:
      return access.operand;
  }
}

/// Thread-safe as std::atomic is. `Word` is constructed from a value of type `T`, and has
/// `AtomicResult<T> access(const AtomicAccess<T>&, const CallSite&) const`, which may change it.
template <class T, class Word>
class AtomicFacade {
  static constexpr std::memory_order kSeqCst = std::memory_order_seq_cst;

 public:
  AtomicFacade() : AtomicFacade(T()) {}
  explicit AtomicFacade(T value) : word_(value) {}

  T load(std::memory_order order = kSeqCst, CallSite at = CallSite::current()) const {
    return word_.access({Step::kLoad, order}, at).value;
  }
  void store(T value, std::memory_order order = kSeqCst, CallSite at = CallSite::current()) {
    word_.access({Step::kStore, order, value}, at);
  }
  T exchange(T value, std::memory_order order = kSeqCst, CallSite at = CallSite::current()) {
    return word_.access({Step::kExchange, order, value}, at).value;
  }
  T fetch_add(T value, std::memory_order order = kSeqCst, CallSite at = CallSite::current()) {
    return word_.access({Step::kFetchAdd, order, value}, at).value;
  }
  T fetch_sub(T value, std::memory_order order = kSeqCst, CallSite at = CallSite::current()) {
    return word_.access({Step::kFetchSub, order, value}, at).value;
  }
  T fetch_and(T value, std::memory_order order = kSeqCst, CallSite at = CallSite::current()) {
    return word_.access({Step::kFetchAnd, order, value}, at).value;
  }
  T fetch_or(T value, std::memory_order order = kSeqCst, CallSite at = CallSite::current()) {
    return word_.access({Step::kFetchOr, order, value}, at).value;
  }
  T fetch_xor(T value, std::memory_order order = kSeqCst, CallSite at = CallSite::current()) {
    return word_.access({Step::kFetchXor, order, value}, at).value;
  }
  bool compare_exchange_strong(T& expected, T desired, std::memory_order success,
                               std::memory_order failure, CallSite at = CallSite::current()) {
    return cas(Step::kCas, expected, desired, success, failure, at);
  }
  bool compare_exchange_strong(T& expected, T desired, std::memory_order order = kSeqCst,
                               CallSite at = CallSite::current()) {
    return cas(Step::kCas, expected, desired, order, failure_order(order), at);
  }
  bool compare_exchange_weak(T& expected, T desired, std::memory_order success,
                             std::memory_order failure, CallSite at = CallSite::current()) {
    return cas(Step::kWeakCas, expected, desired, success, failure, at);
  }
  bool compare_exchange_weak(T& expected, T desired, std::memory_order order = kSeqCst,
                             CallSite at = CallSite::current()) {
    return cas(Step::kWeakCas, expected, desired, order, failure_order(order), at);
  }

 private:
  bool cas(Step step, T& expected, T desired, std::memory_order success, std::memory_order failure,
           const CallSite& at) {
    const AtomicResult<T> found = word_.access({step, success, desired, expected, failure}, at);
    if (!found.success) expected = found.value;
    return found.success;
  }

  Word word_;
};

}  // namespace awlab

#endif  // AWLAB_CORE_SUBJECTS_ATOMIC_FACADE_HPP_
