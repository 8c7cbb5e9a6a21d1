// A vector clock: for each thread, how many of its events are known.
//
// Eight threads with at most 254 events each fit one 64-bit word, so that joining and comparing take
// a few instructions.
#ifndef AWLAB_FUZZ_MACHINE_CLOCK_HPP_
#define AWLAB_FUZZ_MACHINE_CLOCK_HPP_

#include <bit>
#include <cstdint>

#include "core/contract.hpp"

namespace awlab::machine {

class Clock {
 public:
  /// Of an event that has not happened, in a clock of first occurrences.
  static constexpr std::uint8_t kNever = 255;

  constexpr Clock() = default;

  static constexpr Clock never() {
    Clock clock;
    clock.lanes_ = ~clock.lanes_;
    return clock;
  }

  std::uint8_t operator[](int thread) const { return lanes_[thread]; }
  void set(int thread, std::uint8_t value) { lanes_[thread] = value; }

  /// Learns all that `other` knows.
  void join(const Clock& other) { lanes_ = lanes_ > other.lanes_ ? lanes_ : other.lanes_; }

  /// Whether this clock has reached some of the `first` occurrences.
  [[nodiscard]] bool reaches_any(const Clock& first) const {
    return std::bit_cast<std::uint64_t>(lanes_ >= first.lanes_) != 0;
  }

  /// Whether this clock knows all that `other` knows.
  [[nodiscard]] bool covers(const Clock& other) const {
    return std::bit_cast<std::uint64_t>(other.lanes_ > lanes_) == 0;
  }

  friend bool operator==(const Clock& a, const Clock& b) {
    return std::bit_cast<std::uint64_t>(a.lanes_) == std::bit_cast<std::uint64_t>(b.lanes_);
  }

 private:
  using Lanes = std::uint8_t __attribute__((vector_size(8)));
  static_assert(kMaxThreads == sizeof(Lanes));

  Lanes lanes_{};
};

}  // namespace awlab::machine

#endif  // AWLAB_FUZZ_MACHINE_CLOCK_HPP_
