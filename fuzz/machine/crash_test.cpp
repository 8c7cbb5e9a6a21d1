// Crashes of code on the machine: each ends its execution, and nothing else.
#include "core/support/crash.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cassert>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <memory>
#include <ostream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "fuzz/machine/arena.hpp"
#include "fuzz/machine/bodies.hpp"
#include "fuzz/machine/execution.hpp"
#include "fuzz/machine/platform.hpp"

namespace awlab::machine {
namespace {

using P = MachinePlatform;

constexpr auto kRelaxed = std::memory_order_relaxed;

volatile int zero = 0;
int* volatile nowhere = nullptr;

int call_again(int depth) {
  volatile int here = depth;
  return here < 0 ? 0 : call_again(here + 1) + here;
}
// Takes several pages of the stack, more than a small guard.
int call_again_with_much(int depth) {
  std::array<volatile char, std::size_t{5} << 12U> much;
  much.front() = static_cast<char>(depth);
  return depth < 0 ? 0 : call_again_with_much(depth + 1) + much.front();
}

struct Deed {
  const char* name;
  void (*crash)();
  const char* told;

  // Printed in test names, which must not depend on addresses.
  friend std::ostream& operator<<(std::ostream& out, const Deed& deed) { return out << deed.name; }
};

const Deed kDeeds[] = {
    {"aborts", [] { std::abort(); }, "it aborts (SIGABRT)"},
    {"asserts", [] { assert(zero == 1); }, "its assertion fails: zero == 1 (crash_test.cpp)"},
    {"writes_nowhere", [] { *nowhere = 1; }, "it uses memory that is not there (SIGSEGV)"},
    {"divides", [] { zero = zero / zero; }, "it divides by zero"},
    {"traps", [] { __builtin_trap(); }, "it comes to an instruction that traps (SIGILL)"},
    {"stops", [] { std::raise(SIGTRAP); }, "it comes to an instruction that traps (SIGTRAP)"},
    {"loses_the_bus", [] { std::raise(SIGBUS); }, "it uses memory that is not there (SIGBUS)"},
    {"overflows", [] { zero = call_again(0) * 0; }, "its stack overflows"},
    {"overflows_by_pages", [] { zero = call_again_with_much(0) * 0; }, "its stack overflows"},
    {"terminates", [] { std::terminate(); }, "it calls std::terminate"},
};

class Crash : public testing::TestWithParam<Deed> {
 protected:
  void SetUp() override {
    if (!kTakesSignals) GTEST_SKIP() << "the sanitizer reports crashes";
  }

  // Expects this crash of the code that runs at `place`, and then that the machine is as good as
  // new.
  static void expect_crash(Machine& machine, const std::string& told, int thread, bool& crashes) {
    Execution execution(machine);
    RandomDecisions decisions(1);
    for (int i = 0; i < 3; ++i) {
      Trace trace;
      const std::optional<Violation> violation = execution.run(decisions, &trace);
      ASSERT_TRUE(violation);
      EXPECT_EQ(violation->kind, Kind::kCrash);
      EXPECT_EQ(violation->thread, thread);
      EXPECT_NE(violation->actual.find(told), std::string_view::npos) << violation->actual;
      EXPECT_FALSE(Arena::active());
    }
    crashes = false;
    EXPECT_FALSE(execution.run(decisions));
    EXPECT_TRUE(execution.finished());
  }
};

INSTANTIATE_TEST_SUITE_P(, Crash, testing::ValuesIn(kDeeds),
                         [](const auto& instance) { return std::string(instance.param.name); });

TEST_P(Crash, of_a_thread_is_a_finding_of_its_execution) {
  bool crashes = true;
  const std::vector<Body> bodies = {[](Shared& shared) { shared.x.fetch_add(1, kRelaxed); },
                                    [&](Shared& shared) {
                                      shared.x.fetch_add(1, kRelaxed);
                                      if (crashes) GetParam().crash();
                                      shared.x.fetch_add(1, kRelaxed);
                                    }};
  Machine machine(program_of(bodies));
  expect_crash(
      machine,
      std::string("the scenario, between the calls of the cell, crashes: ") + GetParam().told, 1,
      crashes);
}

enum class When { kMade, kBefore, kAfter };

// Crashes outside of all threads.
class Outside : public Bodies {
 public:
  Outside(const std::vector<Body>& bodies, const std::function<void(When)>& crash)
      : Bodies(bodies), crash_(crash) {
    crash_(When::kMade);
  }
  void before() override { crash_(When::kBefore); }
  void after() override {
    crash_(When::kAfter);
    Bodies::after();
  }

