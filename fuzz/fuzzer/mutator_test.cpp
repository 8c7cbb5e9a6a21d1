// The mutator: its results are normal, and it can reach every possible input.
#include "fuzz/fuzzer/mutator.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>

#include "core/support/as_size.hpp"
#include "fuzz/schedule/input.hpp"
#include "fuzz/schedule/program_text.hpp"

namespace awlab::fuzz {
namespace {

// Calls `f(input)` for the results of `count` mutations of the empty input, one after another.
template <class F>
void for_each_mutant(std::uint64_t seed, int count, F&& f) {
  Mutator mutator(seed);
  Input input;
  for (int i = 0; i < count; ++i) {
    mutator.mutate(input);
    f(std::as_const(input));
    if (testing::Test::HasFatalFailure()) return;
  }
}

constexpr int kMany = 20'000;

void expect_normal(const Input& input) {
  Input normal = input;
  normal.normalize();
  ASSERT_EQ(normal, input) << to_text(input.program);
  std::array<std::uint8_t, kMaxInputBytes> bytes{};
  const std::size_t size = encode(input, bytes);
  ASSERT_GT(size, 0U);
  Input back;
  back.decode({bytes.data(), size});
  ASSERT_EQ(back, input) << to_text(input.program);
}

TEST(Mutator, the_same_seed_makes_the_same_changes) {
  for (const std::uint64_t seed : {0U, 1U, 77U}) {
    Mutator first(seed);
    Mutator second(seed);
    Mutator other(seed + 1);
    Input a;
    Input b;
    Input c;
    int different = 0;
    for (int i = 0; i < 500; ++i) {
      first.mutate(a);
      second.mutate(b);
      other.mutate(c);
      ASSERT_EQ(a, b);
      different += a == c ? 0 : 1;
      if (i % 10 == 0) {
        first.cross(a, c);
        second.cross(b, c);
        ASSERT_EQ(a, b);
      }
    }
    EXPECT_GT(different, 400);
  }
}

TEST(Mutator, what_comes_out_is_normal_and_fits_its_bytes) {
  for_each_mutant(1, kMany, expect_normal);
}

TEST(Mutator, most_changes_change_something) {
  Input before;
  int changed = 0;
  for_each_mutant(2, kMany, [&](const Input& input) {
    changed += input == before ? 0 : 1;
    before = input;
  });
  EXPECT_GT(changed, kMany * 3 / 4);
}

TEST(Mutator, every_instruction_is_reached) {
  std::set<std::string> seen;
  for_each_mutant(3, kMany, [&](const Input& input) {
    for_each_instruction(input.program, [&](const Instruction& i) { seen.insert(to_text(i)); });
  });
  for (std::size_t verb = 1; verb < kVerbNames.size(); ++verb) {
    for (std::uint8_t cell = 0; cell < kMaxCells; ++cell) {
      Instruction expected{static_cast<Verb>(verb), cell, 0};
      const std::size_t wakers = names_waker(expected.verb) ? Program::kMaxWakers : 1;
      for (std::size_t waker = 0; waker < wakers; ++waker) {
        expected.waker = static_cast<std::uint8_t>(waker);
        EXPECT_TRUE(seen.contains(to_text(expected))) << to_text(expected);
      }
    }
  }
}

TEST(Mutator, every_behaviour_of_every_waker_is_reached) {
  constexpr std::array kHooks = {&Behaviour::on_clone, &Behaviour::on_wake, &Behaviour::on_drop};
  // For each waker and hook, the calls; for each waker, the numbers of its calls that throw.
  std::array<std::array<std::set<Verb>, kHooks.size()>, Program::kMaxWakers> hooks;
  std::array<std::array<std::set<int>, 2>, Program::kMaxWakers> throws;
  std::set<int> cells;
  std::set<int> wakers;
  for_each_mutant(4, kMany, [&](const Input& input) {
    for (std::size_t i = 0; i < Program::kMaxWakers; ++i) {
      const Behaviour& waker = input.program.wakers[i];
      throws[i][0].insert(waker.clone_throws);
      throws[i][1].insert(waker.wake_throws);
      for (std::size_t hook = 0; hook < kHooks.size(); ++hook) {
        const Instruction& call = waker.*kHooks[hook];
        hooks[i][hook].insert(call.verb);
        if (call.verb == Verb::kNone) continue;
        cells.insert(call.cell);
        wakers.insert(call.waker);
      }
    }
  });
  const std::set<Verb> all = {Verb::kNone, Verb::kRegister, Verb::kGive,
                              Verb::kWake, Verb::kTake,     Verb::kDiscard};
  for (std::size_t i = 0; i < Program::kMaxWakers; ++i) {
    for (std::size_t hook = 0; hook < kHooks.size(); ++hook) {
      std::set<Verb> expected = all;
      if (kHooks[hook] == &Behaviour::on_wake) expected.insert(Verb::kLeave);
      EXPECT_EQ(hooks[i][hook], expected);
    }
    // Calls after the third add nothing that an earlier one does not show.
    for (const std::set<int>& calls : throws[i]) EXPECT_EQ(calls, (std::set{0, 1, 2, 3}));
  }
  EXPECT_EQ(cells.size(), std::size_t{kMaxCells});
  EXPECT_EQ(wakers.size(), Program::kMaxWakers);
}

TEST(Mutator, every_number_of_threads_and_any_length_is_reached) {
  std::array<int, Program::kMaxThreads + 1> of_threads{};
  std::size_t longest = 0;
  for_each_mutant(5, kMany, [&](const Input& input) {
    ++of_threads[as_size(input.program.thread_count())];
    for (const auto& thread : input.program.threads) longest = std::max(longest, thread.size());
  });
  for (std::size_t threads = 1; threads < of_threads.size(); ++threads) {
    EXPECT_GT(of_threads[threads], 0) << threads;
  }
  EXPECT_EQ(longest, Program::kMaxInstructions);
}

TEST(Mutator, preemptions_and_stale_reads_are_reached_and_go_again) {
  for (const auto list : {&DecisionLists::next, &DecisionLists::sees}) {
    std::set<int> values;
    int with = 0;
    std::size_t longest = 0;
    for_each_mutant(6, kMany, [&](const Input& input) {
      const std::string& decisions = input.decisions.*list;
      for (const char decision : decisions) values.insert(decision);
      with += decisions.empty() ? 0 : 1;
      longest = std::max(longest, decisions.size());
    });
    // As many values as there are threads to choose from, and more for many writes; 0 is "no
    // preemption", "the newest".
    for (int value = 0; value < 16; ++value) EXPECT_TRUE(values.contains(value)) << value;
    EXPECT_GT(with, 0);
    EXPECT_LT(with, kMany);
    EXPECT_GT(longest, 40U);
  }
}

// Nothing is lost if an input is already as large as it can be.
TEST(Mutator, the_largest_input_is_changed_like_any_other) {
  Input largest;
  for (auto& thread : largest.program.threads) {
    thread.assign(Program::kMaxInstructions, {Verb::kRegister, 1, 3});
  }
  for (Behaviour& waker : largest.program.wakers) {
    const Instruction call{Verb::kGive, 1, 3};
    waker = {15, 15, true, call, call, call};
  }
  largest.decisions.next.assign(Input::kMaxDecisions, '\3');
  largest.decisions.sees.assign(Input::kMaxDecisions, '\3');
  expect_normal(largest);
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    Input input = largest;
    Mutator(seed).mutate(input);
    expect_normal(input);
    input = largest;
    Mutator(seed).cross(input, largest);
    ASSERT_EQ(input, largest) << "of itself with itself";
  }
}

// An input in which each part is marked as its own.
Input of(Verb verb, std::uint8_t throws, char decision) {
  Input input;
  for (auto& thread : input.program.threads) thread.assign(2, {verb, 0, 0});
  for (Behaviour& waker : input.program.wakers) waker.wake_throws = throws;
  input.decisions = {std::string(3, decision), std::string(3, decision)};
  return input;
}

TEST(Mutator, a_cross_takes_whole_parts_of_both) {
  const Input a = of(Verb::kWake, 1, '\1');
  const Input b = of(Verb::kTake, 2, '\2');
  // By part: how often it came from the one input and from the other.
  constexpr std::size_t kParts = Program::kMaxThreads + Program::kMaxWakers + 2;
  std::array<std::array<int, 2>, kParts> taken{};
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    Input mixed = a;
    Mutator(seed).cross(mixed, b);
    expect_normal(mixed);
    std::size_t part = 0;
    const auto count = [&](const auto& is, const auto& of_a, const auto& of_b) {
      ASSERT_TRUE(is == of_a || is == of_b) << part;
      ++taken[part++][is == of_b ? 1 : 0];
    };
    for (std::size_t i = 0; i < Program::kMaxThreads; ++i) {
      count(mixed.program.threads[i], a.program.threads[i], b.program.threads[i]);
    }
    for (std::size_t i = 0; i < Program::kMaxWakers; ++i) {
      count(mixed.program.wakers[i], a.program.wakers[i], b.program.wakers[i]);
    }
    count(mixed.decisions.next, a.decisions.next, b.decisions.next);
    count(mixed.decisions.sees, a.decisions.sees, b.decisions.sees);
  }
  for (const std::array<int, 2>& of_both : taken) {
    EXPECT_GT(of_both[0], 50);
    EXPECT_GT(of_both[1], 50);
  }
}

// A cross with an input that has fewer threads leaves no gap.
TEST(Mutator, a_cross_of_unequal_inputs_is_normal) {
  Mutator mutator(7);
  Input a;
  Input b;
  for (int i = 0; i < 5000; ++i) {
    mutator.mutate(a);
    mutator.mutate(b);
    if (i % 20 == 0) b = {};
    Input mixed = a;
    mutator.cross(mixed, b);
    expect_normal(mixed);
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace awlab::fuzz
