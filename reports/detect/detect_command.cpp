#include "reports/detect/detect_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "reports/detect/matrix_run.hpp"
#include "reports/detect/matrix_text.hpp"
#include "reports/lane/command_line.hpp"
#include "reports/lane/directory_lock.hpp"
#include "reports/lane/lane_options.hpp"
#include "reports/lane/lane_report.hpp"
#include "reports/model/environment.hpp"
#include "reports/model/report_file.hpp"
#include "reports/nightly/output.hpp"

namespace awlab::detect {
namespace {

std::string names_of_lanes() {
  std::string names;
  for (const std::string_view lane : kLanes) {
    names += (names.empty() ? "" : ", ") + std::string(lane);
  }
  return names;
}

// The error in the names of lanes and faults; empty if there is none.
std::string complaint(const DetectOptions& options) {
  for (const std::string& lane : options.lanes) {
    if (std::ranges::count(kLanes, lane) == 0) {
      return fmt::format("unknown lane '{}'; accepted: {}", lane, names_of_lanes());
    }
  }
  for (const std::string& fault : options.faults) {
    if (find_fault(fault) == nullptr) {
      return fmt::format("unknown fault '{}'; accepted: those of lab list faults", fault);
    }
  }
  return "";
}

lane::Parsed<DetectOptions> parse(int argc, char** argv) {
  DetectOptions options;
  CLI::App app("Runs every fault against every lane: the kill matrix.", "lab detect");
  app.footer(
      "Exit codes: 0 as the catalogue says, 1 a harmful fault missed or a harmless one accused,\n"
      "2 usage or environment, 3 inconclusive.");
  app.add_option("--seconds-per-fault", options.seconds_per_fault,
                 "time limit of a lane for a fault (default: 10); a miss is tried again with three "
                 "times as much")
      ->check(lane::kPositive);
  app.add_option("--out", options.out, "directory of matrix.json (default: out)");
  app.add_option("--lane", options.lanes, "run only this lane; may be repeated");
  app.add_option("--fault", options.faults, "run only this fault; may be repeated");
  if (const auto leave = lane::parse_arguments(app, "detect", argc, argv)) {
    return tl::unexpected(*leave);
  }
  if (const std::string wrong = complaint(options); !wrong.empty()) {
    return tl::unexpected(lane::usage_error("detect", wrong));
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
  return options;
}

bool complain(const reports::Status& status) {
  if (!status) fmt::print(stderr, "lab detect: {}\n", status.error());
  return !status;
}

// True if every cell of `old` is in `matrix` too.
bool covers(const reports::KillMatrix& matrix, const reports::KillMatrix& old) {
  const auto has_lane = [&](const std::string& lane) {
    return std::ranges::count(matrix.lanes, lane) > 0;
  };
  const auto has_fault = [&](const reports::MatrixFault& fault) {
    // A fault that has left the catalogue can be in no new matrix.
    return find_fault(fault.fault) == nullptr ||
           std::ranges::count(matrix.faults, fault.fault, &reports::MatrixFault::fault) > 0;
  };
  return std::ranges::all_of(old.lanes, has_lane) && std::ranges::all_of(old.faults, has_fault);
}

// The files of one run: matrix.part.json until it is finished, then matrix.json. The name stays
// matrix.part.json if the run was stopped, or if a matrix with more cells exists, which it does not
// replace.
class Files {
 public:
  explicit Files(std::filesystem::path out) : out_(std::move(out)) {}

  [[nodiscard]] reports::Status save(reports::KillMatrix& matrix) const {
    judge(matrix);
    return reports::write_kill_matrix(out_ / "matrix.part.json", matrix);
  }

  [[nodiscard]] reports::Status keep(reports::KillMatrix& matrix) const {
    if (reports::Status saved = save(matrix); !saved) return saved;
    const std::string text = matrix_text(matrix);
    const reports::Result<reports::KillMatrix> old =
        reports::read_kill_matrix(out_ / "matrix.json");
    const bool whole = matrix.run.finished_at && (!old || covers(matrix, old.value()));
    const std::string name = whole ? "matrix" : "matrix.part";
    fmt::print("\n{}\nmatrix in {}\n", text, (out_ / (name + ".json")).string());
    if (reports::Status said = reports::replace_file(out_ / (name + ".txt"), text); !said) {
      return said;
    }
    if (!whole) return {};
    std::error_code failed;
    std::filesystem::rename(out_ / "matrix.part.json", out_ / "matrix.json", failed);
    if (failed) return reports::Error{"cannot write matrix.json: " + failed.message()};
    std::filesystem::remove(out_ / "matrix.part.txt", failed);
    return nightly::dashboard_of(out_).and_then([&](const std::string& page) {
      return reports::replace_file(out_ / "dashboard.html", page);
    });
  }

 private:
  const std::filesystem::path out_;
};

int detect(const DetectOptions& options) {
  const reports::Result<lane::DirectoryLock> lock = lane::DirectoryLock::take(options.out);
  if (!lock) return lane::usage_error("detect", lock.error());
  const Files files(options.out);
  // If a file cannot be written, this is reported before the work, and nothing is run.
  reports::KillMatrix matrix =
      run_matrix(options, [&](reports::KillMatrix& part) { return files.save(part).has_value(); });
  const bool failed = complain(files.keep(matrix));
  const bool told = matrix.verdict == reports::Verdict::kFail || !failed;
  return told ? reports::exit_code(matrix.verdict) : 2;
}

}  // namespace

int run_detect(int argc, char** argv) {
  const auto parsed = parse(argc, argv);
  if (!parsed) return parsed.error();
  lane::end_on_signals();
  return detect(*parsed);
}

}  // namespace awlab::detect
