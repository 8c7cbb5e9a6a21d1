#include "fuzz/fuzzer/target.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <stdexcept>

#include "fuzz/fuzzer/mutator.hpp"

namespace awlab::fuzz {
namespace {

// The section in which libFuzzer looks for counters other than those of branches.
[[gnu::section("__libfuzzer_extra_counters"), gnu::used]] std::uint8_t
    extra_counters[Feedback::kCounters];  // NOLINT(*-avoid-c-arrays): the section holds bytes alone

[[noreturn]] void stop(const Violation& violation) {
  fmt::print(stderr, "{}-{}: {}\n", to_string(violation.kind), info(violation.property).id,
             violation.actual);
  std::abort();
}

}  // namespace

std::span<std::uint8_t, Feedback::kCounters> counters() {
  return std::span<std::uint8_t, Feedback::kCounters>(extra_counters);
}

Target& Target::instance() {
  static Target target(subject_under_test());
  return target;
}

bool Target::run(std::span<const std::uint8_t> bytes) {
  input_.decode(bytes);
  ScheduledDecisions decisions(input_.decisions);
  std::optional<Violation> violation;
  try {
    violation = harness_.run({&input_.program}, decisions);
  } catch (const std::length_error&) {
    return false;
  }
  if (options.feedback || violation) {
    feedback_.observe(harness_.graph(), harness_.machine(), counters());
  }
  if (violation) {
    if (!reaction) stop(*violation);
    reaction(input_, *violation, feedback_.end());
  }
  if (after) after(harness_.machine());
  return true;
}

std::size_t Target::mutate(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed) {
  Mutator mutator(seed);
  input_.decode({data, size});
  mutator.mutate(input_);
  const std::size_t made = encode(input_, {data, most});
  return made == 0 ? size : made;
}

std::size_t Target::cross(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b,
                          std::span<std::uint8_t> out, unsigned seed) {
  input_.decode(a);
  other_.decode(b);
  Mutator(seed).cross(input_, other_);
  return encode(input_, out);
}

}  // namespace awlab::fuzz

// The interface that fuzzers know.

using awlab::fuzz::Target;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return Target::instance().run({data, size}) ? 0 : -1;  // -1: the fuzzer does not keep it
}
