// All cells of the kill matrix, played: those of one thread on all cores at once, then those that
// want the machine for themselves.
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

/// In the order of the columns.
inline constexpr std::array<std::string_view, 6> kLanes = {
    "explore", "fuzz", "relacy", "stress-plain", "stress-asan", "stress-tsan"};

struct Options {
  double seconds_per_fault = 10;  // that a lane has to find a fault
  std::filesystem::path out = "out";
  std::vector<std::string> lanes{};   // empty: all
  std::vector<std::string> faults{};  // empty: all
  std::string command{};              // that asked for all this
};

/// Gets the matrix so far, now and then. @return whether it could be saved
using Save = std::function<bool(reports::KillMatrix& matrix)>;

/// Runs them, or until the program is asked to stop. A fault that is missed gets a second try, of
/// three times the time, and its cell tells the seconds of both. Nothing is run if `save` fails at once;
/// later it is called again.
reports::KillMatrix run_matrix(const Options& options, const Save& save);

}  // namespace awlab::detect

#endif  // AWLAB_REPORTS_DETECT_MATRIX_RUN_HPP_
