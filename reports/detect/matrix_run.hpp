// Runs all cells of the kill matrix: first the single-threaded ones on all cores at once, then
// those that need the machine to themselves.
#ifndef AWLAB_REPORTS_DETECT_MATRIX_RUN_HPP_
#define AWLAB_REPORTS_DETECT_MATRIX_RUN_HPP_

#include <array>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/faults/catalogue.hpp"
#include "reports/detect/cell.hpp"
#include "reports/model/kill_matrix.hpp"

namespace awlab::detect {

/// The lanes in the order of the columns.
inline constexpr std::array<std::string_view, 6> kLanes = {
    "explore", "fuzz", "relacy", "stress-plain", "stress-asan", "stress-tsan"};

struct DetectOptions {
  double seconds_per_fault = 10;  // for a lane to find a fault
  std::filesystem::path out = "out";
  std::vector<std::string> lanes{};   // empty: all
  std::vector<std::string> faults{};  // empty: all
  std::string command{};              // command line of this run
};

/// Receives the matrix so far, now and then. @return whether it could be saved
using Save = std::function<bool(reports::KillMatrix& matrix)>;

/// Runs all cells, or stops early if the program is asked to. A missed fault gets a second try with
/// three times the time; its cell shows the seconds of both. If the first call of `save` fails,
/// nothing is run; later it is called again.
reports::KillMatrix run_matrix(const DetectOptions& options, const Save& save);

}  // namespace awlab::detect

#endif  // AWLAB_REPORTS_DETECT_MATRIX_RUN_HPP_
