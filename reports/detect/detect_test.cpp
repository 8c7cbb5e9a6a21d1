// The command from outside, with scripts in place of the lanes' programs.
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "reports/lane/program_fixture.hpp"
#include "reports/model/environment.hpp"
#include "reports/model/kill_matrix.hpp"

namespace awlab::detect {
namespace {

namespace fs = std::filesystem;

// A stand-in for the lanes' programs: it runs one script per lane and fault, PROGRAM.COMMAND.FAULT.
constexpr const char* kProgram = R"(#!/bin/sh
before= script=$0.$1.none
for word; do
  [ "$before" = --fault ] && script=$0.$1.$word
  before=$word
done
[ -x "$script" ] && exec "$script" "$@"
echo "lab $1: there is no module" >&2
exit 2
)";

using reports::CellOutcome;
using reports::KillMatrix;
using reports::Verdict;

class DetectTest : public lane::ProgramTest {
 protected:
  void SetUp() override {
    ProgramTest::SetUp();
    fs::copy_file(fs::path(AWLAB_BIN) / "awlab_report", path("awlab_report"));
    for (const char* name : {"awlab_machine", "awlab_stress"}) program(name, kProgram);
  }

  void program(const std::string& name, const std::string& text) const {
    std::ofstream(path(name)) << text;
    fs::permissions(path(name), fs::perms::owner_all);
  }

  // Sets the script of `lane` for `fault`: it runs the shell code `meanwhile` and leaves this
  // report, with or without a finding.
  void answers(const std::string& lane, const std::string& fault, bool finds,
               const std::string& meanwhile = "") {
    const std::string name =
        (lane == "stress-plain" ? "awlab_stress.stress" : "awlab_machine." + lane) + "." + fault;
    reports::Report report =
        reports::new_report("./lab", 1, {}, {fault, "x.hpp", std::string(64, 'a')});
    report.lanes.push_back({.lane = lane,
                            .verdict = finds ? Verdict::kFail : Verdict::kInconclusive,
                            .executions = 10,
                            .limits = {"it is a script"},
                            .canaries = {}});
    if (finds) {
      reports::Finding finding;
      finding.kind = Kind::kMissedWakeup;
      finding.property = "P1";
      finding.lane = lane;
      finding.scenario = "basic";
      finding.subject = fault;
      finding.signature = reports::make_signature(finding.kind, "P1", "", "a", "b");
      finding.summary = finding.explanation = finding.reproduce = "x";
      reports::add_finding(report, finding);
    }
    reports::finish(report, reports::utc_time());
    ASSERT_TRUE(reports::write_report(path(name + ".json"), report));
    program(name, "#!/bin/sh\necho x >> \"$0.tries\"\n" + meanwhile +
                      "\nwhile [ \"$1\" != --json ] && [ \"$1\" != --out ]; do shift; done\n"
                      "[ \"$1\" = --json ] && report=$2 || report=$2/report.json\n"
                      "cp \"$0.json\" \"$report\"\nexit " +
                      (finds ? "1" : "3") + "\n");
  }

