// The command `report dashboard`: turns reports and kill matrices into one page. If it refuses its
// input, it prints one line and writes nothing.
#ifndef AWLAB_REPORTS_DASHBOARD_DASHBOARD_COMMAND_HPP_
#define AWLAB_REPORTS_DASHBOARD_DASHBOARD_COMMAND_HPP_

namespace awlab::reports {

/// main() of the command: argv[0] is "dashboard". Returns the exit code: 0 written, 2 bad usage or
/// bad input.
int run_dashboard(int argc, char** argv);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_DASHBOARD_DASHBOARD_COMMAND_HPP_
