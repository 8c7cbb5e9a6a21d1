// Which program runs a lane or a command on schedules, and with which words it begins.
#ifndef AWLAB_REPORTS_LANE_PROGRAMS_HPP_
#define AWLAB_REPORTS_LANE_PROGRAMS_HPP_

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace awlab::lane {

/// The directory of the running program, where its siblings are; empty if the system does not tell.
[[nodiscard]] std::filesystem::path programs_directory();

/// The path of the program and its first words for `command`: a lane, such as "explore" or
/// "stress-tsan", or "replay", "minimize".
[[nodiscard]] std::vector<std::string> program_words(std::string_view command);

/// How lane `lane` is told its time and where its report goes.
[[nodiscard]] std::vector<std::string> run_words(std::string_view lane, double seconds,
                                                 const std::filesystem::path& directory);

/// The file in `directory` to which a lane that was given run_words() writes its report.
[[nodiscard]] std::filesystem::path report_in(const std::filesystem::path& directory);

}  // namespace awlab::lane

#endif  // AWLAB_REPORTS_LANE_PROGRAMS_HPP_
