// Cells that use more of the platform than our own, in every lane: each that is right passes, and
// its faulty twin is found.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "reports/lane/program_fixture.hpp"

namespace awlab::lane {
namespace {

struct Example {
  const char* file;
  const char* right;
  bool fuzzed = true;
};

void PrintTo(const Example& example, std::ostream* out) { *out << example.right; }

class ExampleSubject : public ProgramTest, public testing::WithParamInterface<Example> {
 protected:
  [[nodiscard]] std::vector<std::string> right(const std::vector<std::string>& words) const {
    return on_example(GetParam().file, GetParam().right, words);
  }
  // The report must be of a lane that ran and found nothing.
  void expect_nothing_found(const std::string& file) const {
    const reports::Report passed = report(file);
    ASSERT_EQ(passed.lanes.size(), 1U) << error();
    EXPECT_GT(passed.lanes.at(0).executions, 0U);
    EXPECT_TRUE(passed.findings.empty()) << passed.findings.at(0).signature;
  }
};

TEST_P(ExampleSubject, explore_passes) {
  EXPECT_EQ(run("explore", right({"--producers", "1", "--json", path("x.json")})), 0) << output();
  expect_nothing_found("x.json");
}

TEST_P(ExampleSubject, relacy_finds_nothing) {
  for (const std::string scenario : {"basic", "migrate", "panic_clone", "reentrant"}) {
    const std::string file = scenario + ".json";
    EXPECT_EQ(run("relacy", right({"--bare", "--scenario", scenario, "--producers", "2", "--search",
                                   "random", "--executions", "5000", "--json", path(file)})),
              3)
        << scenario << error();
    expect_nothing_found(file);
  }
}

TEST_P(ExampleSubject, fuzz_finds_nothing) {
  if (!GetParam().fuzzed) GTEST_SKIP() << "long programs of it exceed the steps of the machine";
  EXPECT_EQ(run("fuzz", right({"--bare", "--seconds", "2", "--seed", "1", "--out", path("f")})), 3)
      << error();
  expect_nothing_found("f/report.json");
}

TEST_P(ExampleSubject, stress_finds_nothing_in_any_build) {
  for (const std::string build : {"", "_asan", "_tsan"}) {
    std::vector<std::string> words =
        right({"--bare", "--duration", "1s", "--out", path("s" + build)});
    words.insert(words.begin(), "stress");
    EXPECT_EQ(run(AWLAB_BIN "/awlab_stress" + build, words), 3) << build << error();
    expect_nothing_found("s" + build + "/report.json");
  }
}

INSTANTIATE_TEST_SUITE_P(, ExampleSubject,
                         testing::Values(Example{"swap_cell.hpp", "SwapCell"},
                                         Example{"event_count_cell.hpp", "EventCountCell"},
                                         Example{"operators_cell.hpp", "OperatorsCell"},
                                         Example{"waiting_cell.hpp", "WaitingCell", false}),
                         [](const auto& example) { return std::string(example.param.right); });

struct Twin {
  const char* file;
  const char* faulty;
  std::vector<Kind> kinds;  // those that it may be found with
  bool fuzzed = true;
};

void PrintTo(const Twin& twin, std::ostream* out) { *out << twin.faulty; }

// No real threads: what they show is up to the processor.
class FaultyTwin : public ProgramTest, public testing::WithParamInterface<Twin> {
 protected:
  [[nodiscard]] std::vector<std::string> faulty(const std::vector<std::string>& words) const {
    return on_example(GetParam().file, GetParam().faulty, words);
  }
  void expect_found(const std::string& file) const {
    const reports::Report failed = report(file);
    ASSERT_FALSE(failed.findings.empty()) << error();
    for (const reports::Finding& finding : failed.findings) {
      EXPECT_EQ(std::ranges::count(GetParam().kinds, finding.kind), 1) << finding.signature;
    }
  }
};

TEST_P(FaultyTwin, explore_finds_it) {
  EXPECT_EQ(
      run("explore", faulty({"--scenario", "basic", "--producers", "2", "--json", path("x.json")})),
      1)
      << error();
  expect_found("x.json");
}

TEST_P(FaultyTwin, relacy_finds_it) {
  EXPECT_EQ(run("relacy", faulty({"--bare", "--scenario", "migrate", "--producers", "2", "--search",
                                  "random", "--executions", "50000", "--json", path("x.json")})),
            1)
      << error();
  expect_found("x.json");
}

TEST_P(FaultyTwin, fuzz_finds_it) {
  if (!GetParam().fuzzed) GTEST_SKIP() << "it takes the fuzzer minutes";
  EXPECT_EQ(run("fuzz", faulty({"--bare", "--until-found", "--seconds", "60", "--seed", "1",
                                "--out", path("f")})),
            1)
      << error();
  expect_found("f/report.json");
}

INSTANTIATE_TEST_SUITE_P(
    , FaultyTwin,
    testing::Values(
        Twin{"swap_cell.hpp", "RelaxedSwapCell", {Kind::kDataRace, Kind::kMissedWakeup}},
        Twin{"event_count_cell.hpp", "UnfencedEventCountCell", {Kind::kMissedWakeup}},
        Twin{"operators_cell.hpp", "AssigningCell", {Kind::kMissedWakeup}, false},
        Twin{"waiting_cell.hpp", "NotifyOneCell", {Kind::kDeadlock}, false},
        Twin{"waiting_cell.hpp", "SilentCell", {Kind::kDeadlock}}),
    [](const auto& twin) { return std::string(twin.param.faulty); });

}  // namespace
}  // namespace awlab::lane
