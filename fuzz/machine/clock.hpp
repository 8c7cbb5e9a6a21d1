// A vector clock: for each thread, the number of its events that are known.
//
// Eight threads with at most 254 events each fit one 64-bit word, so that joining and comparing
// take a few instructions.
#ifndef AWLAB_FUZZ_MACHINE_CLOCK_HPP_
#define AWLAB_FUZZ_MACHINE_CLOCK_HPP_

#include <bit>
#include <cstdint>

#include "core/contract/contract.hpp"

namespace awlab::machine {

class Clock {
 public:
  /// Stands for an event that has not happened, in a clock of first occurrences.
  static constexpr std::uint8_t kNever = 255;

  constexpr Clock() = default;

  static constexpr Clock never() {
    Clock clock;
    clock.word_ = ~clock.word_;
    return clock;
  }

  std::uint8_t operator[](int thread) const {
    return static_cast<std::uint8_t>(word_ >> shift(thread));
  }
  // In a register: a byte stored to memory would stall the next load of the whole word.
  void set(int thread, std::uint8_t value) {
    word_ =
        (word_ & ~(std::uint64_t{0xff} << shift(thread))) | (std::uint64_t{value} << shift(thread));
  }

  /// Learns all that `other` knows.
  void join(const Clock& other) {
    const Lanes mine = lanes();
    const Lanes theirs = other.lanes();
    word_ = std::bit_cast<std::uint64_t>(mine > theirs ? mine : theirs);
  }

  /// True if this clock has reached some of the `first` occurrences.
  [[nodiscard]] bool reaches_any(const Clock& first) const {
    return std::bit_cast<std::uint64_t>(lanes() >= first.lanes()) != 0;
  }

  /// True if this clock knows all that `other` knows.
  [[nodiscard]] bool covers(const Clock& other) const {
    return std::bit_cast<std::uint64_t>(other.lanes() > lanes()) == 0;
  }

  friend bool operator==(const Clock&, const Clock&) = default;

 private:
  using Lanes = std::uint8_t __attribute__((vector_size(8)));
  static_assert(kMaxSimulatedThreads == sizeof(Lanes));

  static constexpr unsigned shift(int thread) { return static_cast<unsigned>(thread) * 8; }
  [[nodiscard]] Lanes lanes() const { return std::bit_cast<Lanes>(word_); }

  std::uint64_t word_ = 0;
};

}  // namespace awlab::machine

#endif  // AWLAB_FUZZ_MACHINE_CLOCK_HPP_
