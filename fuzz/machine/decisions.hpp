// Who decides what a schedule leaves open: the next thread, and how its step goes.
#ifndef AWLAB_FUZZ_MACHINE_DECISIONS_HPP_
#define AWLAB_FUZZ_MACHINE_DECISIONS_HPP_

#include <cstdint>
#include <span>

#include "fuzz/machine/graph.hpp"

namespace awlab::machine {

class Decisions {
 public:
  virtual ~Decisions() = default;

  /// Which of `threads`, at least two, makes the next step: an index. First comes the thread that
  /// made the last one, if it can go on; the others follow in cyclic order.
  virtual std::size_t thread(const Graph& graph, std::span<const int> threads) = 0;
  /// Which of `choices`, at least two, the step of `thread` takes: an index. The first one is the
  /// newest write.
  virtual std::size_t choice(const Graph& graph, int thread, std::span<const Choice> choices) = 0;
};

/// Each decision at random, evenly, from a seed. Source: splitmix64, by S. Vigna, public domain.
class RandomDecisions : public Decisions {
 public:
  explicit RandomDecisions(std::uint64_t seed) : state_(seed) {}

  std::size_t thread(const Graph& /*graph*/, std::span<const int> threads) override {
    return below(threads.size());
  }
  std::size_t choice(const Graph& /*graph*/, int /*thread*/,
                     std::span<const Choice> choices) override {
    return below(choices.size());
  }

 private:
  std::size_t below(std::size_t n) {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
    mixed ^= mixed >> 31U;
    return ((mixed >> 32U) * n) >> 32U;
  }

  std::uint64_t state_;
};

}  // namespace awlab::machine

#endif  // AWLAB_FUZZ_MACHINE_DECISIONS_HPP_
