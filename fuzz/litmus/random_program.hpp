// Small random litmus programs, for comparing one search with another.
#ifndef AWLAB_FUZZ_LITMUS_RANDOM_PROGRAM_HPP_
#define AWLAB_FUZZ_LITMUS_RANDOM_PROGRAM_HPP_

#include <random>

#include "fuzz/litmus/litmus.hpp"

namespace awlab::explore {

/// The limits and ingredients of the programs.
struct RandomProgramShape {
  int threads = 2;
  int most_steps = 4;  // of each thread; at least 2
  int locations = 2;
  bool alike = false;      // all threads but the first run the same code
  bool with_plain = true;  // some accesses to a plain location, which may race
  bool only_seq_cst_and_relaxed = false;
  bool many_fences = false;  // about every third step
};

class RandomProgram {
 public:
  RandomProgram(std::uint64_t seed, const RandomProgramShape& shape)
      : random_(seed), shape_(shape) {}

  machine::LitmusProgram make() {
    machine::LitmusProgram program;
    for (int thread = 0; thread < shape_.threads; ++thread) {
      program.threads.push_back(shape_.alike && thread > 1 ? program.threads[1] : make_thread());
    }
    return program;
  }

 private:
  using Order = std::memory_order;

  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  template <std::size_t N>
  Order one_of(const Order (&orders)[N]) {
    return shape_.only_seq_cst_and_relaxed
               ? (below(2) == 0 ? std::memory_order_seq_cst : std::memory_order_relaxed)
               : orders[below(N)];
  }

  std::vector<machine::Instruction> make_thread() {
    std::vector<machine::Instruction> steps;
    const int count = 2 + below(shape_.most_steps - 1);
    for (int i = 0; i < count; ++i) {
      steps.push_back(make_step());
    }
    return steps;
  }

  machine::Instruction make_step() {
    constexpr Order kLoad[] = {std::memory_order_relaxed, std::memory_order_acquire,
                               std::memory_order_seq_cst};
    constexpr Order kStore[] = {std::memory_order_relaxed, std::memory_order_release,
                                std::memory_order_seq_cst};
    constexpr Order kAny[] = {std::memory_order_relaxed, std::memory_order_acquire,
                              std::memory_order_release, std::memory_order_acq_rel,
                              std::memory_order_seq_cst};
    constexpr Step kModify[] = {Step::kExchange, Step::kFetchAdd, Step::kFetchOr, Step::kFetchXor};
    machine::Instruction step;
    step.location = below(shape_.locations);
    step.operand = std::uint64_t{1} + static_cast<std::uint64_t>(below(2));
    const int kind = shape_.many_fences && below(3) == 0 ? 13 : below(shape_.with_plain ? 16 : 14);
    if (kind < 5) {
      step.step = Step::kLoad;
      step.order = one_of(kLoad);
    } else if (kind < 9) {
      step.step = Step::kStore;
      step.order = one_of(kStore);
    } else if (kind < 11) {
      step.step = kModify[below(4)];
      step.order = one_of(kAny);
    } else if (kind < 13) {
      step.step = Step::kCas;
      step.order = one_of(kAny);
      step.failure = one_of(kLoad);
      step.expected = static_cast<std::uint64_t>(below(2));
      step.weak = below(3) == 0;
    } else if (kind == 13) {
      step.step = Step::kFence;
      step.location = 0;
      step.order = shape_.only_seq_cst_and_relaxed ? std::memory_order_seq_cst : kAny[1 + below(4)];
    } else {
      step.step = kind == 14 ? Step::kPlainWrite : Step::kPlainRead;
      step.location = shape_.locations;  // a location of its own
    }
    return step;
  }

  std::mt19937_64 random_;
  const RandomProgramShape shape_;
};

}  // namespace awlab::explore

#endif  // AWLAB_FUZZ_LITMUS_RANDOM_PROGRAM_HPP_
