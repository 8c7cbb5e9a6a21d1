// Decisions that a schedule leaves open: the next thread, and how its step goes.
#ifndef AWLAB_FUZZ_DECIDE_DECISIONS_HPP_
#define AWLAB_FUZZ_DECIDE_DECISIONS_HPP_

#include <cstdint>
#include <span>

#include "core/support/random.hpp"
#include "fuzz/machine/graph.hpp"

namespace awlab::machine {

class Decisions {
 public:
  virtual ~Decisions() = default;

  /// Returns the index of the one of `threads`, at least two, that makes the next step. The thread
  /// that made the last step comes first, if it can go on; the others follow in cyclic order.
  virtual std::size_t thread(const Graph& graph, std::span<const int> threads) = 0;
  /// Returns the index of the one of `choices`, at least two, that the step of `thread` takes. The
  /// first one is the newest write.
  virtual std::size_t choice(const Graph& graph, int thread, std::span<const Choice> choices) = 0;
};

/// Makes each decision at random, uniformly.
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

#endif  // AWLAB_FUZZ_DECIDE_DECISIONS_HPP_
