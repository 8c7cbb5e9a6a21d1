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

/// Numbers at random, always the same ones from the same seed. Source: splitmix64, by S. Vigna,
/// public domain.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  /// A number below `n`, which is at least 1, evenly.
  std::size_t below(std::size_t n) {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
    mixed ^= mixed >> 31U;
    return ((mixed >> 32U) * n) >> 32U;
  }
  /// True once in `n` times.
  bool one_in(std::size_t n) { return below(n) == 0; }

 private:
  std::uint64_t state_;
};

/// Each decision at random, evenly.
class RandomDecisions : public Decisions {
 public:
  explicit RandomDecisions(std::uint64_t seed) : random_(seed) {}

  std::size_t thread(const Graph& /*graph*/, std::span<const int> threads) override {
    return random_.below(threads.size());
  }
  std::size_t choice(const Graph& /*graph*/, int /*thread*/,
                     std::span<const Choice> choices) override {
    return random_.below(choices.size());
  }

 private:
  Random random_;
};

}  // namespace awlab::machine

#endif  // AWLAB_FUZZ_MACHINE_DECISIONS_HPP_
