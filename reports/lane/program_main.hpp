// main() of the lab's programs: the first argument is the command.
#ifndef AWLAB_REPORTS_LANE_PROGRAM_MAIN_HPP_
#define AWLAB_REPORTS_LANE_PROGRAM_MAIN_HPP_

#include <span>
#include <string_view>

namespace awlab::lane {

struct ProgramCommand {
  std::string_view name;
  /// The function of the command. Gets the command as argv[0], followed by its options. Returns the
  /// exit code.
  int (*run)(int argc, char** argv);
};

/// Runs the command that argv[1] names. An unknown command, or an exception from it, gives one line
/// on standard error and exit code 2.
int run_program(int argc, char** argv, std::span<const ProgramCommand> commands);

}  // namespace awlab::lane

#endif  // AWLAB_REPORTS_LANE_PROGRAM_MAIN_HPP_
