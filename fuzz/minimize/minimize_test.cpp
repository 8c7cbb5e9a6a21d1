// Minimizing from outside, on programs of 40 instructions in which a fault was planted: it must end
// at the known minimum. planted/ has one program for each fault.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

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
  // Runs "minimize ARGUMENTS" on a subject. Returns the exit code; output goes to files.
  int run(const std::string& subject, const std::string& arguments) const {
    const std::string command = std::string(AWLAB_BIN) + "/awlab_machine minimize --subject " +
                                subject + " " + arguments + " > " + out() + " 2> " +
                                path("err").string();
    const int status = std::system(command.c_str());  // NOLINT(concurrency-mt-unsafe)
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  [[nodiscard]] std::string out() const { return path("out"); }
  [[nodiscard]] std::string error() const { return read(path("err")); }
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

  ASSERT_EQ(run(fault, planted + " --out " + file("a")), 0) << error();
  const std::string said = read(out());
  EXPECT_NE(said.find("  before     4 threads, 40 instructions, "), std::string::npos) << said;
  EXPECT_NE(said.find(std::string("  after      ") + GetParam().after + "\n"), std::string::npos)
      << said;
  const auto after = decode(read(file("a")));
  ASSERT_TRUE(after);
  EXPECT_EQ(after.value().signature, before.value().signature);

  ASSERT_EQ(run(fault, planted + " --out " + file("b")), 0);
  EXPECT_EQ(read(file("a")), read(file("b"))) << "twice the same";
  ASSERT_EQ(run(fault, file("a") + " --out " + file("c")), 0);
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
  EXPECT_EQ(run("atomic_waker", planted + " --out " + file("x")), 2);
  EXPECT_NE(error().find("no violation on atomic_waker"), std::string::npos) << error();
  EXPECT_FALSE(fs::exists(file("x")));
}

TEST_F(Minimize, what_is_no_schedule_or_cannot_be_written_is_refused_in_one_line) {
  std::ofstream(file("text")) << "hello";
  const std::string planted = std::string(AWLAB_PLANTED) + "/wswap-relaxed.schedule";
  for (const std::string& arguments : {file("text"), file("missing"), std::string(),
                                       planted + " --out /proc/x", planted + " --speed 9"}) {
    EXPECT_EQ(run("wswap-relaxed", arguments), 2) << arguments;
    EXPECT_EQ(error().find('\n'), error().size() - 1) << error();
  }
}

TEST_F(Minimize, a_test_is_named_by_its_fault_and_signature) {
  const std::string planted = std::string(AWLAB_PLANTED) + "/wswap-relaxed.schedule";
  ASSERT_EQ(run("wswap-relaxed", planted + " --tests " + file("tests")), 0) << error();
  const auto planted_signature = decode(read(planted)).value().signature;
  EXPECT_TRUE(fs::exists(file("tests") + "/wswap-relaxed." + planted_signature + ".schedule"));
}

}  // namespace
}  // namespace awlab
