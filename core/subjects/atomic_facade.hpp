// The interface of std::atomic<T>, written once: its operations, its default orders, and the place
// in the source of each call.
//
// A platform of the lab supplies a Word<T>, which answers one AtomicAccess<T> at a time. `T` is
// whatever std::atomic takes, of 1, 2, 4 or 8 bytes. Left out are `volatile` objects, the free
// functions on std::atomic, and arithmetic on floating-point numbers.
#ifndef AWLAB_CORE_SUBJECTS_ATOMIC_FACADE_HPP_
#define AWLAB_CORE_SUBJECTS_ATOMIC_FACADE_HPP_

#include <atomic>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <source_location>
#include <type_traits>
#include <utility>

#include "core/trace/memory_order.hpp"
#include "core/trace/step.hpp"

namespace awlab {

using CallSite = std::source_location;

template <class T>
concept AtomicInteger = std::integral<T> && !std::same_as<T, bool>;
template <class T>
concept AtomicPointer = std::is_pointer_v<T> && std::is_object_v<std::remove_pointer_t<T>>;

/// One operation on an atomic object: kLoad to kWeakCas, kWait, kNotifyOne or kNotifyAll.
template <class T>
struct AtomicAccess {
  Step step;
  std::memory_order order = std::memory_order_relaxed;
  T operand{};                                            // stored, added, ..., desired
  T expected{};                                           // of a compare-exchange; waited to change
  std::memory_order failure = std::memory_order_relaxed;  // of a compare-exchange that fails
  std::ptrdiff_t elements = 0;                            // added to a pointer, or subtracted
};

template <class T>
struct AtomicResult {
  T value;  // the value found; nothing for a store
  bool success = true;
};

/// The bytes of `value` as a number. All that a trace tells of a value.
template <class T>
std::uint64_t to_word(const T& value) {
  std::uint64_t word = 0;
  std::memcpy(&word, static_cast<const void*>(&value), sizeof(T));
  return word;
}
template <class T>
T from_word(std::uint64_t word) {
  T value;
  std::memcpy(static_cast<void*>(&value), &word, sizeof(T));
  return value;
}

/// Performs `access` on `word`, which is a std::atomic<T>, as the processor does. To wait may take
/// for ever.
template <class T, class Word>
[[gnu::always_inline]] inline AtomicResult<T> access_std(Word& word,
                                                         const AtomicAccess<T>& access) {
  if constexpr (AtomicPointer<T>) {
    if (access.step == Step::kFetchAdd) return {word.fetch_add(access.elements, access.order)};
    if (access.step == Step::kFetchSub) return {word.fetch_sub(access.elements, access.order)};
  }
  if constexpr (AtomicInteger<T>) {
    if (access.step == Step::kFetchAdd) return {word.fetch_add(access.operand, access.order)};
    if (access.step == Step::kFetchSub) return {word.fetch_sub(access.operand, access.order)};
    if (access.step == Step::kFetchAnd) return {word.fetch_and(access.operand, access.order)};
    if (access.step == Step::kFetchOr) return {word.fetch_or(access.operand, access.order)};
    if (access.step == Step::kFetchXor) return {word.fetch_xor(access.operand, access.order)};
  }
  switch (access.step) {
    case Step::kLoad:
      return {word.load(access.order)};
    case Step::kStore:
      word.store(access.operand, access.order);
      return {T{}};
    case Step::kExchange:
      return {word.exchange(access.operand, access.order)};
    case Step::kWait:
      word.wait(access.expected, access.order);
      return {T{}};
    case Step::kNotifyOne:
      word.notify_one();
      return {T{}};
    case Step::kNotifyAll:
      word.notify_all();
      return {T{}};
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
  if constexpr (AtomicPointer<T>) {
    if (access.step == Step::kFetchAdd) return found + access.elements;
    if (access.step == Step::kFetchSub) return found - access.elements;
  }
  if constexpr (AtomicInteger<T>) {
    if (access.step == Step::kFetchAdd) return static_cast<T>(found + access.operand);
    if (access.step == Step::kFetchSub) return static_cast<T>(found - access.operand);
    if (access.step == Step::kFetchAnd) return static_cast<T>(found & access.operand);
    if (access.step == Step::kFetchOr) return static_cast<T>(found | access.operand);
    if (access.step == Step::kFetchXor) return static_cast<T>(found ^ access.operand);
  }
  return access.step == Step::kLoad || is_of_waiting(access.step) ? found : access.operand;
}

/// The operand of an operator, which has no room for the place of its call.
template <class T>
struct PlacedOperand {
  template <std::convertible_to<T> U>
  // NOLINTNEXTLINE(google-explicit-constructor): it stands for its value
  PlacedOperand(U&& operand, CallSite site = CallSite::current())
      : value(static_cast<T>(std::forward<U>(operand))), at(site) {}
  T value;
  CallSite at;
};

/// std::atomic's member type of that name, where it has one.
template <class T>
struct AtomicDifference {};
template <class T>
  requires AtomicInteger<T> || std::floating_point<T>
struct AtomicDifference<T> {
  using difference_type = T;
};
template <AtomicPointer T>
struct AtomicDifference<T> {
  using difference_type = std::ptrdiff_t;
};

/// Thread-safe as std::atomic is. `Word` is constructed from a value of type `T`, and has
/// `AtomicResult<T> access(const AtomicAccess<T>&, const CallSite&) const`, which may change it.
template <class T, template <class> class Word>
class AtomicFacade : public AtomicDifference<T> {
  static_assert(std::is_trivially_copyable_v<T>,
                "an atomic of a type that is not trivially copyable");
  static_assert(sizeof(T) != 16, "an atomic of 16 bytes; the lab's platforms hold up to 8");
  static_assert(sizeof(T) <= 8, "an atomic of more than 8 bytes; the lab's platforms hold up to 8");
  static_assert(std::has_single_bit(sizeof(T)) || sizeof(T) > 8,
                "an atomic of 3, 5, 6 or 7 bytes; the lab's platforms hold 1, 2, 4 or 8");

  static constexpr std::memory_order kSeqCst = std::memory_order_seq_cst;
  // The operand of fetch_add and its like.
  using Added = std::conditional_t<AtomicPointer<T>, std::ptrdiff_t, T>;
  static constexpr bool kAdds = AtomicPointer<T> || AtomicInteger<T>;

 public:
  using value_type = T;
  static constexpr bool is_always_lock_free = true;

  AtomicFacade() : AtomicFacade(T()) {}
  // NOLINTNEXTLINE(google-explicit-constructor): as std::atomic's
  AtomicFacade(T value) : word_(value) {}
  AtomicFacade(const AtomicFacade&) = delete;
  AtomicFacade& operator=(const AtomicFacade&) = delete;
  ~AtomicFacade() = default;

  [[nodiscard]] bool is_lock_free() const noexcept { return is_always_lock_free; }

  T load(std::memory_order order = kSeqCst, CallSite at = CallSite::current()) const {
    return word_.access({Step::kLoad, order}, at).value;
  }
  void store(T value, std::memory_order order = kSeqCst, CallSite at = CallSite::current()) {
    word_.access({Step::kStore, order, value}, at);
  }
  T exchange(T value, std::memory_order order = kSeqCst, CallSite at = CallSite::current()) {
    return word_.access({Step::kExchange, order, value}, at).value;
  }
  T fetch_add(Added value, std::memory_order order = kSeqCst, CallSite at = CallSite::current())
    requires kAdds
  {
    return add(Step::kFetchAdd, value, order, at);
  }
  T fetch_sub(Added value, std::memory_order order = kSeqCst, CallSite at = CallSite::current())
    requires kAdds
  {
    return add(Step::kFetchSub, value, order, at);
  }
  T fetch_and(T value, std::memory_order order = kSeqCst, CallSite at = CallSite::current())
    requires AtomicInteger<T>
  {
    return word_.access({Step::kFetchAnd, order, value}, at).value;
  }
  T fetch_or(T value, std::memory_order order = kSeqCst, CallSite at = CallSite::current())
    requires AtomicInteger<T>
  {
    return word_.access({Step::kFetchOr, order, value}, at).value;
  }
  T fetch_xor(T value, std::memory_order order = kSeqCst, CallSite at = CallSite::current())
    requires AtomicInteger<T>
  {
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

  /// Returns once it reads another value than `old`. It looks again only after a notify.
  void wait(T old, std::memory_order order = kSeqCst, CallSite at = CallSite::current()) const {
    word_.access({.step = Step::kWait, .order = order, .expected = old}, at);
  }
  void notify_one(CallSite at = CallSite::current()) {
    word_.access({.step = Step::kNotifyOne}, at);
  }
  void notify_all(CallSite at = CallSite::current()) {
    word_.access({.step = Step::kNotifyAll}, at);
  }

  // Sequentially consistent, each. Those whose operand cannot bring the place of the call along are
  // shown at the operator.
  // NOLINTNEXTLINE(google-explicit-constructor): as std::atomic's
  operator T() const { return load(); }
  template <std::convertible_to<T> U>
    requires(!std::derived_from<std::remove_cvref_t<U>, AtomicFacade>)
  // NOLINTNEXTLINE(misc-unconventional-assign-operator): as std::atomic's
  T operator=(U&& value) {
    const T stored = static_cast<T>(std::forward<U>(value));
    store(stored);
    return stored;
  }
  T operator++()
    requires kAdds
  {
    return static_cast<T>(fetch_add(1) + 1);
  }
  T operator++(int)
    requires kAdds
  {
    return fetch_add(1);
  }
  T operator--()
    requires kAdds
  {
    return static_cast<T>(fetch_sub(1) - 1);
  }
  T operator--(int)
    requires kAdds
  {
    return fetch_sub(1);
  }
  T operator+=(PlacedOperand<Added> by)
    requires kAdds
  {
    return static_cast<T>(fetch_add(by.value, kSeqCst, by.at) + by.value);
  }
  T operator-=(PlacedOperand<Added> by)
    requires kAdds
  {
    return static_cast<T>(fetch_sub(by.value, kSeqCst, by.at) - by.value);
  }
  T operator&=(PlacedOperand<T> bits)
    requires AtomicInteger<T>
  {
    return static_cast<T>(fetch_and(bits.value, kSeqCst, bits.at) & bits.value);
  }
  T operator|=(PlacedOperand<T> bits)
    requires AtomicInteger<T>
  {
    return static_cast<T>(fetch_or(bits.value, kSeqCst, bits.at) | bits.value);
  }
  T operator^=(PlacedOperand<T> bits)
    requires AtomicInteger<T>
  {
    return static_cast<T>(fetch_xor(bits.value, kSeqCst, bits.at) ^ bits.value);
  }

 private:
  T add(Step step, Added value, std::memory_order order, const CallSite& at) {
    if constexpr (AtomicPointer<T>) {
      return word_.access({.step = step, .order = order, .elements = value}, at).value;
    } else {
      return word_.access({step, order, value}, at).value;
    }
  }
  bool cas(Step step, T& expected, T desired, std::memory_order success, std::memory_order failure,
           const CallSite& at) {
    const AtomicResult<T> found = word_.access({step, success, desired, expected, failure}, at);
    if (!found.success) expected = found.value;
    return found.success;
  }

  Word<T> word_;
};

}  // namespace awlab

#endif  // AWLAB_CORE_SUBJECTS_ATOMIC_FACADE_HPP_
