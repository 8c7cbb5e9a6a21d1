// The command `replay`: of the programs, from outside, and in this process on the real cell.
#include "fuzz/schedule/replay.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "core/atomic_waker.hpp"
#include "core/scenario/scenario_info.hpp"
#include "core/support/temporary_directory.hpp"
#include "fuzz/machine/platform.hpp"
#include "fuzz/schedule/artifact.hpp"
#include "fuzz/schedule/input.hpp"
#include "reports/model/environment.hpp"
#include "reports/model/report_file.hpp"

namespace awlab {
namespace {

namespace fs = std::filesystem;
using reports::Report;
using reports::Verdict;

constexpr SubjectModule kCell{
    {"atomic_waker", "core/atomic_waker.hpp",
     "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", true},
    &kCellTable<AtomicWaker<machine::MachinePlatform>>};

// The schedule that explore wrote for this fault: the violation needs the store to be a store.
constexpr const char* kSchedule =
    "awlab-schedule 2\nsubject wake-store\nscenario basic 2\n"
    "signature missed_wakeup-P1-22bcdd1b\nnext 2 0 1 0 1\nsees 0 1\n"
    "steps 1:fetch_add:2 1:fetch_or:0 2:fetch_add:2 2:fetch_or:0 1:store:0 0:cas:0 0:cas:0 "
    "0:load:2\n";

struct Ran {
  int code = -1;
  std::string out;
  std::string err;
};

std::string read(const std::string& file) {
  const auto bytes = reports::read_file(file, 10'000'000);
  return bytes ? bytes.value() : "cannot read " + file;
}

void write(const std::string& file, std::string_view bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

auto lines(const std::string& text) { return std::ranges::count(text, '\n'); }

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  return text.replace(text.find(from), from.size(), to);
}

class Replay : public TemporaryDirectory {
 protected:
  void SetUp() override {
    TemporaryDirectory::SetUp();
    fs::create_directory(path(""));
  }

  /// The directory of the programs, joined with `name`.
  [[nodiscard]] std::string path(const std::string& name) const {
    return directory_ / "work" / name;
  }

  [[nodiscard]] Ran run(std::vector<std::string> words) const {
    words[0] = AWLAB_BIN "/" + words[0];
    const std::string err = directory_ / "stderr";
    const std::string command = "cd " + reports::command_line(std::vector{path("")}) + " && " +
                                reports::command_line(words) + " 2>" + err;
    FILE* pipe = ::popen(command.c_str(), "r");
    Ran ran;
    if (pipe == nullptr) return ran;
    for (int c = 0; (c = std::fgetc(pipe)) != EOF;) ran.out += static_cast<char>(c);
    const int status = ::pclose(pipe);
    if (WIFEXITED(status)) ran.code = WEXITSTATUS(status);
    ran.err = read(err);
    return ran;
  }

  [[nodiscard]] Report report(const std::string& name) const {
    const reports::Result<Report> report = reports::read_report(path(name));
    EXPECT_TRUE(report) << report.error();
    return report ? report.value() : Report{};
  }

  // Expects exit 2, one line with `what` in it, and no new file.
  void refuses(std::vector<std::string> arguments, const std::string& what) const {
    const auto files = [&] { return std::distance(fs::directory_iterator(path("")), {}); };
    const auto before = files();
    arguments.insert(arguments.begin(), {"awlab_machine", "replay", "--subject", "atomic_waker"});
    const Ran ran = run(arguments);
    EXPECT_EQ(ran.code, 2) << what;
    EXPECT_EQ(ran.out, "");
    EXPECT_EQ(lines(ran.err), 1) << ran.err;
    EXPECT_TRUE(ran.err.starts_with("lab replay: ")) << ran.err;
    EXPECT_NE(ran.err.find(what), std::string::npos) << ran.err;
    EXPECT_EQ(files(), before) << what;
  }

  void refuses_file(const std::string& bytes, const std::string& what) const {
    write(path("file"), bytes);
    refuses({"file", "--lenient", "--json", "x.json", "--html", "x.html"}, what);
  }

