#include "relacy/canaries.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <string>
#include <system_error>

namespace awlab::relacy {
namespace {

// One for each thing that the lane must be able to see: a race, a wake-up lost to a weak memory
// order, and an exception. The target relacy_canaries in CMakeLists.txt names the same ones.
constexpr std::array<const char*, 3> kCanaries = {"unlock-before-take", "wake-store",
                                                  "no-restore-on-throw"};

// The exit code of `program --canary`, or -1.
int run_quietly(const std::string& program) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  std::string name = program;
  std::string option = "--canary";
  std::array<char*, 3> arguments = {name.data(), option.data(), nullptr};
  pid_t child = -1;
  const int failed =
      posix_spawn(&child, program.c_str(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) {
    return -1;
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) {
      return -1;
    }
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

std::vector<reports::Canary> run_canaries() {
  std::error_code error;
  const std::filesystem::path here = std::filesystem::read_symlink("/proc/self/exe", error);
  std::vector<reports::Canary> canaries;
  for (const char* fault : kCanaries) {
    const auto start = std::chrono::steady_clock::now();
    const std::string program = here.parent_path() / (std::string("relacy_") + fault);
    const bool killed = !error && run_quietly(program) == 0;
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
    canaries.push_back({fault, killed, spent.count()});
  }
  return canaries;
}

}  // namespace awlab::relacy
