// The command `replay`: runs one schedule file, or one input of the fuzz lane, and reports the
// execution.
#ifndef AWLAB_FUZZ_SCHEDULE_REPLAY_HPP_
#define AWLAB_FUZZ_SCHEDULE_REPLAY_HPP_

#include <cstdint>
#include <optional>
#include <string>

#include "core/subjects/subject_module.hpp"

namespace awlab {

struct ReplayRequest {
  std::string file{};                 // a schedule, or an input of the fuzz lane's corpus
  bool lenient = false;               // also if the code makes other steps than those in the file
  std::uint64_t replays = 5;          // at least 1
  std::optional<std::string> json{};  // file for a report
  std::optional<std::string> html{};  // file for the execution as a page
};

struct ReplayAnswer {
  int code = 2;       // 0 no violation, 1 a violation, 2 an error, 3 not the same each time
  std::string text;   // for stdout: the same for the same request, at any time
  std::string error;  // one line for stderr after an error, else empty
};

/// Replays the file on `subject`. There is an answer for any content of the file; if the file is
/// refused, nothing is written.
ReplayAnswer replay_file(const SubjectModule& subject, const ReplayRequest& request);

/// main() of the command: argv[0] is "replay". Returns the exit code.
int run_replay(int argc, char** argv);

}  // namespace awlab

#endif  // AWLAB_FUZZ_SCHEDULE_REPLAY_HPP_
