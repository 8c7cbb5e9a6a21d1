// The command `detect`: every fault against every lane. It writes matrix.json, matrix.txt and
// dashboard.html into the output directory, or matrix.part.json and matrix.part.txt if the matrix
// is incomplete.
#ifndef AWLAB_REPORTS_DETECT_DETECT_COMMAND_HPP_
#define AWLAB_REPORTS_DETECT_DETECT_COMMAND_HPP_

namespace awlab::detect {

/// main() of the command: argv[0] is "detect". Returns the exit code.
int run_detect(int argc, char** argv);

}  // namespace awlab::detect

#endif  // AWLAB_REPORTS_DETECT_DETECT_COMMAND_HPP_
