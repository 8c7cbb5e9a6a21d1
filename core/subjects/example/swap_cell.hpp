// Users' subjects for the tests: the waker lies in a node, and whoever swaps the pointer out owns
// it. Such a cell needs `new` and `delete` of the lab, and an atomic pointer.
#ifndef EXAMPLE_SWAP_CELL_HPP_
#define EXAMPLE_SWAP_CELL_HPP_

#include <atomic>
#include <atomic_waker_lab/waker.hpp>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace example {

/// `kTake` is the order in which a waker is taken out.
template <class Platform, std::memory_order kTake>
class SwapProtocol {
 public:
  ~SwapProtocol() { delete node_.load(std::memory_order_acquire); }

  void register_by_ref(const awlab::Waker& waker) { put(awlab::Waker(waker)); }
  void register_waker(awlab::Waker&& waker) { put(std::move(waker)); }

  void wake() {
    if (std::optional<awlab::Waker> waker = take_waker()) waker->wake();
  }

  std::optional<awlab::Waker> take_waker() {
    const std::unique_ptr<Node> taken(node_.exchange(nullptr, kTake));
    if (!taken) return std::nullopt;
    return taken->waker.with_mut([](awlab::Waker& waker) { return std::move(waker); });
  }

 private:
  struct Node {
    explicit Node(awlab::Waker&& made_of) : waker(std::move(made_of)) {}
    typename Platform::template plain<awlab::Waker> waker;
    // The standard library allocates, too.
    std::unique_ptr<std::string> note =
        std::make_unique<std::string>("longer than what a string holds by itself");
  };

  void put(awlab::Waker&& waker) {
    auto fresh = std::make_unique<Node>(std::move(waker));
    delete node_.exchange(fresh.release(), std::memory_order_acq_rel);
  }

  typename Platform::template atomic<Node*> node_{nullptr};
};

/// Right.
template <class Platform>
class SwapCell : public SwapProtocol<Platform, std::memory_order_acq_rel> {};

/// Takes a waker without having acquired it: a data race.
template <class Platform>
class RelaxedSwapCell : public SwapProtocol<Platform, std::memory_order_relaxed> {};

}  // namespace example

#endif  // EXAMPLE_SWAP_CELL_HPP_
