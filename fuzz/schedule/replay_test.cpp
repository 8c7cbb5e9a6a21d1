// The command `replay`: of the programs, from outside, and in this process on the real cell.
#include <array>
#include <string>
#include <vector>

#include "fuzz/schedule/replay_fixture.hpp"

namespace awlab {
namespace {

using reports::Verdict;

TEST_F(Replay, what_explore_wrote_fails_again_as_the_same) {
  const ProgramRun found = run({"awlab_machine", "explore", "--fault", "wake-store", "--scenario",
                                "basic", "--producers", "2", "--json", "explored.json"});
  ASSERT_EQ(found.code, 1) << found.error;
  const reports::Finding finding = report("explored.json").findings.at(0);
  const std::string file = finding.artifact.value();
  const ProgramRun again = run({"awlab_machine", "replay", "--subject", "wake-store", file,
                                "--replays", "7", "--json", "x.json"});
  EXPECT_EQ(again.code, 1);
  EXPECT_EQ(again.error, "");
  for (const std::string& part :
       {"FINDING " + finding.signature + ": missed_wakeup in basic, N = 2, 7 of 7 replays\n",
        std::string("  expected   the waker"), std::string("broke the release sequence"),
        std::string("step  consumer"), "  reproduce  ./lab replay " + file + "\n"}) {
    EXPECT_NE(again.output.find(part), std::string::npos) << part << again.output;
  }
  EXPECT_EQ(again.output.find("note:"), std::string::npos) << again.output;
  EXPECT_EQ(report("x.json").findings.at(0).signature, finding.signature);
}

TEST_F(Replay, a_schedule_is_held_against_the_code) {
  write(path("file"), kSchedule);
  refuses({"file"},
          "file: the code no longer makes the recorded steps: step 4 was store of producer 1 on "
          "object 0, and is now exchange of producer 1 on object 0 (--lenient replays it "
          "anyway)\n");
  const ProgramRun lenient =
      run({"awlab_machine", "replay", "--subject", "atomic_waker", "file", "--lenient"});
  EXPECT_EQ(lenient.code, 0) << lenient.error;
  EXPECT_TRUE(
      lenient.output.starts_with("note: the file is for wake-store; ran on atomic_waker\n"
                                 "note: the code no longer makes the recorded steps"))
      << lenient.output;
  EXPECT_NE(lenient.output.find("note: the file shows missed_wakeup-P1-4236c558; now there is no"),
            std::string::npos);
  EXPECT_NE(lenient.output.find("(acquire) on the state:"), std::string::npos) << lenient.output;
  EXPECT_TRUE(
      lenient.output.ends_with("\natomic_waker in basic, N = 2: no violation in 5 replays\n"))
      << lenient.output;
}

TEST_F(Replay, another_finding_than_that_of_the_file_is_noted) {
  write(path("file"), replaced(kSchedule, "missed_wakeup-P1-4236c558", "data_race-P4-0badcafe"));
  const ProgramRun ran = run({"awlab_machine", "replay", "--subject", "wake-store", "file"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_TRUE(
      ran.output.starts_with("note: the file shows data_race-P4-0badcafe; now there is "
                             "missed_wakeup-P1-4236c558\n\nFINDING"))
      << ran.output;
}

// The scenario basic as a program, and the decisions of its schedule.
constexpr std::array<unsigned char, 23> kInput = {
    'a', 'w', 'i', '2', 0, 3, 2, 0x08, 0x38, 2, 0x30, 0x18, 2, 0x30, 0x18, 5, 2, 0, 1, 0, 1, 0, 1};
const std::string kInputBytes(kInput.begin(), kInput.end());

TEST_F(Replay, an_input_of_the_fuzz_lane_is_a_schedule_of_no_subject) {
  write(path("file"), kInputBytes);
  const ProgramRun ran = run({"awlab_machine", "replay", "--subject", "wake-store", "file"});
  EXPECT_EQ(ran.code, 1) << ran.error;
  EXPECT_TRUE(ran.output.starts_with("note: the file names no subject; ran on wake-store\n"));
  EXPECT_NE(ran.output.find("FINDING missed_wakeup-P1-4236c558"), std::string::npos) << ran.output;
  EXPECT_NE(ran.output.find("./lab replay --subject wake-store file\n"), std::string::npos)
      << ran.output;
  EXPECT_EQ(answer(kInputBytes).code, 0);
}

TEST_F(Replay, what_is_no_schedule_for_this_is_refused_and_nothing_is_written) {
  const std::string good = kSchedule;
  refuses_file("", "file: not a schedule");
  refuses_file("hello", "file: not a schedule: it does not begin with 'awlab-schedule 2'\n");
  refuses_file("awi1", "file: not a schedule");
  refuses_file(replaced(good, "schedule 2", "schedule 1"), "of version 1");
  refuses_file(replaced(good, "schedule 2", "schedule 3"), "of version 3");
  refuses_file(replaced(good, "next 2", "next x"), "damaged schedule, line 5");
  refuses_file(replaced(good, "basic 2", "basics 2"), "unknown scenario 'basics'");
  refuses_file(replaced(good, "basic 2", "basic 0"), "basic takes 1 to 7 producers, not 0");
  refuses_file(replaced(good, "basic 2", "destroy 1"), "destroy takes 0 to 0 producers, not 1");
  refuses_file(good + std::string(1'000'000, '\n'), "larger than 1 MB");
  refuses({"no-file"}, "cannot read 'no-file': No such file");
  refuses({"no\nfile"}, "cannot read 'no?file'");
  refuses({"file/file"}, "Not a directory");  // unreadable; root can read all that exists
  refuses({"."}, "cannot read '.': Is a directory");
  for (std::size_t size = 0; size < good.size(); ++size) {
    const ReplayAnswer cut = answer(good.substr(0, size), {.lenient = true});
    EXPECT_EQ(cut.code, 2) << size;
    EXPECT_EQ(lines(cut.error), 0) << cut.error;
  }
}

TEST_F(Replay, bad_usage_is_refused) {
  write(path("file"), kInputBytes);
  refuses({}, "FILE is required (see lab replay --help)");
  refuses({"file", "other"}, "other");
  refuses({"file", "--replays", "0"}, "--replays");
  refuses({"file", "--replays", "1001"}, "not in range 1 to 1000");
  refuses({"file", "--fast"}, "--fast");
  refuses({"file", "--json"}, "--json");
  refuses({"file", "--html", ""}, "--html needs a file name");
  refuses({"file", "--json", "./file"}, "--json would overwrite './file'");
  refuses({"file", "--json", "x", "--html", "./x"}, "--html would overwrite './x'");
  EXPECT_EQ(run({"awlab_machine", "replay", "--subject", "atomic_waker", "--help"}).code, 0);
}

TEST_F(Replay, a_report_is_valid_and_says_what_was_seen) {
  write(path("file"), kSchedule);
  EXPECT_EQ(
      run({"awlab_machine", "replay", "--subject", "wake-store", "file", "--json", "bad.json"})
          .code,
      1);
  EXPECT_EQ(run({"awlab_machine", "replay", "--subject", "atomic_waker", "file", "--lenient",
                 "--json", "good.json"})
                .code,
            0);
  const ProgramRun valid = run({"awlab_report", "report", "validate", "bad.json", "good.json"});
  EXPECT_EQ(valid.code, 0) << valid.error;
  const Report bad = report("bad.json");
  EXPECT_EQ(bad.verdict, Verdict::kFail);
  EXPECT_EQ(bad.subject.name, "wake-store");
  EXPECT_EQ(bad.run.command, "./lab replay file --replays 5 --json bad.json");
  ASSERT_EQ(bad.lanes.size(), 1U);
  EXPECT_EQ(bad.lanes[0].executions, 5U);
  ASSERT_EQ(bad.findings.size(), 1U);
  EXPECT_EQ(bad.findings[0].replay.k, 5U);
  EXPECT_EQ(bad.findings[0].reproduce, "./lab replay file");
  EXPECT_GT(bad.findings[0].trace.size(), 10U);
  const Report good = report("good.json");
  EXPECT_EQ(good.verdict, Verdict::kInconclusive);  // it has no canary
  EXPECT_TRUE(good.run.finished_at);
  EXPECT_TRUE(good.findings.empty());
}

TEST_F(Replay, a_page_shows_the_finding_or_that_there_is_none) {
  write(path("file"), kSchedule);
  EXPECT_EQ(
      run({"awlab_machine", "replay", "--subject", "wake-store", "file", "--html", "bad.html"})
          .code,
      1);
  const std::string bad = read(path("bad.html"));
  for (const char* part : {"<!DOCTYPE html>", "missed_wakeup-P1-4236c558", "in 5 of 5 replays",
                           "broke the release sequence", "decisive step", "./lab replay file"}) {
    EXPECT_NE(bad.find(part), std::string::npos) << part;
  }
  EXPECT_EQ(run({"awlab_machine", "replay", "--subject", "atomic_waker", "file", "--lenient",
                 "--html", "good.html"})
                .code,
            0);
  const std::string good = read(path("good.html"));
  for (const char* part : {"no violation", "<td>exchange</td>", "<td>WAKING</td>"}) {
    EXPECT_NE(good.find(part), std::string::npos) << part;
  }
}

TEST_F(Replay, what_cannot_be_written_is_trouble_after_it_was_shown) {
  write(path("file"), kSchedule);
  for (const char* option : {"--json", "--html"}) {
    const ProgramRun ran =
        run({"awlab_machine", "replay", "--subject", "wake-store", "file", option, "no/such/x"});
    EXPECT_EQ(ran.code, 2);
    EXPECT_EQ(ran.error, "lab replay: cannot write 'no/such/x': No such file or directory\n");
    EXPECT_NE(ran.output.find("FINDING"), std::string::npos) << ran.output;
  }
}

TEST_F(Replay, two_runs_say_the_same) {
  write(path("file"), kSchedule);
  for (const char* subject : {"wake-store", "atomic_waker"}) {
    std::vector<std::string> pages;
    std::vector<std::string> texts;
    for (int i = 0; i < 2; ++i) {
      texts.push_back(run({"awlab_machine", "replay", "--subject", subject, "file", "--lenient",
                           "--html", "x.html"})
                          .output);
      pages.push_back(read(path("x.html")));
    }
    EXPECT_EQ(texts[0], texts[1]);
    EXPECT_EQ(pages[0], pages[1]);
    EXPECT_GT(texts[0].size(), 100U);
  }
}

}  // namespace
}  // namespace awlab
