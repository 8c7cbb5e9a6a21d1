// The kill matrix for a terminal.
#ifndef AWLAB_REPORTS_DETECT_MATRIX_TEXT_HPP_
#define AWLAB_REPORTS_DETECT_MATRIX_TEXT_HPP_

#include <string>

#include "reports/model/kill_matrix.hpp"

namespace awlab::detect {

/// A line for each fault with a column for each lane, the reasons as footnotes, totals and score.
[[nodiscard]] std::string matrix_text(const reports::KillMatrix& matrix);

}  // namespace awlab::detect

#endif  // AWLAB_REPORTS_DETECT_MATRIX_TEXT_HPP_
