// The command line of the nightly run.
#ifndef AWLAB_REPORTS_NIGHTLY_NIGHTLY_OPTIONS_HPP_
#define AWLAB_REPORTS_NIGHTLY_NIGHTLY_OPTIONS_HPP_

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "reports/lane/child.hpp"
#include "reports/lane/lane_options.hpp"
#include "reports/lane/subject_choice.hpp"
#include "reports/model/report.hpp"

namespace awlab::nightly {

struct NightlyOptions {
  double minutes = 60;
  std::filesystem::path out = "out";
  lane::SubjectChoice subject;
  double hang_seconds = 30;  // that a lane gets beyond its time and a tenth of it
  double grace_seconds = lane::ChildTask{}.grace_seconds;  // of a lane that was told to end
  double evidence_seconds = 60;  // for schedules at the end, even if the night is over
  std::optional<std::uint64_t> seed;
  reports::Shard shard;
  std::string command;  // command line of this night
};

lane::Parsed<NightlyOptions> parse(int argc, char** argv);

}  // namespace awlab::nightly

#endif  // AWLAB_REPORTS_NIGHTLY_NIGHTLY_OPTIONS_HPP_
