// One cell of the kill matrix: a lane on one fault, and the judgement of its report.
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
  double seconds = 0;                 // time to find the fault in
  double seconds_before = 0;          // time that earlier tries took
  std::filesystem::path directory{};  // the job's own
  lane::ChildTask task{};

  [[nodiscard]] std::filesystem::path report_file() const { return lane::report_in(directory); }
  /// True if its threads need the machine to themselves.
  [[nodiscard]] bool wants_all_cores() const { return lane.starts_with("stress"); }
};

/// The job of lane `lane`: look for `fault` for at most `seconds`.
[[nodiscard]] CellJob cell_job(const Fault& fault, const std::string& lane, double seconds,
                               const std::filesystem::path& directory);

/// Judges how the job ended; the cell's seconds are those of all tries. On simulated threads only a
/// finding that the catalogue names kills the fault: there a fault does exactly what it does, and
/// any other finding may be a bug of the lab. On real threads a data race may show as anything.
[[nodiscard]] reports::MatrixCell judge_cell(const CellJob& job,
                                             const reports::Result<lane::ChildEnd>& end);

}  // namespace awlab::detect

#endif  // AWLAB_REPORTS_DETECT_CELL_HPP_
