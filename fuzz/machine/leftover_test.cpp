// Leftovers of an execution: memory, exceptions, objects beyond number, the machine itself.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <new>
#include <stdexcept>
#include <vector>

#include "fuzz/machine/bodies.hpp"
#include "fuzz/machine/exceptions.hpp"
#include "fuzz/machine/execution.hpp"
#include "fuzz/machine/platform.hpp"

namespace awlab::machine {
namespace {

using P = MachinePlatform;
using Word = P::atomic<std::size_t>;

constexpr auto kRelaxed = std::memory_order_relaxed;

struct alignas(64) Line {
  int value = 1;
};

// The nodes of a cell may each have a cache line for themselves.
TEST(Leftovers, memory_of_any_alignment_that_is_not_freed_is_a_finding) {
  static Line* volatile kept = nullptr;  // so that the compiler keeps the allocation
  EXPECT_EQ(run({[](Shared&) { kept = new Line(); }}).kinds, std::vector{Kind::kWakerLifetime});
  EXPECT_TRUE(run({[](Shared&) {
                kept = new Line();
                P::check(reinterpret_cast<std::uintptr_t>(kept) % alignof(Line) == 0);
                delete kept;
              }}).kinds.empty());
}

TEST(Leftovers, what_is_aligned_more_than_the_arena_is_comes_from_elsewhere) {
  struct alignas(4096) Page {
    int value = 1;
  };
  EXPECT_TRUE(run({[](Shared&) {
                const auto page = std::make_unique<Page>();
                P::check(reinterpret_cast<std::uintptr_t>(page.get()) % alignof(Page) == 0);
              }}).kinds.empty());
}

// A thread that is abandoned while it handles an exception never releases it.
TEST(Leftovers, an_exception_of_an_abandoned_execution_is_given_back_with_the_next) {
  bool abandons = true;
  const std::vector<Body> bodies = {[&](Shared& shared) {
    try {
      throw std::runtime_error("held");
    } catch (const std::runtime_error&) {
      shared.x.fetch_add(1, kRelaxed);
      P::check(!abandons);
    }
  }};
  Machine machine(program_of(bodies));
  Execution execution(machine);
  RandomDecisions decisions(1);
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(execution.run(decisions));
    EXPECT_EQ(Exceptions::live(), 1U);
  }
  abandons = false;
  EXPECT_FALSE(execution.run(decisions));
  EXPECT_EQ(Exceptions::live(), 0U);
}

// A cell may catch the exceptions of its objects.
class Greedy : public Bodies {
 public:
  using Bodies::Bodies;
  void after() override {
    try {
      std::vector<std::unique_ptr<Word>> words;
      for (;;) words.push_back(std::make_unique<Word>(0));
    } catch (const std::length_error&) {  // swallowed: what is tested
    }
  }
};

TEST(Leftovers, too_many_objects_in_the_checks_are_an_error_and_not_a_verdict) {
  const std::vector<Body> bodies = {[](Shared&) {}};
  Machine machine({[&](void* where) { return ::new (where) Greedy(bodies); }, 1});
  Execution execution(machine);
  RandomDecisions decisions(1);
  EXPECT_THROW(execution.run(decisions), std::length_error);
}

// The machine's memory may be anything by then.
TEST(LeftoversDeathTest, a_machine_that_is_gone_is_not_asked_when_the_process_terminates) {
  alignas(Machine) static std::array<std::byte, sizeof(Machine)> storage;
  const std::vector<Body> bodies = {[](Shared& shared) { shared.x.load(kRelaxed); }};
  auto* const machine = ::new (storage.data()) Machine(program_of(bodies));
  RandomDecisions decisions(1);
  EXPECT_FALSE(Execution(*machine).run(decisions));
  machine->~Machine();
  std::ranges::fill(storage, std::byte{0});
  EXPECT_EXIT(std::terminate(), testing::KilledBySignal(SIGABRT), "");
}

}  // namespace
}  // namespace awlab::machine
