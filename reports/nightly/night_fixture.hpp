// The command `nightly` in a temporary directory, with scripts in place of the lanes' programs.
#ifndef AWLAB_REPORTS_NIGHTLY_NIGHT_FIXTURE_HPP_
#define AWLAB_REPORTS_NIGHTLY_NIGHT_FIXTURE_HPP_

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "core/support/as_size.hpp"
#include "reports/lane/program_fixture.hpp"
#include "reports/model/environment.hpp"
#include "reports/model/report.hpp"
#include "reports/model/report_file.hpp"

namespace awlab::nightly {

using reports::Report;
using reports::Verdict;
namespace fs = std::filesystem;

// A stand-in for the programs: it runs one script per lane or command, PROGRAM.COMMAND.
inline constexpr const char* kProgram = R"(#!/bin/sh
[ -x "$0.$1" ] && exec "$0.$1" "$@"
echo "no script $0.$1" >&2
exit 2
)";
// The start of a lane's script: finds the place of the report. The rest may use $report and $me.
inline constexpr const char* kScript = R"(#!/bin/sh
me=$0 words=$*
while [ $# -gt 0 ]; do
  case $1 in --json) report=$2 ;; --out) out=$2 ;; --seed) seed=$2 ;; --corpus) mkdir -p "$2" && touch "$2/input" ;; esac
  shift
done
: "${report:=$out/report.json}"
)";
inline constexpr const char* kLeaveReport = "cp \"$me.json\" \"$report\"\n";

class NightTest : public lane::ProgramTest {
 protected:
  void SetUp() override {
    ProgramTest::SetUp();
    fs::copy_file(fs::path(AWLAB_BIN) / "awlab_report", path("awlab_report"));
    for (const char* name : {"awlab_machine", "awlab_relacy", "awlab_stress", "awlab_stress_asan",
                             "awlab_stress_tsan"}) {
      program(name, kProgram);
    }
    for (const auto& [lane, file] : kFiles) passes(lane);
  }

  // Makes the lane leave this report and then run the shell code `and_then`.
  void leaves(const std::string& lane, const Report& report, const std::string& and_then) {
    const std::string file = kFiles.at(lane);
    ASSERT_TRUE(reports::write_report(path(file + ".json"), report));
    script(lane, std::string(kLeaveReport) + and_then);
  }
  void passes(const std::string& lane) { leaves(lane, lane_report(lane), "exit 0\n"); }
  void finds(const std::string& lane, const reports::Finding& finding) {
    Report report = lane_report(lane);
    report.lanes.front().verdict = Verdict::kFail;
    reports::add_finding(report, finding);
    reports::finish(report, reports::utc_time());
    leaves(lane, report,
           "mkdir -p \"${report%/*}/findings\"; echo 'found by " + lane +
               "' > \"${report%/*}/findings/schedule\"\nexit 1\n");
  }
  void script(const std::string& lane, const std::string& body) {
    program(kFiles.at(lane), kScript + body);
  }
  // Writes a script beside the night's program.
  void program(const std::string& name, const std::string& text) const {
    std::ofstream(path(name)) << text;
    fs::permissions(path(name), fs::perms::owner_all);
  }

  static Report lane_report(const std::string& lane) {
    Report report = reports::new_report(
        "./lab " + lane, 1, {}, {"AtomicWaker", "core/atomic_waker.hpp", std::string(64, 'a')});
    report.lanes.push_back({.lane = lane,
                            .verdict = Verdict::kPass,
                            .seconds = 1,
                            .executions = 100,
                            .limits = {"it is a script"},
                            .canaries = {{"wake-store", true, 0.1}}});
    reports::finish(report, reports::utc_time());
    return report;
  }

  static reports::Finding finding_of(const std::string& lane) {
    reports::Finding finding;
    finding.kind = Kind::kMissedWakeup;
    finding.property = "P1";
    finding.lane = lane;
    finding.scenario = "basic";
    finding.subject = "AtomicWaker";
    finding.signature = reports::make_signature(finding.kind, "P1", "wake", "cas", "fetch_or");
    finding.summary = "the last wake is lost";
    finding.explanation = "nobody woke w1";
    finding.reproduce = "./lab " + lane;
    finding.replay = {3, 3};
    finding.schedule = reports::Schedule{20, 2, lane == "fuzz"};
    finding.artifact = "findings/schedule";
    return finding;
  }

  // The command of a short night, with the options `more`, which may override it. A script that is
  // slow to start is not taken for a lane that hangs.
  [[nodiscard]] std::vector<std::string> words(const std::vector<std::string>& more = {}) const {
    const std::vector<std::pair<std::string, std::string>> usual = {
        {"--minutes", "0.05"}, {"--out", path("out")}, {"--hang-seconds", "120"}};
    std::vector<std::string> all = {"nightly"};
    all.insert(all.end(), more.begin(), more.end());
    for (const auto& [option, value] : usual) {
      if (std::ranges::count(more, option) == 0) all.insert(all.end(), {option, value});
    }
    return all;
  }
  [[nodiscard]] bool begins() const { return appears("out/report.json"); }
  // Gives the next night another name: names have whole seconds.
  static void next_second() {
    const std::string now = reports::utc_time();
    while (reports::utc_time() == now) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  [[nodiscard]] int night(const std::vector<std::string>& more = {}) const {
    return run(path("awlab_report"), words(more));
  }
  [[nodiscard]] Report report_of_night() const { return report("out/report.json"); }
  // The seed that lane `lane` gets in a night with the options `more`.
  std::uint64_t seed_of(const std::string& lane, const std::vector<std::string>& more) {
    leaves(lane, lane_report(lane), "echo \"$seed\" > \"$me.seed\"\nexit 0\n");
    EXPECT_EQ(night(more), 0) << error();
    std::uint64_t seed = 0;
    std::ifstream(path(kFiles.at(lane) + ".seed")) >> seed;
    return seed;
  }
  static const reports::Lane& lane_of(const Report& report, const std::string& name) {
    for (const reports::Lane& lane : report.lanes) {
      if (lane.lane == name) return lane;
    }
    ADD_FAILURE() << "no lane " << name;
    return report.lanes.at(0);
  }
  static std::string doubt_of(const reports::Lane& lane) { return lane.stats.value("doubt", ""); }
  [[nodiscard]] std::size_t nights() const {
    const fs::directory_iterator history(path("out/history"));
    return as_size(std::distance(begin(history), end(history)));
  }

  // The name of each lane's script.
  const std::map<std::string, std::string> kFiles = {{"explore", "awlab_machine.explore"},
                                                     {"relacy", "awlab_relacy.relacy"},
                                                     {"fuzz", "awlab_machine.fuzz"},
                                                     {"stress-plain", "awlab_stress.stress"},
                                                     {"stress-asan", "awlab_stress_asan.stress"},
                                                     {"stress-tsan", "awlab_stress_tsan.stress"}};
};

}  // namespace awlab::nightly

#endif  // AWLAB_REPORTS_NIGHTLY_NIGHT_FIXTURE_HPP_
