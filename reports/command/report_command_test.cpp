// The command `report`, from outside: its exit code and its one line for each bad input.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "core/support/as_size.hpp"
#include "core/support/program_run.hpp"
#include "core/support/temporary_directory.hpp"
#include "reports/model/environment.hpp"
#include "reports/model/example_report.hpp"
#include "reports/model/report_file.hpp"
#include "reports/model/report_json.hpp"

namespace awlab::reports {
namespace {

namespace fs = std::filesystem;

ProgramRun run(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {AWLAB_REPORT_PROGRAM, "report"});
  return run_program(std::move(arguments), ProgramErrors::kInOutput);
}

std::size_t lines(const std::string& text) {
  return as_size(std::count(text.begin(), text.end(), '\n'));
}

class ReportCommand : public TemporaryDirectory {
 protected:
  void SetUp() override {
    TemporaryDirectory::SetUp();
    ASSERT_TRUE(write_report(path("good.json"), example_failing_report()));
  }

  [[nodiscard]] std::string path(const char* name) const { return (directory_ / name).string(); }
  [[nodiscard]] std::string file(const char* name, const std::string& text) const {
    std::ofstream(path(name), std::ios::binary) << text;
    return path(name);
  }

  // Expects exit code 2 and one line that contains `what`.
  static void refuses(const std::vector<std::string>& arguments, const std::string& what) {
    const ProgramRun outcome = run(arguments);
    EXPECT_EQ(outcome.code, 2) << what << ": " << outcome.output;
    EXPECT_EQ(lines(outcome.output), 1U) << outcome.output;
    EXPECT_TRUE(outcome.output.starts_with("lab report: ")) << outcome.output;
    EXPECT_NE(outcome.output.find(what), outcome.output.npos) << outcome.output;
  }
};

// A report of the whole run, or of one shard.
Report part(Report report, std::uint64_t index = 0, std::uint64_t total = 1) {
  report.run.shard = {index, total};
  return report;
}

TEST_F(ReportCommand, says_one_line_for_each_valid_file) {
  ASSERT_TRUE(write_report(path("whole.json"), part(example_failing_report())));
  ASSERT_TRUE(write_report(path("open.json"), part(example_checkpoint())));
  const ProgramRun outcome = run({"validate", path("whole.json"), path("open.json")});
  EXPECT_EQ(outcome.code, 0) << outcome.output;
  EXPECT_EQ(outcome.output, path("whole.json") + ": valid: fail, lanes: 4, findings: 1\n" +
                                path("open.json") +
                                ": valid: inconclusive (unfinished), lanes: 1, findings: 0\n");
}

TEST_F(ReportCommand, one_bad_file_among_good_ones_is_exit_2_and_the_others_are_still_judged) {
  ASSERT_TRUE(write_report(path("whole.json"), part(example_failing_report())));
  const ProgramRun outcome = run({"validate", path("no.json"), path("whole.json")});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(lines(outcome.output), 2U) << outcome.output;
  EXPECT_NE(outcome.output.find("whole.json: valid"), outcome.output.npos) << outcome.output;
}

TEST_F(ReportCommand, a_shard_alone_is_valid_and_says_which_it_is) {
  const ProgramRun outcome = run({"validate", path("good.json")});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.output,
            path("good.json") + ": valid: fail, lanes: 4, findings: 1, shard 1 of 4\n");
}

TEST_F(ReportCommand, of_several_files_each_run_must_have_all_its_shards) {
  std::vector<std::string> files = {"validate"};
  for (std::uint64_t i = 0; i < 3; ++i) {
    files.push_back(path(("s" + std::to_string(i)).c_str()));
    ASSERT_TRUE(write_report(files.back(), part(example_passing_report(), i, 3)));
  }
  EXPECT_EQ(run(files).code, 0);
  files.pop_back();
  files.push_back(path("good.json"));  // shard 1 of 4, of another run
  const ProgramRun outcome = run(files);
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(lines(outcome.output), 5U) << outcome.output;
  for (const char* const line : {"lab report: shard 2 of 3 is missing in the run on AtomicWaker",
                                 "lab report: shard 0 of 4 is missing in the run on AtomicWaker"}) {
    EXPECT_NE(outcome.output.find(line), outcome.output.npos) << outcome.output;
  }
}

TEST_F(ReportCommand, refuses_bad_files) {
  refuses({"validate", path("no.json")}, "No such file or directory");
  refuses({"validate", directory_.string()}, "Is a directory");
  refuses({"validate", file("text", "hello")}, "not JSON: byte 1: ");
  refuses({"validate", file("empty", "")}, "not JSON: empty");
  refuses({"validate", file("half", to_text(example_checkpoint()).substr(0, 500))}, "truncated");
  refuses({"validate", file("deep", std::string(5'000'000, '['))}, "nested deeper than 64 levels");
  refuses({"validate", file("new", R"({"schema_version": "2.0"})")},
          R"(expected "1.0" or another minor version of 1, found "2.0")");
  refuses({"validate", file("list", "[1]")}, "report: expected an object, found array");
  Json json = to_json(example_failing_report());
  json["findings"][0]["property"] = "P77";
  refuses({"validate", file("pattern", json.dump())}, "findings[0].property: ");
  json = to_json(example_failing_report());
  json["findings"][0]["replay"]["k"] = 99;
  refuses({"validate", file("rule", json.dump())}, "findings[0].replay.k: ");
  fs::resize_file(file("huge", ""), 100'000'001);
  refuses({"validate", path("huge")}, "larger than 100 MB");
  refuses({"validate", path("a\nb")}, "a?b");
}

TEST_F(ReportCommand, refuses_bad_usage_and_says_what_is_accepted) {
  refuses({}, "accepted: validate");
  refuses({""}, "accepted: validate");
  refuses({"valdate", path("good.json")},
          "unknown command 'valdate'; accepted: validate, merge, diff, junit, sarif, dashboard");
  refuses({"validate"}, "no FILE");
  refuses({"validate", "--fast"}, "--fast");
  refuses({"validate", "--fast", path("good.json")}, "--fast");
  refuses({"--fast"}, "--fast");
  refuses({"--fast", "validate", path("good.json")}, "--fast");
}

TEST_F(ReportCommand, helps) {
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"--help"}, {"-h"}, {"validate", "--help"}}) {
    const ProgramRun outcome = run(arguments);
    EXPECT_EQ(outcome.code, 0) << outcome.output;
    EXPECT_NE(outcome.output.find("validate"), outcome.output.npos) << outcome.output;
  }
}

TEST_F(ReportCommand, reads_a_pipe) {
  const std::string quoted = command_line(std::vector<std::string>{AWLAB_REPORT_PROGRAM, "report"});
  const std::string good = command_line(std::vector<std::string>{path("good.json")});
  const std::string shell = "cat " + good + " | " + quoted + " validate /dev/stdin >&2";
  EXPECT_EQ(run_program({"/bin/sh", "-c", shell}).code, 0);
}

}  // namespace
}  // namespace awlab::reports
