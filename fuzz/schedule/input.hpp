// The inputs of a fuzzer: bytes that stand for a program and the decisions of one execution of it.
//
// Every byte string is an input; missing bytes are 0, and values that are too large are taken
// modulo their limit. encode() always gives the same one of all strings that mean the same. Each
// thing is one byte, so that also a fuzzer that does not know the format changes one thing at a
// time.
//
//   "awi2"                                           may be missing
//   a mask: bits 0-3, the wakers that do more than wake; bits 4-7, those whose clones share their
//     data; for each of the first: which clone throws (low half) and which
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
  /// Decisions beyond this number are dropped.
  static constexpr std::size_t kMaxDecisions = 255;

  Program program;
  DecisionLists decisions;

  /// Becomes the input that `bytes` mean. Reuses its storage: does not allocate once it has grown.
  void decode(std::span<const std::uint8_t> bytes);

  /// Removes everything without meaning: threads without instructions, trailing zeros, names of
  /// wakers where none is used.
  void normalize();

  friend bool operator==(const Input&, const Input&) = default;
};

/// Writes the bytes of `input`, which must be normal, to `out`. Returns their number; 0 if they do
/// not fit.
std::size_t encode(const Input& input, std::span<std::uint8_t> out);

/// Enough for every input.
inline constexpr std::size_t kMaxInputBytes = 1024;

}  // namespace awlab

#endif  // AWLAB_FUZZ_SCHEDULE_INPUT_HPP_
