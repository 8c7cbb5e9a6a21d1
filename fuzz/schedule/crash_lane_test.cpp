// The lanes on cells that crash, from outside: each reports the crash as a finding that can be
// shown again and made small, and goes on.
#include <algorithm>
#include <filesystem>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "core/scenario/scenario_info.hpp"
#include "core/support/crash.hpp"
#include "fuzz/schedule/schedule.hpp"
#include "reports/lane/program_fixture.hpp"

namespace awlab {
namespace {

using reports::Report;
using Words = std::vector<std::string>;

struct Deed {
  const char* name;  // as core/subjects/example/crashing_cell.hpp knows it
  const char* told;
  Kind kind = Kind::kCrash;

  // Printed in test names, which must not depend on addresses.
  friend std::ostream& operator<<(std::ostream& out, const Deed& deed) { return out << deed.name; }
};

const Deed kDeeds[] = {
    {"wake", "wake() crashes: its assertion fails: !crashes(Deed::kWake) (crashing_cell.hpp)"},
    {"register", "register() crashes: it uses memory that is not there (SIGSEGV)"},
    {"destructor", "the cell's destructor crashes: it aborts (SIGABRT)"},
    {"constructor", "the cell's constructor crashes: it aborts (SIGABRT)"},
    {"take", "wake() crashes: its stack overflows"},
    {"division", "wake() crashes: it divides by zero, or the result does not fit (SIGFPE)"},
    {"terminate", "wake() crashes: it calls std::terminate"},
    {"noexcept", "an exception had no way out of the call", Kind::kPanicSafety},
    {"second", "wake() crashes: it aborts (SIGABRT)"},
};

// CrashInWake for "wake".
std::string crashing_type(std::string deed) {
  deed.front() = static_cast<char>(std::toupper(deed.front()));
  return "CrashIn" + deed;
}

class CrashLane : public lane::ProgramTest, public testing::WithParamInterface<Deed> {
 protected:
  void SetUp() override {
    if (!kTakesSignals) GTEST_SKIP() << "the sanitizer reports crashes";
    ProgramTest::SetUp();
  }
  void TearDown() override { ProgramTest::TearDown(); }

  [[nodiscard]] int run_on_cell(const std::string& command, const Words& words) const {
    return run(command, on_example("crashing_cell.hpp", crashing_type(GetParam().name), words));
  }

  // The only finding of a report, which must tell the deed.
  [[nodiscard]] reports::Finding finding_in(const std::string& file) const {
    const Report found = report(file);
    EXPECT_EQ(found.lanes.at(0).verdict, reports::Verdict::kFail);
    EXPECT_EQ(found.findings.size(), 1U) << output();
    if (found.findings.empty()) return {};
    const reports::Finding& finding = found.findings.front();
    EXPECT_EQ(finding.kind, GetParam().kind);
    EXPECT_NE(finding.summary.find(GetParam().told), std::string::npos) << finding.summary;
    EXPECT_EQ(finding.replay.k, finding.replay.n);
    EXPECT_GT(finding.replay.k, 0U);
    return finding;
  }

  // Shows the schedule again, and makes it smaller.
  void expect_replays(const std::string& file, const std::string& signature) const {
    EXPECT_EQ(run_on_cell("replay", {file, "--replays", "3"}), 1) << error();
    EXPECT_NE(output().find(signature), std::string::npos) << output();
    EXPECT_NE(output().find("3 of 3 replays"), std::string::npos) << output();
    EXPECT_EQ(run_on_cell("minimize", {file, "--out", path("small")}), 0) << error();
    EXPECT_EQ(run_on_cell("replay", {path("small")}), 1) << error();
    EXPECT_NE(output().find(signature), std::string::npos) << output();
    const auto before = decode(read(file));
    const auto after = decode(read(path("small")));
    ASSERT_TRUE(before);
    ASSERT_TRUE(after);
    EXPECT_EQ(after.value().signature, signature);
    EXPECT_LE(after.value().steps.size(), before.value().steps.size());
    EXPECT_LE(after.value().producers, before.value().producers);
  }
};

INSTANTIATE_TEST_SUITE_P(, CrashLane, testing::ValuesIn(kDeeds),
                         [](const auto& instance) { return std::string(instance.param.name); });

TEST_P(CrashLane, a_crash_that_explore_finds_has_its_schedule) {
  ASSERT_EQ(run_on_cell("explore", {"--scenario", "basic", "--producers", "2", "--bare", "--json",
                                    path("x.json")}),
            1)
      << error();
  const reports::Finding finding = finding_in("x.json");
  EXPECT_EQ(error(), "");
  ASSERT_TRUE(finding.artifact);
  expect_replays(path("") / *finding.artifact, finding.signature);
}

TEST_P(CrashLane, relacy_finds_the_same) {
  const Words words = {"--scenario", "basic", "--producers", "2", "--bare", "--json"};
  Words relacy = words;
  relacy.push_back(path("relacy.json"));
  ASSERT_EQ(run_on_cell("relacy", relacy), 1) << error();
  const reports::Finding finding = finding_in("relacy.json");
  EXPECT_EQ(error(), "");
  EXPECT_NE(output().find(", execution "), std::string::npos) << output();
  Words explore = words;
  explore.push_back(path("explore.json"));
  ASSERT_EQ(run_on_cell("explore", explore), 1) << error();
  EXPECT_EQ(finding.signature, finding_in("explore.json").signature);
}

TEST_P(CrashLane, a_crash_that_the_fuzzer_finds_is_made_small) {
  ASSERT_EQ(run_on_cell("fuzz", {"--bare", "--seconds", "60", "--until-found", "--seed", "1",
                                 "--workers", "1", "--out", path("out")}),
            1)
      << error();
  const Report found = report("out/report.json");
  EXPECT_EQ(found.lanes.at(0).verdict, reports::Verdict::kFail);
  EXPECT_EQ(found.lanes.at(0).stats.at("crashes"), 0) << "no worker ends by it";
  // One that is found while the first is made small has other calls around the crash.
  const auto first = std::ranges::find_if(found.findings, [](const reports::Finding& finding) {
    return finding.schedule && finding.schedule->minimized;
  });
  ASSERT_NE(first, found.findings.end()) << output();
  const reports::Finding& finding = *first;
  EXPECT_EQ(finding.kind, GetParam().kind);
  EXPECT_EQ(finding.replay.k, finding.replay.n);
  ASSERT_TRUE(finding.artifact);
  expect_replays(path("out") / *finding.artifact, finding.signature);
}

// A crash ends its scenario, and not the lane.
TEST_P(CrashLane, goes_on_with_the_other_scenarios) {
  const auto with_one = std::ranges::count_if(kScenarios, [](const ScenarioInfo& scenario) {
    return scenario.min_producers <= 1 && scenario.max_producers() >= 1 &&
           meets(Promises(), scenario.demand);
  });
  // A full search of Relacy takes half a minute for one of the scenarios.
  const std::pair<const char*, Words> lanes[] = {
      {"explore", {}}, {"relacy", {"--search", "random", "--executions", "1000"}}};
  for (const auto& [lane, more] : lanes) {
    Words words = {"--producers", "1", "--bare", "--json", path("x.json")};
    words.insert(words.end(), more.begin(), more.end());
    EXPECT_EQ(run_on_cell(lane, words), 1) << error();
    EXPECT_EQ(report("x.json").lanes.at(0).coverage["searches"].size(), with_one) << output();
  }
}

}  // namespace
}  // namespace awlab
