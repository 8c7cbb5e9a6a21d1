// The lines of Finding::explanation. After what was expected and what happened a lane writes the chain
// of causes, a line each, that starts with "  - ".
#ifndef AWLAB_REPORTS_MODEL_EXPLANATION_HPP_
#define AWLAB_REPORTS_MODEL_EXPLANATION_HPP_

#include <string_view>
#include <vector>

namespace awlab::reports {

struct ExplanationLine {
  std::string_view text;  // of a link without its dash
  bool is_link = false;   // of the chain
};

/// All lines, in order; points into `explanation`.
[[nodiscard]] std::vector<ExplanationLine> explanation_lines(std::string_view explanation);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_MODEL_EXPLANATION_HPP_
