// A program that a test runs from outside: given its words, without a shell.
#ifndef AWLAB_CORE_SUPPORT_PROGRAM_RUN_HPP_
#define AWLAB_CORE_SUPPORT_PROGRAM_RUN_HPP_

#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace awlab {

/// Starts `words`, the path of a program and its arguments, with its output and its errors in these
/// files, in `directory`, or here if that is empty.
[[nodiscard]] inline pid_t start_program(std::vector<std::string> words, int output, int errors,
                                         const std::filesystem::path& directory = {}) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO);
  if (!directory.empty()) posix_spawn_file_actions_addchdir_np(&actions, directory.c_str());
  pid_t child = -1;
  EXPECT_EQ(posix_spawn(&child, words[0].c_str(), &actions, nullptr, arguments.data(), environ), 0);
  posix_spawn_file_actions_destroy(&actions);
  return child;
}

struct ProgramRun {
  int code = -1;  // exit code; -1 if a signal ended it
  std::string output;
  std::string error;    // empty if errors are part of the output
  long peak_bytes = 0;  // most memory that was resident, in this process before it in the program
};

enum class ProgramErrors { kApart, kInOutput };

/// Runs `words` to their end, see start_program().
[[nodiscard]] inline ProgramRun run_program(std::vector<std::string> words,
                                            ProgramErrors errors = ProgramErrors::kApart,
                                            const std::filesystem::path& directory = {}) {
  const int out = memfd_create("output", MFD_CLOEXEC);
  const bool apart = errors == ProgramErrors::kApart;
  const int err = apart ? memfd_create("errors", MFD_CLOEXEC) : out;
  const pid_t child = start_program(std::move(words), out, err, directory);
  ProgramRun run;
  int status = 0;
  rusage usage = {};
  if (wait4(child, &status, 0, &usage) == child && WIFEXITED(status)) {
    run.code = WEXITSTATUS(status);
  }
  run.peak_bytes = usage.ru_maxrss * 1024;
  const auto take = [](int file) {
    std::string text;
    std::array<char, 4096> buffer{};
    lseek(file, 0, SEEK_SET);
    for (ssize_t got = 0; (got = read(file, buffer.data(), buffer.size())) > 0;) {
      text.append(buffer.data(), static_cast<std::size_t>(got));
    }
    close(file);
    return text;
  };
  run.output = take(out);
  if (apart) run.error = take(err);
  return run;
}

}  // namespace awlab

#endif  // AWLAB_CORE_SUPPORT_PROGRAM_RUN_HPP_
