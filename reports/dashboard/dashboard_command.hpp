// The command `report dashboard`: reports and kill matrices into one page. What it refuses, it refuses
// in one line, and then nothing is written.
#ifndef AWLAB_REPORTS_DASHBOARD_DASHBOARD_COMMAND_HPP_
#define AWLAB_REPORTS_DASHBOARD_DASHBOARD_COMMAND_HPP_

namespace awlab::reports {

/// main() of the command: argv[0] is "dashboard". Returns the exit code: 0 written, 2 bad usage or input.
int run_dashboard(int argc, char** argv);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_DASHBOARD_DASHBOARD_COMMAND_HPP_
