// For tests: the whole interface of a platform's atomic<T>, used by one thread as a user would.
//
// One source, for each platform: what holds for std::atomic must hold for all of them.
#ifndef AWLAB_CORE_TESTING_ATOMIC_INTERFACE_HPP_
#define AWLAB_CORE_TESTING_ATOMIC_INTERFACE_HPP_

#include <array>
#include <atomic>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace awlab {

enum class Colour : std::uint8_t { kRed, kGreen };
struct Pair {
  std::uint16_t first = 0;
  std::uint16_t second = 0;
};
struct Unaligned {
  std::array<std::uint32_t, 2> words{};
};

/// Calls `expect(ok, law)` for each law.
template <class P, class F>
class AtomicInterface {
 public:
  explicit AtomicInterface(F expect) : expect_(expect) {}

  static constexpr std::size_t kParts = 13;

  /// Uses part number `part` of the interface. A platform may have room for few objects at a time.
  void use(std::size_t part) {
    static constexpr std::array<void (AtomicInterface::*)(), kParts> kAll = {
        &AtomicInterface::types,
        &AtomicInterface::make,
        &AtomicInterface::integers<int>,
        &AtomicInterface::integers<unsigned>,
        &AtomicInterface::integers<std::int8_t>,
        &AtomicInterface::integers<std::uint16_t>,
        &AtomicInterface::integers<std::int64_t>,
        &AtomicInterface::compare_and_exchange,
        &AtomicInterface::flags,
        &AtomicInterface::pointers,
        &AtomicInterface::others,
        &AtomicInterface::wait_and_notify,
        &AtomicInterface::fences};
    (this->*kAll.at(part))();
  }

 private:
  template <class T>
  using Atomic = typename P::template atomic<T>;

  void types() {
    static_assert(std::same_as<typename Atomic<int>::value_type, int>);
    static_assert(std::same_as<typename Atomic<int>::difference_type, int>);
    static_assert(std::same_as<typename Atomic<int*>::difference_type, std::ptrdiff_t>);
    static_assert(std::same_as<typename Atomic<Colour>::value_type, Colour>);
    static_assert(!requires { typename Atomic<bool>::difference_type; });
    static_assert(!std::copy_constructible<Atomic<int>>);
    static_assert(!std::is_copy_assignable_v<Atomic<int>>);
    static_assert(std::is_convertible_v<int, Atomic<int>>);
    static_assert(std::is_convertible_v<Atomic<int>, int>);
    static_assert(Atomic<int>::is_always_lock_free);
    static_assert(!requires(Atomic<bool>& a) { a.fetch_add(true); });
    static_assert(!requires(Atomic<bool>& a) { ++a; });
    static_assert(!requires(Atomic<int*>& a) { a |= 1; });
    static_assert(!requires(Atomic<Colour>& a) { a.fetch_or(Colour::kRed); });
    const Atomic<int> a = 1;
    expect_(a.is_lock_free(), "is_lock_free");
  }

  void make() {
    Atomic<unsigned> none;
    Atomic<unsigned> braces{7};
    Atomic<unsigned> assigned = 8;
    expect_(none == 0 && braces == 7 && assigned == 8, "construction");
    Atomic<int> several[3];  // NOLINT: as a user may write it
    std::array<Atomic<int*>, 2> pointers{};
    expect_(several[2] == 0 && pointers[1] == nullptr, "arrays");
    const Atomic<unsigned> constant{9};
    const unsigned read = constant;
    expect_(read == 9 && constant.load(std::memory_order_relaxed) == 9, "conversion");
  }

  // NOLINTBEGIN(bugprone-inc-dec-in-conditions): the left side of && comes first
  template <class T>
  void integers() {
    Atomic<T> a = 5;
    expect_((a = 6) == 6 && a == 6, "assignment");
    expect_(a++ == 6 && a == 7 && ++a == 8, "++");
    expect_(a-- == 8 && a == 7 && --a == 6, "--");
    expect_((a += 4) == 10 && (a -= 3) == 7, "+= -=");
    expect_((a &= 6) == 6 && (a |= 9) == 15 && (a ^= 5) == 10 && a == 10, "&= |= ^=");
    expect_(a.fetch_add(2, std::memory_order_relaxed) == 10, "fetch_add");
    expect_(a.fetch_sub(1) == 12 && a.fetch_and(9) == 11, "fetch_sub fetch_and");
    expect_(a.fetch_or(6, std::memory_order_acq_rel) == 9 && a.fetch_xor(1) == 15, "fetch_or");
    expect_(a.exchange(3, std::memory_order_acquire) == 14 && a == 3, "exchange");
    a.store(4, std::memory_order_release);
    a.store(static_cast<T>(~T{0}));
    expect_(++a == 0 && --a == static_cast<T>(~T{0}), "the largest number and one");
    if constexpr (std::signed_integral<T>) {
      a = -3;
      expect_(a == -3 && a.fetch_add(1) == -3 && a == -2 && (a -= 2) == -4, "negative numbers");
    }
  }

