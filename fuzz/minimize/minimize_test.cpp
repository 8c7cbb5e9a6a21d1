// Minimizing from outside, on programs of 40 instructions in which a fault was planted: it must end
// at the known minimum. planted/ has one program for each fault.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "core/support/program_run.hpp"
#include "core/support/temporary_directory.hpp"
#include "fuzz/schedule/schedule.hpp"

namespace awlab {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class Minimize : public TemporaryDirectory {
 protected:
  // Runs "minimize ARGUMENT..." on a subject.
  [[nodiscard]] static ProgramRun run(const std::string& subject,
                                      std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(),
                     {AWLAB_BIN "/awlab_machine", "minimize", "--subject", subject});
    return run_program(std::move(arguments));
  }
  [[nodiscard]] std::string file(const std::string& name) const { return path(name); }
};

struct Minimum {
  const char* fault;
  const char* after;  // the line that minimize prints
};

class MinimizePlanted : public Minimize, public testing::WithParamInterface<Minimum> {};

TEST_P(MinimizePlanted, ends_at_the_known_minimum_the_same_each_time) {
  const std::string fault = GetParam().fault;
  const std::string planted = std::string(AWLAB_PLANTED) + "/" + fault + ".schedule";
  const auto before = decode(read(planted));
  ASSERT_TRUE(before);
  ASSERT_EQ(before.value().program->instruction_count(), 40U);

  const ProgramRun first = run(fault, {planted, "--out", file("a")});
  ASSERT_EQ(first.code, 0) << first.error;
  const std::string& said = first.output;
  EXPECT_NE(said.find("  before     4 threads, 40 instructions, "), std::string::npos) << said;
  EXPECT_NE(said.find(std::string("  after      ") + GetParam().after + "\n"), std::string::npos)
      << said;
  const auto after = decode(read(file("a")));
  ASSERT_TRUE(after);
  EXPECT_EQ(after.value().signature, before.value().signature);

  ASSERT_EQ(run(fault, {planted, "--out", file("b")}).code, 0);
  EXPECT_EQ(read(file("a")), read(file("b"))) << "twice the same";
  ASSERT_EQ(run(fault, {file("a"), "--out", file("c")}).code, 0);
  EXPECT_EQ(read(file("a")), read(file("c"))) << "there is nothing left to take away";
}

// The reason that each is the minimum:
INSTANTIATE_TEST_SUITE_P(
    Faults, MinimizePlanted,
    testing::Values(
        // A clone has to throw, so there is a registration; the check from outside sees that it
        // left the cell owned.
        Minimum{"no-restore-on-throw",
                "1 thread, 1 instruction, 0 context switches, 0 stale reads"},
        // The waker that is lost must be registered before the one whose clone throws.
        Minimum{"old-lost-on-throw", "1 thread, 2 instructions, 0 context switches, 0 stale reads"},
        // Two accesses of the slot race, so two threads make a call each; one is interrupted, or
        // would be, between its release and its access: one switch.
        Minimum{"unlock-before-take", "2 threads, 2 instructions, 1 context switch, 0 stale reads"},
        Minimum{"wswap-relaxed", "2 threads, 2 instructions, 1 context switch, 0 stale reads"},
        // A missed wake-up takes register and check, publish and wake, on two threads. The wake
        // that announces would wake, or be seen, if it were the only one: so there is another one.
        Minimum{"skip-self-wake", "2 threads, 5 instructions, 1 context switch, 2 stale reads"},
        Minimum{"wor-acquire", "2 threads, 5 instructions, 2 context switches, 1 stale read"},
        Minimum{"wake-store", "2 threads, 5 instructions, 1 context switch, 2 stale reads"}),
    [](const auto& instance) {
      std::string name = instance.param.fault;
      for (char& c : name) c = c == '-' ? '_' : c;
      return name;
    });

TEST_F(Minimize, a_schedule_that_shows_nothing_is_refused) {
  const std::string planted = std::string(AWLAB_PLANTED) + "/wor-acquire.schedule";
  const ProgramRun refused = run("atomic_waker", {planted, "--out", file("x")});
  EXPECT_EQ(refused.code, 2);
  EXPECT_NE(refused.error.find("no violation on atomic_waker"), std::string::npos) << refused.error;
  EXPECT_FALSE(fs::exists(file("x")));
}

TEST_F(Minimize, what_is_no_schedule_or_cannot_be_written_is_refused_in_one_line) {
  std::ofstream(file("text")) << "hello";
  const std::string planted = std::string(AWLAB_PLANTED) + "/wswap-relaxed.schedule";
  using Words = std::vector<std::string>;
  for (const Words& arguments :
       {Words{file("text")}, Words{file("missing")}, Words{""}, Words{},
        Words{planted, "--out", "/proc/x"}, Words{planted, "--speed", "9"}}) {
    const ProgramRun refused = run("wswap-relaxed", arguments);
    EXPECT_EQ(refused.code, 2) << testing::PrintToString(arguments);
    EXPECT_EQ(refused.error.find('\n'), refused.error.size() - 1) << refused.error;
  }
}

TEST_F(Minimize, a_test_is_named_by_its_fault_and_signature) {
  const std::string planted = std::string(AWLAB_PLANTED) + "/wswap-relaxed.schedule";
  const ProgramRun written = run("wswap-relaxed", {planted, "--tests", file("tests")});
  ASSERT_EQ(written.code, 0) << written.error;
  const auto planted_signature = decode(read(planted)).value().signature;
  EXPECT_TRUE(fs::exists(file("tests") + "/wswap-relaxed." + planted_signature + ".schedule"));
}

}  // namespace
}  // namespace awlab
