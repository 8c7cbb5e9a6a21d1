// The command `nightly`: all lanes within a given time, then all reports and pages.
#ifndef AWLAB_REPORTS_NIGHTLY_NIGHTLY_COMMAND_HPP_
#define AWLAB_REPORTS_NIGHTLY_NIGHTLY_COMMAND_HPP_

namespace awlab::nightly {

/// main() of the command: argv[0] is "nightly". Returns the exit code.
int run_nightly(int argc, char** argv);

}  // namespace awlab::nightly

#endif  // AWLAB_REPORTS_NIGHTLY_NIGHTLY_COMMAND_HPP_
