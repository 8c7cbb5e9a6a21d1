// Random numbers from a seed.
#ifndef AWLAB_CORE_SUPPORT_RANDOM_HPP_
#define AWLAB_CORE_SUPPORT_RANDOM_HPP_

#include <cstddef>
#include <cstdint>

namespace awlab {

/// Random numbers, always the same from the same seed. Source: splitmix64, by S. Vigna, public
/// domain.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  /// 64 random bits.
  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
    return mixed ^ (mixed >> 31U);
  }

  /// A uniformly distributed number below `n`; `n` is at least 1.
  std::size_t below(std::size_t n) { return ((next() >> 32U) * n) >> 32U; }
  /// True once in `n` times.
  bool one_in(std::size_t n) { return below(n) == 0; }

 private:
  std::uint64_t state_;
};

}  // namespace awlab

#endif  // AWLAB_CORE_SUPPORT_RANDOM_HPP_
