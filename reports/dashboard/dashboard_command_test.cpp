// The command `report dashboard`, from outside: its exit code, its one line for each bad input, and
// its output.
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "core/support/program_run.hpp"
#include "reports/dashboard/example_history.hpp"
#include "reports/dashboard/history_fixture.hpp"

namespace awlab::reports {
namespace {

ProgramRun run(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {AWLAB_REPORT_PROGRAM, "report", "dashboard"});
  return run_program(std::move(arguments), ProgramErrors::kInOutput);
}

class DashboardCommand : public HistoryTest {
 protected:
  // Expects exit code 2, one line that contains `what`, and no output file.
  void refuses(std::vector<std::string> arguments, const std::string& what) {
    const ProgramRun outcome = run(std::move(arguments));
    EXPECT_EQ(outcome.code, 2) << outcome.output;
    EXPECT_EQ(std::ranges::count(outcome.output, '\n'), 1) << outcome.output;
    EXPECT_NE(outcome.output.find(what), std::string::npos) << outcome.output;
    EXPECT_TRUE(outcome.output.starts_with("lab report dashboard: ")) << outcome.output;
    EXPECT_FALSE(std::filesystem::exists(path("page.html")));
  }
  [[nodiscard]] std::string out() const { return path("page.html").string(); }
};

TEST_F(DashboardCommand, writes_a_page_and_names_what_it_left_out) {
  write("good.json", example_night({.nights = 1}, 0));
  write("bad.json", "[]");
  const ProgramRun outcome = run({directory_.string(), "--out", out()});
  EXPECT_EQ(outcome.code, 0) << outcome.output;
  EXPECT_NE(outcome.output.find("left out: '" + path("bad.json").string()), std::string::npos);
  EXPECT_NE(outcome.output.find("pass, runs: 1, findings: 0"), std::string::npos) << outcome.output;
  const Result<std::string> page = read_file(out(), 10'000'000);
  ASSERT_TRUE(page);
  EXPECT_TRUE(page.value().starts_with("<!DOCTYPE html>"));
  EXPECT_TRUE(page.value().ends_with("</html>\n"));
  EXPECT_NE(page.value().find("bad.json"), std::string::npos);
}

TEST_F(DashboardCommand, refuses_bad_input_in_one_line_and_writes_nothing) {
  refuses({}, "no PATH given");
  refuses({directory_.string()}, "no --out FILE given");
  refuses({directory_.string(), "--out", out()}, "no report");
  refuses({path("missing.json").string(), "--out", out()}, "cannot read");
  write("bad.json", "[]");
  refuses({path("bad.json").string(), "--out", out()}, "bad.json");
  refuses({directory_.string(), "--out", out()}, "no report: ");
  refuses({directory_.string(), "--to", out()}, "--to");
  write("good.json", example_night({.nights = 1}, 0));
  refuses({path("good.json").string(), "--out", (directory_ / "no" / "page.html").string()},
          "cannot write");
}

}  // namespace
}  // namespace awlab::reports
