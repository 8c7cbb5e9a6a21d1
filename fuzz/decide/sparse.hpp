// Random decisions of which few are not 0: few preemptions and stale reads, at any place.
#ifndef AWLAB_FUZZ_DECIDE_SPARSE_HPP_
#define AWLAB_FUZZ_DECIDE_SPARSE_HPP_

#include "fuzz/decide/decisions.hpp"

namespace awlab {

class SparseDecisions : public machine::Decisions {
 public:
  /// The seed also decides how rare they are: once in 1 to 6 decisions.
  explicit SparseDecisions(std::uint64_t seed) : random_(seed), rare_(1 + seed % 6) {}

  std::size_t thread(const machine::Graph& /*graph*/, std::span<const int> threads) override {
    return one_of(threads.size());
  }
  std::size_t choice(const machine::Graph& /*graph*/, int /*thread*/,
                     std::span<const machine::Choice> choices) override {
    return one_of(choices.size());
  }

 private:
  std::size_t one_of(std::size_t possibilities) {
    return random_.below(rare_) == 0 ? random_.below(possibilities) : 0;
  }

  Random random_;
  const std::size_t rare_;
};

}  // namespace awlab

#endif  // AWLAB_FUZZ_DECIDE_SPARSE_HPP_
