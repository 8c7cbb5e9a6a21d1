// The programs of lanes and of commands on schedules, and the first words of their command lines.
#ifndef AWLAB_REPORTS_LANE_PROGRAMS_HPP_
#define AWLAB_REPORTS_LANE_PROGRAMS_HPP_

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace awlab::lane {

/// The directory of the running program and its siblings; empty if the system does not report it.
[[nodiscard]] std::filesystem::path programs_directory();

/// The path and the first words of the program that runs `command`: a lane, such as "explore" or
/// "stress-tsan", or "replay", "minimize".
[[nodiscard]] std::vector<std::string> program_words(std::string_view command);

/// The options that set the time of lane `lane` and the place of its report.
[[nodiscard]] std::vector<std::string> run_words(std::string_view lane, double seconds,
                                                 const std::filesystem::path& directory);

/// The file in `directory` where a lane writes its report if it was given run_words(), or --out.
[[nodiscard]] std::filesystem::path report_in(const std::filesystem::path& directory);

}  // namespace awlab::lane

#endif  // AWLAB_REPORTS_LANE_PROGRAMS_HPP_
