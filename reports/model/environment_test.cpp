// The origin that a report gives.
#include "reports/model/environment.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <regex>
#include <string>
#include <vector>

#include "core/support/program_run.hpp"
#include "reports/model/example_report.hpp"
#include "reports/model/report_json.hpp"

namespace awlab::reports {
namespace {

TEST(Time, is_rfc_3339_in_utc) {
  using std::chrono::system_clock;
  EXPECT_EQ(utc_time(system_clock::from_time_t(0)), "1970-01-01T00:00:00Z");
  EXPECT_EQ(utc_time(system_clock::from_time_t(1738367999) + std::chrono::milliseconds(999)),
            "2025-01-31T23:59:59Z");  // date -u -d @1738367999
}

TEST(RunId, follows_from_its_arguments_and_tells_them_apart) {
  const std::string time = "2025-01-31T23:59:59Z";
  const std::string id = make_run_id(time, "./lab nightly", 1, {0, 2});
  EXPECT_TRUE(id.starts_with("20250131t235959z-")) << id;
  EXPECT_EQ(id, make_run_id(time, "./lab nightly", 1, {0, 2}));
  EXPECT_NE(id, make_run_id(time, "./lab fuzz", 1, {0, 2}));
  EXPECT_NE(id, make_run_id(time, "./lab nightly", 2, {0, 2}));
  EXPECT_NE(id, make_run_id(time, "./lab nightly", 1, {1, 2}));
}

TEST(CommandLine, a_shell_reads_back_the_same_arguments) {
  const std::vector<std::string> arguments = {"printf", "%s|",   "plain", "",      "a b",
                                              "it's",   "$HOME", "*",     "~",     "#x",
                                              "a\nb",   "\"",    "\\",    "-x=1,2"};
  const std::string line = command_line(arguments);
  const ProgramRun run = run_program({"/bin/sh", "-c", line});
  EXPECT_EQ(run.code, 0);
  EXPECT_EQ(run.output, "plain||a b|it's|$HOME|*|~|#x|a\nb|\"|\\|-x=1,2|");
  EXPECT_EQ(commands_of(line), std::vector(1, arguments)) << "and so do we";
}

TEST(CommandLine, a_line_may_hold_several_commands) {
  using Commands = std::vector<std::vector<std::string>>;
  EXPECT_EQ(commands_of("./lab fuzz --out 'a; b';  ./lab relacy ;"),
            (Commands{{"./lab", "fuzz", "--out", "a; b"}, {"./lab", "relacy"}}));
  EXPECT_EQ(commands_of(" ;; "), Commands{});
}

TEST(Host, knows_the_machine_and_does_not_name_it) {
  const Host host = this_host();
  EXPECT_GE(host.cores, 1U);
  EXPECT_GT(host.memory_bytes, 1U << 20U);
  EXPECT_TRUE(host.kernel.starts_with("Linux ")) << host.kernel;
  EXPECT_NE(host.os, "");
  EXPECT_NE(host.cpu, "");
  char name[256] = {};
  ASSERT_EQ(::gethostname(name, sizeof name - 1), 0);
  const std::string words = " " + host.os + " " + host.kernel + " " + host.cpu + " ";
  EXPECT_EQ(words.find(" " + std::string(name) + " "), words.npos) << words;
}

TEST(Build, names_the_compiler_and_the_sanitizer_of_the_caller) {
  const Build build = this_build();
  EXPECT_TRUE(std::regex_match(build.compiler, std::regex("[A-Za-z]+ [0-9.]+"))) << build.compiler;
  EXPECT_EQ(build.sanitizer, kSanitizer);
  EXPECT_EQ(this_build("thread").sanitizer, "thread");
}

TEST(Tool, knows_whether_it_differs_from_its_commit_exactly_if_it_knows_the_commit) {
  const Tool tool = this_tool();
  EXPECT_EQ(tool.name, "atomic_waker_lab");
  EXPECT_EQ(tool.dirty.has_value(), tool.commit != "unknown");
}

TEST(NewReport, is_a_valid_checkpoint_from_the_start) {
  const Report report = new_report("./lab nightly", 7, {2, 3}, example_checkpoint().subject);
  const Result<Report> back = parse_report(to_text(report));
  ASSERT_TRUE(back) << back.error();
  EXPECT_EQ(back.value().verdict, Verdict::kInconclusive);
  EXPECT_FALSE(back.value().run.finished_at);
  EXPECT_EQ(back.value().run.seed, 7U);
  EXPECT_EQ(back.value().run.shard.index, 2U);
}

}  // namespace
}  // namespace awlab::reports
