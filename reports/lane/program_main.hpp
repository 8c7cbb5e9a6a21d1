// main() of a program of the lab: its first argument is the command.
#ifndef AWLAB_REPORTS_LANE_PROGRAM_MAIN_HPP_
#define AWLAB_REPORTS_LANE_PROGRAM_MAIN_HPP_

#include <span>
#include <string_view>

namespace awlab::lane {

struct ProgramCommand {
  std::string_view name;
  /// Gets the command as argv[0] and its options after it. Returns the exit code.
  int (*run)(int argc, char** argv);
};

/// Runs the command that argv[1] names. An unknown one, and what a command throws, is one line on
/// standard error and exit code 2.
int run_program(int argc, char** argv, std::span<const ProgramCommand> commands);

}  // namespace awlab::lane

#endif  // AWLAB_REPORTS_LANE_PROGRAM_MAIN_HPP_
