// The command `report`: work on report files. Exit codes: 0 done, or all valid; 1 diff found
// something worse, as defined by is_worse(); 2 bad usage or bad input.
#ifndef AWLAB_REPORTS_COMMAND_REPORT_COMMAND_HPP_
#define AWLAB_REPORTS_COMMAND_REPORT_COMMAND_HPP_

namespace awlab::reports {

/// main() of the command: argv[0] is "report", and argv[1] the subcommand. Returns the exit code.
int run_report(int argc, char** argv);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_COMMAND_REPORT_COMMAND_HPP_
