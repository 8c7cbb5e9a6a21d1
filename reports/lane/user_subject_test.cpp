// Users' subjects in the programs, from outside: their names in reports, the commands that show
// their findings again, and the lanes that accept them.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "reports/lane/program_fixture.hpp"

namespace awlab::lane {
namespace {

const std::string kExamples = AWLAB_ROOT "/core/subjects/example/";
const std::string kLossy = "--subject " + kExamples + "lossy_cell.hpp --type example::LossyCell";

class UserSubject : public ProgramTest {
 protected:
  static std::vector<std::string> cell(const std::vector<std::string>& words) {
    return on_example("cell.hpp", "Cell", words);
  }
  static std::vector<std::string> lossy(const std::vector<std::string>& words) {
    return on_example("lossy_cell.hpp", "LossyCell", words);
  }
  static std::vector<std::string> plain(const std::vector<std::string>& words) {
    return on_example("plain_cell.hpp", "PlainCell", words);
  }
};

TEST_F(UserSubject, a_cell_passes_under_the_name_of_its_type_and_the_path_that_was_given) {
  EXPECT_EQ(run("explore", cell({"--producers", "2", "--json", path("x.json")})), 0)
      << output() << error();
  const reports::Report passed = report("x.json");
  EXPECT_EQ(passed.verdict, reports::Verdict::kPass);
  EXPECT_EQ(passed.subject.name, "example::Cell");
  EXPECT_EQ(passed.subject.source, kExamples + "cell.hpp");
  EXPECT_EQ(passed.subject.sha256.size(), 64U);
  EXPECT_EQ(passed.run.command.find("./lab explore --subject " + kExamples +
                                    "cell.hpp --type example::Cell --producers 2"),
            0U);
}

TEST_F(UserSubject, a_finding_is_shown_again_by_commands_that_name_the_header) {
  EXPECT_EQ(
      run("explore", lossy({"--scenario", "basic", "--producers", "1", "--json", path("x.json")})),
      1)
      << error();
  const reports::Finding found = report("x.json").findings.at(0);
  EXPECT_EQ(found.kind, Kind::kMissedWakeup);
  EXPECT_EQ(found.subject, "example::LossyCell");
  EXPECT_EQ(found.reproduce, "./lab explore " + kLossy + " --scenario basic --producers 1");
  const std::string file = path(found.artifact.value()).string();
  EXPECT_NE(output().find("for ./lab replay " + kLossy + " " + file), std::string::npos)
      << output();

  EXPECT_EQ(run("replay", lossy({file, "--json", path("y.json")})), 1) << error();
  const reports::Finding again = report("y.json").findings.at(0);
  EXPECT_EQ(again.signature, found.signature);
  EXPECT_EQ(again.reproduce, "./lab replay " + kLossy + " " + file);

  EXPECT_EQ(run("minimize", lossy({file, "--out", path("small")})), 0) << error();
  EXPECT_NE(output().find("reproduce  ./lab replay " + kLossy), std::string::npos) << output();
  EXPECT_NE(read(path("small")).find("\nsubject example::LossyCell\n"), std::string::npos);
}

TEST_F(UserSubject, every_simulating_lane_finds_the_lost_wake_up) {
  EXPECT_EQ(run("fuzz", lossy({"--bare", "--until-found", "--seconds", "60", "--seed", "1", "--out",
                               path("f")})),
            1)
      << error();
  const reports::Finding fuzzed = report("f/report.json").findings.at(0);
  EXPECT_EQ(fuzzed.reproduce.find("./lab replay " + kLossy + " "), 0U) << fuzzed.reproduce;

  EXPECT_EQ(
      run("relacy", lossy({"--scenario", "basic", "--producers", "1", "--json", path("r.json")})),
      1)
      << error();
  EXPECT_EQ(report("r.json").findings.at(0).reproduce,
            "./lab relacy " + kLossy + " --scenario basic --producers 1 --search full");
}

TEST_F(UserSubject, a_type_without_a_platform_is_refused_where_threads_are_simulated) {
  for (const std::string lane : {"explore", "fuzz", "relacy"}) {
    EXPECT_EQ(run(lane, plain({})), 2) << lane;
    EXPECT_EQ(error(), "lab " + lane +
                           ": example::PlainCell has no platform parameter, so only the stress "
                           "lane can run it; all lanes accept a template <class Platform> class "
                           "PlainCell\n");
  }
  EXPECT_EQ(run("replay", plain({"file"})), 2);
}

TEST_F(UserSubject, a_type_without_a_platform_is_run_on_real_threads) {
  EXPECT_EQ(run("stress", plain({"--duration", "0.1s", "--out", path("out"), "--bare"})), 3)
      << error();
  const reports::Report ran = report("out/report.json");
  EXPECT_EQ(ran.subject.name, "example::PlainCell");
  EXPECT_TRUE(ran.findings.empty());
  EXPECT_GT(ran.lanes.at(0).executions, 0U);
}

TEST_F(UserSubject, a_stress_run_goes_on_from_its_own_command) {
  const auto stress = [&](const std::vector<std::string>& words) {
    return run("stress", plain(words));
  };
  EXPECT_EQ(stress({"--duration", "0.1s", "--out", path("out"), "--bare"}), 3);
  const reports::Report before = report("out/report.json");
  // Longer than the first run has played, whatever that was.
  const double played = before.lanes.at(0).stats.at("played_seconds");
  const std::string longer = std::to_string(static_cast<int>(played) + 2);
  EXPECT_EQ(run("stress", {"--resume", path("out"), "--duration", longer + "s"}), 3) << error();
  const reports::Report after = report("out/report.json");
  EXPECT_EQ(after.run.command.find("./lab stress --subject " + kExamples +
                                   "plain_cell.hpp --type example::PlainCell"),
            0U);
  // Not a new run: that would have an id and a seed of its own, or lack the earlier results.
  EXPECT_EQ(after.run.id, before.run.id);
  EXPECT_EQ(after.run.seed, before.run.seed);
  EXPECT_GT(after.lanes.at(0).executions, before.lanes.at(0).executions);
  EXPECT_GT(after.lanes.at(0).seconds, before.lanes.at(0).seconds);
  EXPECT_GE(after.lanes.at(0).stats.at("played_seconds").get<double>(), std::stod(longer))
      << "with the first one";
}

}  // namespace
}  // namespace awlab::lane
