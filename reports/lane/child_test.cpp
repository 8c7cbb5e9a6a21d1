// Children that end in every way. None may look as if it had done its work.
#include "reports/lane/child.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <fstream>

#include "core/support/temporary_directory.hpp"

namespace awlab::lane {
namespace {

ChildEnd end_of(const std::string& script) {
  const reports::Result<ChildEnd> end =
      run_child({.words = {"/bin/sh", "-c", script}, .seconds = 60});
  EXPECT_TRUE(end) << end.error();
  return end ? end.value() : ChildEnd{.code = ChildEnd::kUnknown};
}

TEST(Child, leaves_an_exit_code_or_a_signal) {
  EXPECT_TRUE(end_of("exit 0").exited_with(0));
  EXPECT_TRUE(end_of("exit 3").exited_with(3));
  const ChildEnd crash = end_of("kill -SEGV $$");
  EXPECT_TRUE(crash.crashed());
  EXPECT_FALSE(crash.exited_with(0));
  EXPECT_EQ(to_string(crash), "SIGSEGV");
}

// If the child were not killed, the test would not end.
TEST(Child, that_does_not_heed_a_signal_is_ended_after_its_grace) {
  const reports::Result<ChildEnd> end =
      run_child({.words = {"/usr/bin/env", "--ignore-signal=TERM", "sleep", "600"},
                 .seconds = 0.2,
                 .grace_seconds = 0.1});
  ASSERT_TRUE(end) << end.error();
  EXPECT_TRUE(end.value().hung);
  EXPECT_NE(end.value().signal, 0);
}

TEST(Child, that_is_missing_is_an_error) { EXPECT_FALSE(run_child({.words = {"/no/such/file"}})); }

TEST(Child, of_which_the_system_forgets_the_end_has_not_succeeded) {
  const auto before = std::signal(SIGCHLD, SIG_IGN);
  for (const char* script : {"exit 0", "exit 1"}) {
    const ChildEnd end = end_of(script);
    EXPECT_FALSE(end.exited_with(0)) << script;
    EXPECT_EQ(to_string(end), "unknown exit status") << script;
  }
  std::signal(SIGCHLD, before);
}

using LastLine = TemporaryDirectory;

TEST_F(LastLine, is_the_last_that_is_not_blank_or_says_that_there_is_none) {
  EXPECT_EQ(last_line(path("log")), "(its log cannot be read)");
  std::ofstream(path("log")) << "\n \n";
  EXPECT_EQ(last_line(path("log")), "(its log is empty)");
  std::ofstream(path("log")) << "first\nlab fuzz: no\tmodule \n\n";
  EXPECT_EQ(last_line(path("log")), "lab fuzz: no?module");
  std::ofstream(path("log")) << "only";
  EXPECT_EQ(last_line(path("log")), "only");
}

}  // namespace
}  // namespace awlab::lane
