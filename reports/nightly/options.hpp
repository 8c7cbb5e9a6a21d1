// The command line of the nightly run.
#ifndef AWLAB_REPORTS_NIGHTLY_OPTIONS_HPP_
#define AWLAB_REPORTS_NIGHTLY_OPTIONS_HPP_

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "reports/lane/subject_choice.hpp"
#include "reports/model/report.hpp"

namespace awlab::nightly {

struct Options {
  double minutes = 60;
  std::filesystem::path out = "out";
  lane::SubjectChoice subject;
  double hang_seconds = 30;      // that a lane gets beyond its time, with a tenth of that
  double evidence_seconds = 60;  // for schedules at the end, even if none of the night are left
  std::optional<std::uint64_t> seed;
  reports::Shard shard;
  std::string command;  // that asked for all this
};

/// The options, or the exit code to leave with, when the message is already printed.
struct Parsed {
  std::optional<Options> options;
  int exit_code = 0;
};
Parsed parse(int argc, char** argv);

}  // namespace awlab::nightly

#endif  // AWLAB_REPORTS_NIGHTLY_OPTIONS_HPP_