  [[nodiscard]] std::vector<std::string> words(const std::vector<std::string>& faults) const {
    std::vector<std::string> all = {"detect",  "--out",  path("out"), "--lane",
                                    "explore", "--lane", "fuzz"};
    for (const std::string& fault : faults) all.insert(all.end(), {"--fault", fault});
    return all;
  }
  [[nodiscard]] int detect(const std::vector<std::string>& faults,
                           const std::vector<std::string>& more = {}) const {
    std::vector<std::string> all = words(faults);
    all.insert(all.end(), more.begin(), more.end());
    return run(path("awlab_report"), all);
  }
  [[nodiscard]] KillMatrix matrix() const {
    const reports::Result<KillMatrix> matrix = reports::read_kill_matrix(path("out/matrix.json"));
    EXPECT_TRUE(matrix) << matrix.error();
    return matrix ? matrix.value() : KillMatrix{};
  }
};

TEST_F(DetectTest, passes_when_all_is_as_the_catalogue_says) {
  for (const char* lane : {"explore", "fuzz"}) {
    answers(lane, "skip-self-wake", true);
    answers(lane, "rswap-release", false);
  }
  EXPECT_EQ(detect({"skip-self-wake", "rswap-release"}), 0) << output() << error();
  const KillMatrix said = matrix();
  EXPECT_EQ(said.verdict, Verdict::kPass);
  EXPECT_EQ(said.totals.killed, 2U);
  EXPECT_EQ(said.totals.survived, 2U);
  EXPECT_EQ(said.score, 1);
  EXPECT_TRUE(said.run.finished_at);
  EXPECT_TRUE(fs::exists(path("out/matrix.txt")));
  EXPECT_TRUE(fs::exists(path("out/dashboard.html")));
}

TEST_F(DetectTest, a_miss_gets_a_second_try_and_fails) {
  answers("explore", "skip-self-wake", true);
  answers("fuzz", "skip-self-wake", false, "sleep 0.5");
  EXPECT_EQ(detect({"skip-self-wake"}), 1);
  EXPECT_EQ(read(path("awlab_machine.fuzz.skip-self-wake.tries")), "x\nx\n");
  EXPECT_EQ(read(path("awlab_machine.explore.skip-self-wake.tries")), "x\n");
  EXPECT_EQ(matrix().totals.missed, 1U);
  EXPECT_GE(matrix().faults.at(0).cells.at(1).seconds, 1) << "of both tries";
  EXPECT_NE(output().find("MISSED"), std::string::npos) << output();
}

TEST_F(DetectTest, a_second_try_waits_until_the_machine_is_free) {
  answers("explore", "skip-self-wake", false,
          "[ ! -e \"$(dirname \"$0\")/stress\" ] || touch \"$(dirname \"$0\")/met\"");
  answers("stress-plain", "skip-self-wake", true,
          "touch \"$(dirname \"$0\")/stress\"; sleep 1; rm \"$(dirname \"$0\")/stress\"");
  EXPECT_EQ(run(path("awlab_report"), {"detect", "--out", path("out"), "--lane", "explore",
                                       "--lane", "stress-plain", "--fault", "skip-self-wake"}),
            1)
      << error();
  EXPECT_EQ(read(path("awlab_machine.explore.skip-self-wake.tries")), "x\nx\n");
  EXPECT_FALSE(fs::exists(path("met")));
}

TEST_F(DetectTest, a_matrix_of_fewer_cells_does_not_take_the_place_of_one_of_more) {
  for (const char* lane : {"explore", "fuzz"}) {
    answers(lane, "skip-self-wake", true);
    answers(lane, "skip-contended-wake", true);
  }
  EXPECT_EQ(detect({"skip-self-wake", "skip-contended-wake"}), 0) << error();
  const std::string whole = read(path("out/matrix.json"));
  EXPECT_EQ(detect({"skip-self-wake"}), 0) << error();
  EXPECT_EQ(read(path("out/matrix.json")), whole);
  const reports::Result<KillMatrix> part = reports::read_kill_matrix(path("out/matrix.part.json"));
  ASSERT_TRUE(part) << part.error();
  EXPECT_EQ(part.value().totals.killed, 2U);
  EXPECT_NE(output().find("matrix.part.json"), std::string::npos) << output();
  EXPECT_EQ(detect({"skip-self-wake", "skip-contended-wake"}), 0) << error();
  EXPECT_NE(read(path("out/matrix.json")), whole);
  EXPECT_FALSE(fs::exists(path("out/matrix.part.json")));
}

TEST_F(DetectTest, a_run_that_is_stopped_leaves_the_matrix_that_was_there) {
  for (const char* lane : {"explore", "fuzz"}) answers(lane, "skip-self-wake", true);
  EXPECT_EQ(detect({"skip-self-wake"}), 0) << error();
  const std::string whole = read(path("out/matrix.json"));
  answers("explore", "skip-self-wake", true, "touch \"$0.runs\"; sleep 60");
  const pid_t child = start(path("awlab_report"), words({"skip-self-wake"}));
  ASSERT_TRUE(appears("awlab_machine.explore.skip-self-wake.runs"));
  EXPECT_EQ(detect({"skip-self-wake"}), 2) << "while another one runs";
  EXPECT_NE(error().find("another run writes to"), std::string::npos) << error();
  kill(child, SIGTERM);
  EXPECT_EQ(code_of(child), 3);
  EXPECT_EQ(read(path("out/matrix.json")), whole);
}

TEST_F(DetectTest, an_accused_survivor_fails) {
  answers("explore", "rswap-release", false);
  answers("fuzz", "rswap-release", true);
  EXPECT_EQ(detect({"rswap-release"}), 1);
  EXPECT_EQ(matrix().totals.flagged, 1U);
}

TEST_F(DetectTest, a_program_that_is_not_there_is_no_answer) {
  answers("explore", "skip-self-wake", true);
  EXPECT_EQ(run(path("awlab_report"), {"detect", "--out", path("out"), "--lane", "explore",
                                       "--lane", "relacy", "--fault", "skip-self-wake"}),
            3);
  EXPECT_EQ(matrix().totals.inconclusive, 1U);
  EXPECT_EQ(matrix().totals.killed, 1U);
}

TEST_F(DetectTest, a_fault_without_a_module_is_no_answer_and_the_matrix_says_why) {
  answers("explore", "skip-self-wake", true);
  EXPECT_EQ(detect({"skip-self-wake"}), 3);
  EXPECT_EQ(matrix().totals.inconclusive, 1U);
  EXPECT_EQ(matrix().faults.at(0).cells.at(1).why,
            "exit code 2 and no report: lab fuzz: there is no module");
  EXPECT_NE(output().find("[1] exit code 2 and no report: lab fuzz: there is no module\n"),
            std::string::npos)
      << output();
}

TEST_F(DetectTest, says_what_is_wrong_with_an_option) {
  EXPECT_EQ(detect({"no-such-fault"}), 2);
  EXPECT_NE(error().find("unknown fault 'no-such-fault'"), std::string::npos) << error();
  EXPECT_EQ(detect({}, {"--lane", "loom"}), 2);
  EXPECT_NE(error().find("accepted: explore, fuzz"), std::string::npos) << error();
  EXPECT_EQ(detect({}, {"--seconds-per-fault", "0"}), 2);
  EXPECT_FALSE(fs::exists(path("out")));
}

TEST_F(DetectTest, an_output_that_cannot_be_is_one_line) {
  std::ofstream(path("file")) << "x";
  EXPECT_EQ(run(path("awlab_report"), {"detect", "--out", path("file/out"), "--fault", "wake-cas"}),
            2);
  EXPECT_EQ(std::ranges::count(error(), '\n'), 1) << error();
}

}  // namespace
}  // namespace awlab::detect