  [[nodiscard]] ReplayAnswer answer(std::string_view bytes, ReplayRequest request = {}) const {
    request.file = path("file");
    fs::remove(request.file);  // one that is written over is synced by some file systems
    write(request.file, bytes);
    return replay_file(kCell, request);
  }
};

TEST_F(Replay, what_explore_wrote_fails_again_as_the_same) {
  const Ran found = run({"awlab_machine", "explore", "--fault", "wake-store", "--scenario", "basic",
                         "--producers", "2", "--json", "explored.json"});
  ASSERT_EQ(found.code, 1) << found.err;
  const reports::Finding finding = report("explored.json").findings.at(0);
  const std::string file = finding.artifact.value();
  const Ran again = run({"awlab_machine", "replay", "--subject", "wake-store", file, "--replays",
                         "7", "--json", "x.json"});
  EXPECT_EQ(again.code, 1);
  EXPECT_EQ(again.err, "");
  for (const std::string& part :
       {"FINDING " + finding.signature + ": missed_wakeup in basic, N = 2, 7 of 7 replays\n",
        std::string("  expected   the waker"), std::string("broke the release sequence"),
        std::string("step  consumer"), "  reproduce  ./lab replay " + file + "\n"}) {
    EXPECT_NE(again.out.find(part), std::string::npos) << part << again.out;
  }
  EXPECT_EQ(again.out.find("note:"), std::string::npos) << again.out;
  EXPECT_EQ(report("x.json").findings.at(0).signature, finding.signature);
}

TEST_F(Replay, a_schedule_is_held_against_the_code) {
  write(path("file"), kSchedule);
  refuses({"file"},
          "file: the code does other steps than when this was written: step 4 was store "
          "of producer 1 on object 0, and now is exchange of producer 1 on object 0 "
          "(--lenient goes on)\n");
  const Ran lenient =
      run({"awlab_machine", "replay", "--subject", "atomic_waker", "file", "--lenient"});
  EXPECT_EQ(lenient.code, 0) << lenient.err;
  EXPECT_TRUE(
      lenient.out.starts_with("note: the file is of wake-store; ran on atomic_waker\n"
                              "note: the code does other steps"))
      << lenient.out;
  EXPECT_NE(lenient.out.find("note: the file is of missed_wakeup-P1-22bcdd1b; now there is no"),
            std::string::npos);
  EXPECT_NE(lenient.out.find("(acquire) on the cell: WAITING"), std::string::npos) << lenient.out;
  EXPECT_TRUE(lenient.out.ends_with("\natomic_waker in basic, N = 2: no violation in 5 replays\n"))
      << lenient.out;
}

TEST_F(Replay, another_finding_than_that_of_the_file_is_noted) {
  write(path("file"), replaced(kSchedule, "missed_wakeup-P1-22bcdd1b", "data_race-P4-0badcafe"));
  const Ran ran = run({"awlab_machine", "replay", "--subject", "wake-store", "file"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_TRUE(
      ran.out.starts_with("note: the file is of data_race-P4-0badcafe; now there is "
                          "missed_wakeup-P1-22bcdd1b\n\nFINDING"))
      << ran.out;
}

// The scenario basic as a program, and the decisions of its schedule.
constexpr std::array<unsigned char, 23> kInput = {
    'a', 'w', 'i', '2', 0, 3, 2, 0x08, 0x38, 2, 0x30, 0x18, 2, 0x30, 0x18, 5, 2, 0, 1, 0, 1, 0, 1};
const std::string kInputBytes(kInput.begin(), kInput.end());

TEST_F(Replay, an_input_of_the_fuzz_lane_is_a_schedule_of_no_subject) {
  write(path("file"), kInputBytes);
  const Ran ran = run({"awlab_machine", "replay", "--subject", "wake-store", "file"});
  EXPECT_EQ(ran.code, 1) << ran.err;
  EXPECT_TRUE(ran.out.starts_with("note: the file names no subject; ran on wake-store\n"));
  EXPECT_NE(ran.out.find("FINDING missed_wakeup-P1-22bcdd1b"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("./lab replay --subject wake-store file\n"), std::string::npos) << ran.out;
  EXPECT_EQ(answer(kInputBytes).code, 0);
}

TEST_F(Replay, what_is_no_schedule_for_this_is_refused_and_nothing_is_written) {
  const std::string good = kSchedule;
  refuses_file("", "file: not a schedule");
  refuses_file("hello", "file: not a schedule: it does not begin with 'awlab-schedule 2'\n");
  refuses_file("awi1", "file: not a schedule");
  refuses_file(replaced(good, "schedule 2", "schedule 1"), "of version 1");
  refuses_file(replaced(good, "schedule 2", "schedule 3"), "of version 3");
  refuses_file(replaced(good, "next 2", "next x"), "a damaged schedule, line 5");
  refuses_file(replaced(good, "basic 2", "basics 2"), "there is no scenario 'basics'");
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
  refuses({"file", "--html", ""}, "--html needs the name of a file");
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
  const Ran valid = run({"awlab_report", "report", "validate", "bad.json", "good.json"});
  EXPECT_EQ(valid.code, 0) << valid.err;
  const Report bad = report("bad.json");
  EXPECT_EQ(bad.verdict, Verdict::fail);
  EXPECT_EQ(bad.subject.name, "wake-store");
  EXPECT_EQ(bad.run.command, "./lab replay file --replays 5 --json bad.json");
  ASSERT_EQ(bad.lanes.size(), 1U);
  EXPECT_EQ(bad.lanes[0].executions, 5U);
  ASSERT_EQ(bad.findings.size(), 1U);
  EXPECT_EQ(bad.findings[0].replay.k, 5U);
  EXPECT_EQ(bad.findings[0].reproduce, "./lab replay file");
  EXPECT_GT(bad.findings[0].trace.size(), 10U);
  const Report good = report("good.json");
  EXPECT_EQ(good.verdict, Verdict::inconclusive);  // it has no canary
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
  for (const char* part : {"<!DOCTYPE html>", "missed_wakeup-P1-22bcdd1b", "in 5 of 5 replays",
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
    const Ran ran =
        run({"awlab_machine", "replay", "--subject", "wake-store", "file", option, "no/such/x"});
    EXPECT_EQ(ran.code, 2);
    EXPECT_EQ(ran.err, "lab replay: cannot write 'no/such/x': No such file or directory\n");
    EXPECT_NE(ran.out.find("FINDING"), std::string::npos) << ran.out;
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
                          .out);
      pages.push_back(read(path("x.html")));
    }
    EXPECT_EQ(texts[0], texts[1]);
    EXPECT_EQ(pages[0], pages[1]);
    EXPECT_GT(texts[0].size(), 100U);
  }
}

std::string some_bytes(std::mt19937_64& random, std::size_t most) {
  std::string bytes(random() % (most + 1), '\0');
  for (char& byte : bytes) byte = static_cast<char>(random() % (random() % 4 == 0 ? 256 : 64));
  return bytes;
}

std::string some_input(std::mt19937_64& random) {
  return std::string(Input::kMagic) + some_bytes(random, 120);
}

// A schedule that fits the cell: a scenario or a program, with its steps.
std::string some_schedule(std::mt19937_64& random, Harness& harness) {
  const ScenarioInfo& scenario = kScenarios[random() % kScenarios.size()];
  const auto more = static_cast<std::size_t>(scenario.max_producers() - scenario.min_producers);
  Schedule schedule{.subject = "atomic_waker",
                    .scenario = std::string(scenario.name),
                    .producers = scenario.min_producers + static_cast<int>(random() % (more + 1)),
                    .program = {},
                    .signature = {},
                    .decisions = {some_bytes(random, 30), some_bytes(random, 30)},
                    .steps = {}};
  if (random() % 2 == 0) {
    const std::string bytes = some_input(random);
    Input input;
    input.decode({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
    input.normalize();
    schedule.scenario = kProgramScenario;
    schedule.producers = 0;
    schedule.program = input.program;
  }
  schedule.steps = replay(harness, schedule, 1).steps;
  return encode(schedule);
}

// Changes, cuts out or adds some bytes, up to three times. Mostly a digit replaces a digit, so that
// the result gets further than the reader.
std::string hurt(std::string bytes, std::mt19937_64& random) {
  for (auto n = random() % 4; n > 0 && !bytes.empty(); --n) {
    const std::size_t at = random() % bytes.size();
    if (std::isdigit(static_cast<unsigned char>(bytes[at])) != 0 && random() % 8 != 0) {
      bytes[at] = static_cast<char>('0' + random() % 10);
    } else if (random() % 2 == 0) {
      bytes.replace(at, random() % 3, some_bytes(random, 3));
    }
  }
  return bytes;
}

TEST_F(Replay, a_schedule_that_the_cell_makes_passes_strictly) {
  std::mt19937_64 random(1);
  Harness harness(kCell);
  for (int i = 0; i < 200; ++i) {
    const std::string bytes = some_schedule(random, harness);
    const ReplayAnswer passes = answer(bytes);
    EXPECT_EQ(passes.code, 0) << bytes << passes.error;
    EXPECT_FALSE(passes.text.starts_with("note:")) << passes.text;
  }
}

TEST_F(Replay, ten_thousand_files_do_no_harm) {
  std::mt19937_64 random(2);
  Harness harness(kCell);
  std::array<int, 3> codes{};
  for (int i = 0; i < 10'000; ++i) {
    constexpr std::string_view kBegin =
        "awlab-schedule 2\nsubject atomic_waker\nscenario basic 2\n";
    std::string bytes;
    switch (i % 5) {
      case 0:
        bytes = some_bytes(random, 400);
        break;
      case 1:
        bytes = std::string(kBegin.substr(0, random() % (kBegin.size() + 1)));
        bytes += some_bytes(random, 100);
        break;
      case 2:
        bytes = some_input(random);
        break;
      default:
        bytes = hurt(some_schedule(random, harness), random);
    }
    ReplayRequest request{.lenient = random() % 2 == 0, .replays = 1 + random() % 3};
    if (i % 500 < 5) {  // some of each sort; a file is synced, which takes time
      request.json = path("x.json");
      request.html = path("x.html");
    }
    const ReplayAnswer said = answer(bytes, request);
    ASSERT_TRUE(said.code >= 0 && said.code <= 2) << said.code;
    ++codes[static_cast<std::size_t>(said.code)];
    EXPECT_EQ(said.code == 2, said.text.empty()) << said.text;
    EXPECT_EQ(said.code == 2, !said.error.empty()) << said.error;
    EXPECT_EQ(lines(said.error), 0) << said.error;
    for (const char* file : {"x.json", "x.html"}) {
      EXPECT_EQ(fs::remove(path(file)), said.code != 2 && request.json) << bytes;
    }
  }
  EXPECT_GT(codes[0], 3000);
  EXPECT_EQ(codes[1], 0);  // the cell is right
  EXPECT_GT(codes[2], 3000);
}

}  // namespace
}  // namespace awlab
