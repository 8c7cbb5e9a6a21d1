// Platform: all that a waker cell may ask of the world it runs in.
//
// A cell is a template over a Platform, so the same unmodified code runs on real atomics
// (StdPlatform), on the Relacy Race Detector and on the lab's own machine. A Platform P supplies
//   P::atomic<T>    the interface of std::atomic<T>, with std::memory_order arguments. Those of the
//                   lab have all of it for a T of 1, 2, 4 or 8 bytes: operators, pointers, enums,
//                   wait and notify
//   P::plain<T>     shared data that is not atomic and that only the protocol keeps exclusive:
//                   with(f) reads it, with_mut(f) writes it; conflicting calls must be ordered by
//                   happens-before
//   P::fence(order) std::atomic_thread_fence, which no simulation would see. Optional, since
//                   AtomicWaker needs none; every platform of the lab has it
//   P::yield()      lets other threads run
//   P::spin_hint()  tells the core that this is a busy wait
//   P::check(ok)    an invariant that the cell itself relies on; a false one never goes unnoticed,
//                   in any build
#ifndef AWLAB_CORE_PLATFORM_HPP_
#define AWLAB_CORE_PLATFORM_HPP_

#include <atomic>
#include <concepts>
#include <cstddef>

namespace awlab {

/// Shared non-atomic data of type `T` behind accessors that a backend may watch.
template <class Plain, class T>
concept PlainOf = std::constructible_from<Plain, T> && requires(Plain& p, const Plain& c) {
  {
    c.with([](const T&) { return 0; })
  } -> std::same_as<int>;
  {
    p.with_mut([](T&) { return 0; })
  } -> std::same_as<int>;
};

/// An atomic word: exactly the operations of std::atomic<std::size_t>, orders included.
template <class Atomic>
concept AtomicWord = std::constructible_from<Atomic, std::size_t> &&
                     requires(Atomic& a, std::size_t v, std::size_t& e, std::memory_order o) {
                       { a.load(o) } -> std::same_as<std::size_t>;
                       a.store(v, o);
                       { a.exchange(v, o) } -> std::same_as<std::size_t>;
                       { a.fetch_add(v, o) } -> std::same_as<std::size_t>;
                       { a.fetch_sub(v, o) } -> std::same_as<std::size_t>;
                       { a.fetch_and(v, o) } -> std::same_as<std::size_t>;
                       { a.fetch_or(v, o) } -> std::same_as<std::size_t>;
                       { a.fetch_xor(v, o) } -> std::same_as<std::size_t>;
                       { a.compare_exchange_strong(e, v, o, o) } -> std::same_as<bool>;
                       { a.compare_exchange_weak(e, v, o, o) } -> std::same_as<bool>;
                     };

template <class P>
concept Platform = AtomicWord<typename P::template atomic<std::size_t>> &&
                   PlainOf<typename P::template plain<int>, int> && requires(bool ok) {
                     P::yield();
                     P::spin_hint();
                     P::check(ok);
                   };

/// A platform for cells with fences.
template <class P>
concept PlatformWithFence = Platform<P> && requires { P::fence(std::memory_order_seq_cst); };

}  // namespace awlab

#endif  // AWLAB_CORE_PLATFORM_HPP_
