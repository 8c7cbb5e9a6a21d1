#include "reports/lane/canaries.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <string>
#include <system_error>
#include <thread>

#include "reports/lane/lane_report.hpp"

namespace awlab::lane {
namespace {

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
  for (pid_t ended = 0; ended == 0; ended = waitpid(child, &status, WNOHANG)) {
    if (ended < 0) return -1;
    if (stop_requested) kill(child, SIGTERM);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

std::vector<reports::Canary> run_canaries(std::string_view lane,
                                          const std::vector<std::string_view>& faults) {
  std::error_code error;
  const std::filesystem::path here = std::filesystem::read_symlink("/proc/self/exe", error);
  std::vector<reports::Canary> canaries;
  for (const std::string_view fault : faults) {
    if (stop_requested) break;
    const auto start = std::chrono::steady_clock::now();
    const std::string program = here.parent_path() / fmt::format("{}_{}", lane, fault);
    const bool killed = !error && run_quietly(program) == 0;
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
    canaries.push_back({std::string(fault), killed, spent.count()});
    fmt::print("canary {:<22} {} ({:.1f} s)\n", fault, killed ? "caught" : "NOT CAUGHT",
               spent.count());
  }
  return canaries;
}

}  // namespace awlab::lane
