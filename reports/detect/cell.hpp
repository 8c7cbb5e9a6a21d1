// One cell of the kill matrix: a lane on one fault, and what its report says of it.
#ifndef AWLAB_REPORTS_DETECT_CELL_HPP_
#define AWLAB_REPORTS_DETECT_CELL_HPP_

#include <filesystem>
#include <string>

#include "core/faults/catalogue.hpp"
#include "reports/lane/child.hpp"
#include "reports/lane/programs.hpp"
#include "reports/model/kill_matrix.hpp"

namespace awlab::detect {

struct CellJob {
  const Fault* fault = nullptr;
  std::string lane;
  double seconds = 0;                 // to find it in
  double seconds_before = 0;          // that tries before this one took
  std::filesystem::path directory{};  // of its own
  lane::ChildTask task{};

  [[nodiscard]] std::filesystem::path report_file() const { return lane::report_in(directory); }
  /// Whether its threads are to have the machine for themselves.
  [[nodiscard]] bool wants_all_cores() const { return lane.starts_with("stress"); }
};

/// How lane `lane` looks for `fault` for at most `seconds`.
[[nodiscard]] CellJob cell_job(const Fault& fault, const std::string& lane, double seconds,
                               const std::filesystem::path& directory);

/// What became of it, with the seconds of all its tries. On simulated threads only a finding that the
/// catalogue names kills: there a fault does what it does and no more, and anything else may be a bug
/// of the lab. On real threads a data race may show as anything.
[[nodiscard]] reports::MatrixCell judge_cell(const CellJob& job,
                                             const reports::Result<lane::ChildEnd>& end);

}  // namespace awlab::detect

#endif  // AWLAB_REPORTS_DETECT_CELL_HPP_
