#include "reports/lane/programs.hpp"

#include <fmt/format.h>

#include <system_error>

namespace awlab::lane {

std::filesystem::path programs_directory() {
  std::error_code error;
  const std::filesystem::path here = std::filesystem::read_symlink("/proc/self/exe", error);
  return error ? std::filesystem::path() : here.parent_path();
}

std::vector<std::string> program_words(std::string_view command) {
  const std::filesystem::path here = programs_directory();
  if (command == "relacy") return {here / "awlab_relacy", "relacy"};
  if (command == "stress-plain") return {here / "awlab_stress", "stress"};
  if (command.starts_with("stress-")) {
    return {here / fmt::format("awlab_stress_{}", command.substr(command.find('-') + 1)), "stress"};
  }
  return {here / "awlab_machine", std::string(command)};
}

std::vector<std::string> run_words(std::string_view lane, double seconds,
                                   const std::filesystem::path& directory) {
  const std::string time = fmt::format("{:.1f}", seconds);
  if (lane.starts_with("stress-")) return {"--duration", time + "s", "--out", directory};
  std::vector<std::string> words = {"--seconds", time, "--json", report_in(directory)};
  if (lane == "fuzz") words.insert(words.end(), {"--out", directory});
  return words;
}

std::filesystem::path report_in(const std::filesystem::path& directory) {
  return directory / "report.json";
}

}  // namespace awlab::lane
