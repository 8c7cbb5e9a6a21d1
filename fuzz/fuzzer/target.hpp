// The fuzz target: any bytes are an input, and a violation is what a fuzzer looks for.
//
// It has no main, so that libFuzzer, AFL++ and honggfuzz can all drive it. Driven by one of them
// alone, it prints the finding and aborts. The lane instead sets a reaction, after which it goes
// on.
#ifndef AWLAB_FUZZ_FUZZER_TARGET_HPP_
#define AWLAB_FUZZ_FUZZER_TARGET_HPP_

#include <cstdint>
#include <functional>
#include <span>

#include "core/subjects/subject_module.hpp"
#include "fuzz/fuzzer/feedback.hpp"
#include "fuzz/schedule/harness.hpp"
#include "fuzz/schedule/input.hpp"

namespace awlab::fuzz {

/// The subject of this process. The program of a fuzzing service is linked with its module
/// (fuzz/service/linked_subject.cpp); the lane's program has loaded it.
const SubjectModule& subject_under_test();

class Target {
 public:
  /// The reaction to a violation of `input`; `end` distinguishes the ways in which executions end.
  using Reaction =
      std::function<void(const Input& input, const Violation& violation, std::uint32_t end)>;

  struct Options {
    bool feedback = true;  // tells libFuzzer the features of the execution
    bool mutator = true;   // changes inputs by their format
  };

  static Target& instance();

  /// Runs an input. Returns false if it was not run to an end because the subject makes more
  /// objects than the machine can number: then nothing is known about it.
  [[nodiscard]] bool run(std::span<const std::uint8_t> bytes);
  std::size_t mutate(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed);
  std::size_t cross(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b,
                    std::span<std::uint8_t> out, unsigned seed);

  Options options;
  Reaction reaction;
  /// Called after each execution, if set, with the machine that made it: for the lane's statistics.
  std::function<void(const machine::Machine&)> after;

 private:
  explicit Target(const SubjectModule& subject) : harness_(subject) {}

  Harness harness_;
  Feedback feedback_;
  Input input_;
  Input other_;
};

/// The features of the last execution; libFuzzer reads and clears them.
std::span<std::uint8_t, Feedback::kCounters> counters();

}  // namespace awlab::fuzz

#endif  // AWLAB_FUZZ_FUZZER_TARGET_HPP_
