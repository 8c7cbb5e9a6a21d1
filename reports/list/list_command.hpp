// The command `list`: scenarios, faults and properties, for people or as JSON.
#ifndef AWLAB_REPORTS_LIST_LIST_COMMAND_HPP_
#define AWLAB_REPORTS_LIST_LIST_COMMAND_HPP_

namespace awlab {

/// main() of the command: argv[0] is "list". Returns the exit code.
int run_list(int argc, char** argv);

}  // namespace awlab

#endif  // AWLAB_REPORTS_LIST_LIST_COMMAND_HPP_
