// awlab_detect: every fault against every lane. Writes matrix.json, matrix.txt and dashboard.html
// into the output directory.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "reports/dashboard/history.hpp"
#include "reports/dashboard/page.hpp"
#include "reports/detect/matrix_run.hpp"
#include "reports/detect/matrix_text.hpp"
#include "reports/environment.hpp"
#include "reports/lane/lane_options.hpp"
#include "reports/lane/lane_report.hpp"
#include "reports/report_file.hpp"

namespace awlab::detect {
namespace {

struct Parsed {
  std::optional<Options> options;
  int exit_code = 0;
};

std::string names_of_lanes() {
  std::string names;
  for (const std::string_view lane : kLanes)
    names += (names.empty() ? "" : ", ") + std::string(lane);
  return names;
}

// What is wrong with the names; empty if nothing is.
std::string complaint(const Options& options) {
  for (const std::string& lane : options.lanes) {
    if (std::ranges::count(kLanes, lane) == 0) {
      return fmt::format("unknown lane '{}'; there are: {}", lane, names_of_lanes());
    }
  }
  for (const std::string& fault : options.faults) {
    if (find_fault(fault) == nullptr) {
      return fmt::format("unknown fault '{}'; see lab list faults", fault);
    }
  }
  return "";
}

Parsed parse(int argc, char** argv) {
  Options options;
  CLI::App app("Runs every fault against every lane: the kill matrix.", "lab detect");
  app.footer(
      "Exit codes: 0 as the catalogue says, 1 a fault was missed or a harmless one accused,\n"
      "2 usage or environment, 3 inconclusive.");
  app.add_option("--seconds-per-fault", options.seconds_per_fault,
                 "that a lane has to find a fault, 10 by default; a miss gets three times as much")
      ->check(lane::kPositive);
  app.add_option("--out", options.out, "directory of matrix.json, out by default");
  app.add_option("--lane", options.lanes, "only these");
  app.add_option("--fault", options.faults, "only these");
  app.add_option("--tsan", options.tsan, "directory of the programs of the build tsan")->group("");
  app.add_option("--asan", options.asan, "directory of the programs of the build asan")->group("");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return {std::nullopt, error.get_exit_code() == 0 ? app.exit(error)
                                                     : lane::usage_error("detect", error.what())};
  }
  if (const std::string wrong = complaint(options); !wrong.empty()) {
    return {std::nullopt, lane::usage_error("detect", wrong)};
  }
  std::vector<std::string> words = {"./lab",
                                    "detect",
                                    "--seconds-per-fault",
                                    fmt::format("{}", options.seconds_per_fault),
                                    "--out",
                                    options.out.string()};
  for (const std::string& lane : options.lanes) words.insert(words.end(), {"--lane", lane});
  for (const std::string& fault : options.faults) words.insert(words.end(), {"--fault", fault});
  options.command = reports::command_line(words);
  return {options, 0};
}

// The matrix and, if there are any, the nights beside it.
reports::Status write_dashboard(const std::filesystem::path& out) {
  std::vector<std::filesystem::path> sources = {out / "matrix.json"};
  if (std::filesystem::exists(out / "history")) sources.push_back(out / "history");
  const reports::Result<reports::History> history = reports::read_history(sources);
  if (!history) return reports::Error{history.error()};
  return reports::replace_file(out / "dashboard.html", reports::render_dashboard(history.value()));
}

int detect(const Options& options) {
  std::error_code failed;
  std::filesystem::create_directories(options.out, failed);
  const std::filesystem::path file = options.out / "matrix.json";
  reports::Status written;
  const auto save = [&](reports::KillMatrix& matrix) {
    judge(matrix);
    written = reports::write_kill_matrix(file, matrix);
    return written.ok();
  };
  // What cannot be written is said before the work, not after it.
  reports::KillMatrix matrix = run_matrix(options, save);
  if (save(matrix)) {
    const std::string text = matrix_text(matrix);
    fmt::print("\n{}\nmatrix in {}\n", text, file.string());
    written = reports::replace_file(options.out / "matrix.txt", text);
    if (written) written = write_dashboard(options.out);
  }
  if (!written) {
    fmt::print(stderr, "lab detect: {}\n", written.error());
    return 2;
  }
  return reports::exit_code(matrix.verdict);
}

}  // namespace
}  // namespace awlab::detect

int main(int argc, char** argv) {
  try {
    const awlab::detect::Parsed parsed = awlab::detect::parse(argc, argv);
    if (!parsed.options) return parsed.exit_code;
    awlab::lane::end_on_signals();
    return awlab::detect::detect(*parsed.options);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "lab detect: %s\n", error.what());
    return 2;
  }
}