  void compare_and_exchange() {
    Atomic<unsigned> a = 1;
    unsigned expected = 2;
    expect_(!a.compare_exchange_strong(expected, 3) && expected == 1, "a failure tells the value");
    expect_(a.compare_exchange_strong(expected, 3, std::memory_order_acq_rel) && a == 3,
            "one order");
    expected = 3;
    expect_(a.compare_exchange_strong(expected, 4, std::memory_order_release,
                                      std::memory_order_acquire) &&
                a == 4,
            "two orders");
    expected = 4;
    while (!a.compare_exchange_weak(expected, 5, std::memory_order_acq_rel))
      expect_(expected == 4, "weak");
    expected = 5;
    while (!a.compare_exchange_weak(expected, 6, std::memory_order_relaxed,
                                    std::memory_order_relaxed)) {
    }
    while (!a.compare_exchange_weak(expected, 7)) {
    }
    expect_(a == 7, "weak, with and without orders");
  }

  void flags() {
    Atomic<bool> flag;
    expect_(!flag && !flag.exchange(true) && flag, "bool");
    bool expected = true;
    expect_(flag.compare_exchange_strong(expected, false) && (flag = true), "bool CAS");
  }

  void pointers() {
    std::array<std::uint32_t, 8> numbers{};
    Atomic<std::uint32_t*> p = numbers.data();
    expect_(p++ == numbers.data() && p == &numbers[1] && ++p == &numbers[2], "pointer ++");
    expect_((p += 3) == &numbers[5] && (p -= 1) == &numbers[4], "pointer += -=");
    expect_(p.fetch_add(-2, std::memory_order_acq_rel) == &numbers[4], "pointer fetch_add");
    expect_(p.fetch_sub(-1) == &numbers[2] && p-- == &numbers[3] && --p == &numbers[1],
            "pointer --");
    *p.load() = 3;
    expect_(numbers[1] == 3 && p.exchange(nullptr) == &numbers[1], "pointer exchange");
    std::uint32_t* expected = nullptr;
    expect_(p.compare_exchange_strong(expected, numbers.data()) && p == numbers.data(),
            "pointer CAS");
    expect_((p = nullptr) == nullptr && !p, "pointer assignment");
    Atomic<void*> any = &numbers;
    expect_(any == &numbers, "void pointer");
    Atomic<int (*)(int)> function = nullptr;
    function = [](int x) { return x + 1; };
    expect_(function.load()(1) == 2, "function pointer");
  }

  // NOLINTEND(bugprone-inc-dec-in-conditions)

  void others() {
    Atomic<Colour> colour;
    expect_(colour == Colour::kRed && (colour = Colour::kGreen) == Colour::kGreen, "enum");
    Colour seen = Colour::kGreen;
    expect_(colour.compare_exchange_strong(seen, Colour::kRed) && colour == Colour::kRed,
            "enum CAS");
    Atomic<Pair> pair{Pair{1, 2}};
    const Pair old = pair.exchange({3, 4});
    expect_(old.first == 1 && old.second == 2 && pair.load().second == 4, "struct of 4 bytes");
    Pair expected{3, 4};
    expect_(pair.compare_exchange_strong(expected, {5, 6}) && pair.load().first == 5, "struct CAS");
    Atomic<Unaligned> wide;
    wide.store({{7, 8}});
    expect_(wide.load().words[1] == 8, "struct of 8 bytes");
    Atomic<double> real = 0.5;
    expect_(real.exchange(1.5) == 0.5 && real == 1.5, "floating point");
  }

  void wait_and_notify() {
    Atomic<int> a = 1;
    a.wait(0);
    a.wait(2, std::memory_order_acquire);
    a.notify_one();
    a.notify_all();
    const Atomic<bool> constant{true};
    constant.wait(false);
    expect_(a == 1, "who waits and notifies leaves the value");
  }

  void fences() {
    for (const auto order : {std::memory_order_acquire, std::memory_order_release,
                             std::memory_order_acq_rel, std::memory_order_seq_cst}) {
      P::fence(order);
    }
  }

  F expect_;
};

/// Uses the whole interface on platform `P`, with `expect(ok, law)` for each law.
template <class P, class F>
void use_atomic_interface(F expect) {
  AtomicInterface<P, F> interface(expect);
  for (std::size_t part = 0; part < interface.kParts; ++part) interface.use(part);
}

}  // namespace awlab

#endif  // AWLAB_CORE_TESTING_ATOMIC_INTERFACE_HPP_