 private:
  const std::function<void(When)>& crash_;
};

TEST_P(Crash, outside_of_all_threads_is_a_finding_too) {
  const std::vector<Body> bodies = {[](Shared& shared) { shared.x.fetch_add(1, kRelaxed); }};
  for (const When when : {When::kMade, When::kBefore, When::kAfter}) {
    bool crashes = true;
    const std::function<void(When)> crash = [&](When now) {
      if (crashes && now == when) GetParam().crash();
    };
    Machine machine({[&](void* where) { return ::new (where) Outside(bodies, crash); }, 1});
    expect_crash(machine, GetParam().told, kOutside, crashes);
  }
}

void throw_too_late() { throw std::runtime_error("too late"); }

TEST(CrashText, is_that_of_an_exception_without_a_way_out) {
  for (const bool in_thread : {true, false}) {
    // NOLINTNEXTLINE(bugprone-exception-escape): what is tested
    const auto no_way_out = []() noexcept { throw_too_late(); };
    const std::vector<Body> bodies = {[&](Shared&) {
      if (in_thread) no_way_out();
    }};
    const std::function<void(When)> outside = [&](When now) {
      if (!in_thread && now == When::kAfter) no_way_out();
    };
    Machine machine({[&](void* where) { return ::new (where) Outside(bodies, outside); }, 1});
    Execution execution(machine);
    RandomDecisions decisions(1);
    const std::optional<Violation> violation = execution.run(decisions);
    ASSERT_TRUE(violation);
    EXPECT_EQ(violation->kind, Kind::kPanicSafety);
    EXPECT_NE(violation->actual.find("too late"), std::string_view::npos) << violation->actual;
  }
}

// A scenario is asked for its names by whoever tells a finding.
TEST(CrashText, needs_no_scenario_that_was_never_made) {
  if (!kTakesSignals) GTEST_SKIP() << "the sanitizer reports crashes";
  bool crashes = false;
  const std::vector<Body> bodies = {[](Shared& shared) { shared.x.load(kRelaxed); }};
  Machine machine({[&](void* where) -> Scenario* {
                     if (crashes) std::abort();
                     return ::new (where) Bodies(bodies);
                   },
                   1});
  Execution execution(machine);
  RandomDecisions decisions(1);
  EXPECT_FALSE(execution.run(decisions));
  EXPECT_GT(execution.graph()->size(), 0);
  crashes = true;
  ASSERT_TRUE(execution.run(decisions));
  EXPECT_TRUE(machine.scenario().names().threads.empty());
  EXPECT_EQ(execution.graph()->size(), 0);
}

// The subject's memory may hold anything where it looks for an object.
TEST(CrashText, is_of_bad_memory_if_there_is_no_such_object) {
  if (!kTakesSignals) GTEST_SKIP() << "the sanitizer reports crashes";
  const std::vector<Body> bodies = {
      [](Shared&) { Machine::running().perform({.op = Step::kLoad, .location = 60'000}, ""); }};
  EXPECT_EQ(run(bodies, 1).kinds, std::vector{Kind::kCrash});
}

// The machine lives on: it must know by itself that the code that crashes is not the scenario's.
void make_a_machine_run() {
  static const std::vector<Body> bodies = {[](Shared& shared) { shared.x.load(kRelaxed); }};
  static Machine machine(program_of(bodies));
  RandomDecisions decisions(1);
  Execution(machine).run(decisions);
}

TEST(CrashDeathTest, of_the_lab_is_its_own) {
  if (!kTakesSignals) GTEST_SKIP() << "the sanitizer reports crashes";
  for (const int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGTRAP}) {
    EXPECT_EXIT(
        {
          make_a_machine_run();
          std::raise(signal);
        },
        testing::KilledBySignal(signal), "");
  }
  EXPECT_EXIT(
      {
        make_a_machine_run();
        *nowhere = 1;
      },
      testing::KilledBySignal(SIGSEGV), "");
  EXPECT_EXIT(
      {
        make_a_machine_run();
        assert(zero == 1);
      },
      testing::KilledBySignal(SIGABRT), "zero == 1");
}

// Only the thread of the machine runs code under test.
TEST(CrashDeathTest, of_another_thread_is_the_labs) {
  if (!kTakesSignals) GTEST_SKIP() << "the sanitizer reports crashes";
  const std::vector<Body> bodies = {[](Shared& shared) {
    shared.x.load(kRelaxed);
    Arena::Scope own_code(false);
    std::atomic<bool> scenario_code_runs{false};
    std::thread other([&] {
      scenario_code_runs.wait(false);
      *nowhere = 1;
    });
    Arena::Scope scenario_code(true);
    scenario_code_runs.store(true);
    scenario_code_runs.notify_one();
    other.join();
  }};
  EXPECT_EXIT(run(bodies, 1), testing::KilledBySignal(SIGSEGV), "");
}

TEST(CrashDeathTest, before_ours_there_may_be_other_handlers) {
  if (!kTakesSignals) GTEST_SKIP() << "the sanitizer reports crashes";
  EXPECT_EXIT(
      {
        make_a_machine_run();
        give_back_crashes();
        static volatile int code = 8;
        std::signal(SIGSEGV, [](int) { _exit(code); });
        const std::vector<Body> crashing = {[](Shared&) { *nowhere = 1; }};
        run(crashing, 1);
        code = 7;
        *nowhere = 1;
      },
      testing::ExitedWithCode(7), "");
}

}  // namespace
}  // namespace awlab::machine
