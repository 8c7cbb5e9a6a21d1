// Replays in a temporary directory: by the program, from outside, and in this process on the real
// cell.
#ifndef AWLAB_FUZZ_SCHEDULE_REPLAY_FIXTURE_HPP_
#define AWLAB_FUZZ_SCHEDULE_REPLAY_FIXTURE_HPP_

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/atomic_waker.hpp"
#include "core/support/program_run.hpp"
#include "core/support/temporary_directory.hpp"
#include "fuzz/machine/platform.hpp"
#include "fuzz/schedule/replay.hpp"
#include "reports/model/environment.hpp"
#include "reports/model/report_file.hpp"

namespace awlab {

namespace fs = std::filesystem;
using reports::Report;

inline constexpr SubjectModule kCell{
    {"atomic_waker", "core/atomic_waker.hpp",
     "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", true},
    &kCellTable<AtomicWaker<machine::MachinePlatform>>};

// The schedule that explore wrote for this fault: the violation needs the store to be a store.
inline constexpr const char* kSchedule =
    "awlab-schedule 2\nsubject wake-store\nscenario basic 2\n"
    "signature missed_wakeup-P1-4236c558\nnext 2 0 1 0 1\nsees 0 1\n"
    "steps 1:fetch_add:2 1:fetch_or:0 2:fetch_add:2 2:fetch_or:0 1:store:0 0:cas:0 0:cas:0 "
    "0:load:2\n";

inline std::string read(const std::string& file) {
  const auto bytes = reports::read_file(file, 10'000'000);
  return bytes ? bytes.value() : "cannot read " + file;
}

inline void write(const std::string& file, std::string_view bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

inline auto lines(const std::string& text) { return std::ranges::count(text, '\n'); }

inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
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

  [[nodiscard]] ProgramRun run(std::vector<std::string> words) const {
    words[0] = AWLAB_BIN "/" + words[0];
    return run_program(std::move(words), ProgramErrors::kApart, path(""));
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
    const ProgramRun ran = run(arguments);
    EXPECT_EQ(ran.code, 2) << what;
    EXPECT_EQ(ran.output, "");
    EXPECT_EQ(lines(ran.error), 1) << ran.error;
    EXPECT_TRUE(ran.error.starts_with("lab replay: ")) << ran.error;
    EXPECT_NE(ran.error.find(what), std::string::npos) << ran.error;
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

}  // namespace awlab

#endif  // AWLAB_FUZZ_SCHEDULE_REPLAY_FIXTURE_HPP_
