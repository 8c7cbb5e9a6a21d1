// A fixture for tests of lanes from outside: runs their programs in a temporary directory.
//
// AWLAB_BIN must name the directory of the programs.
#ifndef AWLAB_REPORTS_LANE_PROGRAM_FIXTURE_HPP_
#define AWLAB_REPORTS_LANE_PROGRAM_FIXTURE_HPP_

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "core/support/program_run.hpp"
#include "core/support/temporary_directory.hpp"
#include "reports/model/report_file.hpp"

namespace awlab::lane {

class ProgramTest : public TemporaryDirectory {
 protected:
  [[nodiscard]] std::string output() const { return read(path("stdout")); }
  [[nodiscard]] std::string error() const { return read(path("stderr")); }
  static std::string read(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  /// Starts a command of lab, or a program given with its directory.
  [[nodiscard]] pid_t start(const std::string& command, std::vector<std::string> words) const {
    if (command.find('/') != std::string::npos) {
      words.insert(words.begin(), command);
    } else {
      words.insert(words.begin(), {program_of(command), command});
    }
    const int output = creat(path("stdout").c_str(), 0644);
    const int errors = creat(path("stderr").c_str(), 0644);
    const pid_t child = start_program(std::move(words), output, errors);
    close(output);
    close(errors);
    return child;
  }

  /// Waits for a child and returns its exit code; -1 if a signal ended it.
  static int code_of(pid_t child) {
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  [[nodiscard]] int run(const std::string& command, const std::vector<std::string>& words) const {
    return code_of(start(command, words));
  }

  /// The words that choose a subject, followed by `words`.
  static std::vector<std::string> on_fault(const std::string& fault,
                                           std::vector<std::string> words = {}) {
    words.insert(words.begin(), {"--fault", fault});
    return words;
  }
  /// Chooses `type`, a class in core/subjects/example/`file`, namespace example.
  static std::vector<std::string> on_example(const std::string& file, const std::string& type,
                                             std::vector<std::string> words = {}) {
    words.insert(words.begin(), {"--subject", AWLAB_ROOT "/core/subjects/example/" + file, "--type",
                                 "example::" + type});
    return words;
  }

  /// The program of the build that implements this command.
  static std::string program_of(std::string_view command) {
    const std::string_view name = command == "relacy"   ? "awlab_relacy"
                                  : command == "stress" ? "awlab_stress"
                                                        : "awlab_machine";
    return std::string(AWLAB_BIN) + "/" + std::string(name);
  }

  /// A copy of the command's program that runs this shell code as each of its canaries: a script
  /// has the program's name there. Its first word must be the command.
  [[nodiscard]] std::string beside_canaries(const std::string& command,
                                            const std::string& code) const {
    namespace fs = std::filesystem;
    const fs::path program = program_of(command);
    const fs::path bin = path("bin");
    fs::create_directory(bin);
    fs::create_directory_symlink(fs::path(AWLAB_BIN).parent_path() / "modules", path("modules"));
    const fs::path canary = bin / program.filename();
    std::ofstream(canary) << "#!/bin/sh\n" << code << "\n";
    fs::permissions(canary, fs::perms::owner_all);
    fs::copy_file(program, bin / "program");
    return bin / "program";
  }

  /// Waits up to a minute for the file. Returns whether it appears.
  [[nodiscard]] bool appears(const std::string& name) const {
    for (int i = 0; i < 6000 && !std::filesystem::exists(path(name)); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return std::filesystem::exists(path(name));
  }

  /// The report called `name`, which must be valid.
  [[nodiscard]] reports::Report report(const std::string& name) const {
    const reports::Result<reports::Report> report = reports::read_report(path(name));
    EXPECT_TRUE(report) << report.error();
    if (report) EXPECT_TRUE(reports::check_consistency(report.value()));
    return report ? report.value() : reports::Report{};
  }
};

}  // namespace awlab::lane

#endif  // AWLAB_REPORTS_LANE_PROGRAM_FIXTURE_HPP_
