// The lane's programs, from outside: exit codes, reports, findings, the corpus, interruption.
#include <gtest/gtest.h>
#include <signal.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "core/contract/rows.hpp"
#include "core/support/as_size.hpp"
#include "fuzz/schedule/input.hpp"
#include "fuzz/schedule/schedule.hpp"
#include "reports/lane/program_fixture.hpp"
#include "reports/model/report_file.hpp"
#include "reports/model/report_json.hpp"

namespace awlab::fuzz {
namespace {

namespace fs = std::filesystem;
using reports::Report;

std::size_t files_in(const fs::path& directory) {
  return as_size(std::distance(fs::directory_iterator(directory), fs::directory_iterator()));
}

class FuzzLane : public lane::ProgramTest {
 protected:
  // An input in the corpus with the program and the decisions of `schedule`.
  void write_input(const std::string& name, const std::string& schedule) const {
    const auto decoded = decode(schedule);
    ASSERT_TRUE(decoded) << decoded.error();
    std::array<std::uint8_t, kMaxInputBytes> bytes{};
    const Input input{decoded.value().program.value(), decoded.value().decisions};
    const std::size_t size = encode(input, bytes);
    std::ofstream(path("corpus") / name, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(size));
  }
};

TEST_F(FuzzLane, the_cell_passes_with_dead_canaries_and_leaves_a_corpus) {
  EXPECT_EQ(run("fuzz", {"--seconds", "2", "--out", path("out")}), 0) << error();
  const Report first = report("out/report.json");
  const reports::Lane& lane = first.lanes.at(0);
  EXPECT_EQ(lane.canaries.size(), 3U);
  EXPECT_TRUE(first.findings.empty());
  const std::size_t inputs = files_in(path("out/corpus"));
  EXPECT_EQ(lane.coverage["corpus"].get<std::size_t>(), inputs);
  // The seeds that do something new, and the inputs found that do more.
  const auto seeds = lane.coverage["corpus_before"].get<std::size_t>();
  EXPECT_GT(seeds, 0U);
  EXPECT_GT(inputs, seeds);
  EXPECT_GE(lane.executions, inputs);
  EXPECT_GT(lane.coverage["features"].get<int>(), 0);
  EXPECT_GT(lane.coverage["saturation"].get<double>(), 0);
  EXPECT_LE(lane.coverage["saturation"].get<double>(), 1);
  const reports::Json& rows = lane.coverage.at("rows");
  EXPECT_EQ(rows.size(), kRows.size());
  EXPECT_GT(rows.at(kRows[0].name), 0) << "a registration alone";

  // The next run begins with this corpus, and leaves files alone that are not its own.
  std::ofstream(path("out/corpus/notes.txt")) << "mine";
  EXPECT_EQ(run("fuzz", {"--bare", "--seconds", "1", "--no-seeds", "--out", path("again"),
                         "--corpus", path("out/corpus")}),
            3)
      << "without canaries nothing is passed";
  EXPECT_EQ(read(path("out/corpus/notes.txt")), "mine");
  const auto before = report("again/report.json").lanes.at(0).coverage["corpus_before"];
  EXPECT_EQ(before.get<std::size_t>(), inputs);
}

TEST_F(FuzzLane, many_inputs_of_one_bug_are_one_finding_that_replays) {
  ASSERT_EQ(run("fuzz", on_fault("skip-self-wake",
                                 {"--seconds", "2", "--out", path("out"), "--seed", "1"})),
            1)
      << error();
  const Report found = report("out/report.json");
  EXPECT_GT(found.lanes.at(0).stats["violations"].get<int>(), 1);
  ASSERT_EQ(found.findings.size(), 1U);
  const reports::Finding& finding = found.findings.at(0);
  EXPECT_EQ(finding.kind, Kind::kMissedWakeup);
  EXPECT_EQ(finding.replay.k, finding.replay.n);
  ASSERT_EQ(files_in(path("out/findings")), 1U);
  const fs::path file = path("out") / *finding.artifact;
  const auto schedule = decode(read(file));
  ASSERT_TRUE(schedule) << schedule.error();
  EXPECT_EQ(schedule.value().signature, finding.signature);
  EXPECT_EQ(run("replay", {"--subject", "skip-self-wake", file}), 1);
  EXPECT_NE(read(path("stdout")).find(finding.signature), std::string::npos);
  EXPECT_EQ(run("replay", {"--subject", "atomic_waker", "--lenient", file}), 0);
}

TEST_F(FuzzLane, the_same_seed_finds_the_same_thing_first) {
  for (const char* out : {"a", "b"}) {
    EXPECT_EQ(run("fuzz", {"--fault", "wor-acquire", "--bare", "--until-found", "--seconds", "60",
                           "--seed", "5", "--workers", "1", "--out", path(out)}),
              1)
        << error();
  }
  const auto first = [&](const char* name) {
    return report(name).lanes.at(0).stats["first_violation"]["executions"].get<std::uint64_t>();
  };
  EXPECT_EQ(first("a/report.json"), first("b/report.json"));
}

TEST_F(FuzzLane, who_is_asked_to_end_leaves_a_valid_report) {
  for (const int signal : {SIGTERM, SIGINT}) {
    const pid_t child = start("fuzz", {"--bare", "--seconds", "600", "--out", path("out")});
    // Waits until a worker runs: then there is something to end.
    while (!fs::exists(path("out/worker-1.log")) && !fs::exists(path("out/worker-0.log"))) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    kill(child, signal);
    EXPECT_EQ(code_of(child), 3) << error();
    EXPECT_FALSE(report("out/report.json").run.finished_at);
    fs::remove_all(path("out"));
  }
}

// The worker runs the second input at once, while the lane is minimizing the first.
TEST_F(FuzzLane, what_was_found_beside_the_first_finding_is_reported_too) {
  fs::create_directory(path("corpus"));
  const std::string begin =
      "awlab-schedule 2\nsubject any\nscenario program\nwaker w1 clone_throws=1";
  write_input("panic_safety", begin + "\nthread register(c1,w1)\nnext\nsees\nsteps\n");
  write_input("stuck_state", begin +
                                 " wake_throws=1\nthread register(c1,w1)\n"
                                 "thread wake(c1) register(c1,w1)\nnext\nsees 1\nsteps\n");
  EXPECT_EQ(
      run("fuzz", on_fault("no-restore-on-throw",
                           {"--bare", "--no-seeds", "--workers", "1", "--seconds", "60",
                            "--until-found", "--out", path("out"), "--corpus", path("corpus")})),
      1)
      << error();
  EXPECT_GT(report("out/report.json").findings.size(), 1U) << output();
}

// libFuzzer leaves inputs for many reasons: an input on a machine that was paused is as slow as an
// endless one. A canary leaves this one: canaries run after the files of earlier runs are noted. It
// is caught, so that nothing but the input prevents a pass.
TEST_F(FuzzLane, an_input_that_was_left_and_does_nothing_when_it_is_replayed_is_no_finding) {
  const std::string input = path("out/crashes/slow-unit-1");
  EXPECT_EQ(run(beside_canaries("fuzz", "echo slow > " + input),
                {"fuzz", "--seconds", "1", "--out", path("out")}),
            3)
      << error();
  EXPECT_TRUE(report("out/report.json").findings.empty()) << output();
  EXPECT_NE(output().find("slow-unit-1"), std::string::npos) << output();
}

// The lane on a subject that misbehaves.
class FuzzLaneOnUnruly : public FuzzLane {
 protected:
  static std::vector<std::string> unruly(const std::string& type,
                                         const std::vector<std::string>& words) {
    return on_example("unruly_cell.hpp", type, words);
  }
};

TEST_F(FuzzLaneOnUnruly, an_input_with_more_objects_than_the_machine_numbers_is_a_limit) {
  EXPECT_EQ(run("fuzz", unruly("CrowdedCell",
                               {"--bare", "--seconds", "1", "--seed", "1", "--out", path("out")})),
            3)
      << output() << error();
  const Report ran = report("out/report.json");
  const reports::Lane& lane = ran.lanes.at(0);
  EXPECT_TRUE(ran.findings.empty()) << output();
  EXPECT_EQ(lane.stats["crashes"], 0);
  EXPECT_GT(lane.executions, 0U);
  EXPECT_GT(lane.stats["not_run"].get<int>(), 0);
  EXPECT_NE(lane.limits.back().find("more objects than"), std::string::npos) << lane.limits.back();
}

TEST_F(FuzzLaneOnUnruly, a_crash_is_a_finding) {
  EXPECT_EQ(run("fuzz", unruly("AbortingCell",
                               {"--bare", "--seconds", "3", "--seed", "1", "--out", path("out")})),
            1)
      << output() << error();
  const Report ran = report("out/report.json");
  ASSERT_EQ(ran.findings.size(), 1U) << output();
  EXPECT_EQ(ran.findings.at(0).kind, Kind::kCrash);
  EXPECT_EQ(ran.findings.at(0).replay.k, ran.findings.at(0).replay.n);
}

TEST_F(FuzzLaneOnUnruly, who_must_be_found_harmless_must_have_been_run) {
  EXPECT_EQ(run("fuzz", unruly("CrowdedFromTheStartCell", {"--canary"})), 1) << output();
}

// The corpus is run first.
TEST_F(FuzzLaneOnUnruly, who_is_asked_to_end_in_an_endless_input_ends) {
  const pid_t child =
      start("fuzz", unruly("EndlessCell", {"--bare", "--seconds", "600", "--out", path("out")}));
  while (!fs::exists(path("out/corpus")) || files_in(path("out/corpus")) < 12) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  kill(child, SIGTERM);
  EXPECT_EQ(code_of(child), 3) << error();
}

// Workers come to the calls at which it forgets; replays do not.
TEST_F(FuzzLane, a_violation_that_no_replay_shows_is_no_finding_and_no_pass) {
  EXPECT_EQ(run("fuzz", on_example("remembering_cell.hpp", "DeafForAWhileCell",
                                   {"--bare", "--seconds", "3", "--workers", "1", "--seed", "1",
                                    "--out", path("out")})),
            3)
      << output() << error();
  const Report ran = report("out/report.json");
  EXPECT_TRUE(ran.findings.empty()) << output();
  EXPECT_GT(ran.lanes.at(0).stats.value("violations", 0), 0);
  const std::string doubt = ran.lanes.at(0).stats.value("doubt", "");
  EXPECT_TRUE(doubt.starts_with(
      "a violation that a worker found shows in 0 of 3 replays, so it is no finding"))
      << doubt;
}

TEST_F(FuzzLane, what_it_cannot_do_is_said_in_one_line) {
  std::ofstream(path("file")) << "in the way";
  const std::vector<std::vector<std::string>> all = {
      {"--seconds", "0"},
      {"--seconds", "soon"},
      {"--workers", "0"},
      {"--seed", "-1"},
      {"--fast"},
      {"--out", path("file") / "x"},
      {"--corpus", path("file")},
      {"--json", path("no") / "x.json", "--out", path("out")}};
  for (const std::vector<std::string>& words : all) {
    EXPECT_EQ(run("fuzz", words), 2) << words[0];
    EXPECT_EQ(error().find('\n'), error().size() - 1) << error();
  }
}

}  // namespace
}  // namespace awlab::fuzz
