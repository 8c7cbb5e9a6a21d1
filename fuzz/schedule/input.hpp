// What a fuzzer makes: bytes that are a program and the decisions of one execution of it.
//
// Every byte string is an input; missing bytes are 0, and what is too large is taken modulo what
// there is. Of all strings that mean the same, encode() always gives the same one. One byte for each
// thing, so that also a fuzzer that knows nothing of the format changes one thing at a time.
//
//   "awi2"                                           may be missing
//   a mask of the wakers that do more than wake; for each: which clone throws (low half) and which
//     wake (high half), on_clone, on_wake, on_drop
//   the number of threads; for each: the number of its instructions, and these
//   the number of `next` decisions, these, and to the end the `sees` decisions (see schedule.hpp)
//
// An instruction: waker (bits 0-1), cell (bit 2), verb (the rest). fuzz/FORMAT.md has an example.
#ifndef AWLAB_FUZZ_SCHEDULE_INPUT_HPP_
#define AWLAB_FUZZ_SCHEDULE_INPUT_HPP_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/scenario/program.hpp"
#include "fuzz/schedule/schedule.hpp"

namespace awlab {

struct Input {
  static constexpr std::string_view kMagic = "awi2";
  /// More decisions than this are not kept.
  static constexpr std::size_t kMaxDecisions = 255;

  Program program;
  DecisionLists decisions;

  /// Becomes what `bytes` mean. Keeps its storage: does not allocate once it has grown.
  void decode(std::span<const std::uint8_t> bytes);

  /// Leaves out what means nothing: threads without instructions, trailing zeros, names of wakers
  /// where none is used.
  void normalize();

  friend bool operator==(const Input&, const Input&) = default;
};

/// Writes the bytes of `input`, which must be normal, to `out`. Returns how many; 0 if there are
/// more than fit.
std::size_t encode(const Input& input, std::span<std::uint8_t> out);

/// Enough for every input.
inline constexpr std::size_t kMaxInputBytes = 1024;

}  // namespace awlab

#endif  // AWLAB_FUZZ_SCHEDULE_INPUT_HPP_
