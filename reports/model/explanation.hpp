// The lines of Finding::explanation. A lane writes what was expected and what happened, and then
// the chain of causes, one per line, each starting with "  - ".
#ifndef AWLAB_REPORTS_MODEL_EXPLANATION_HPP_
#define AWLAB_REPORTS_MODEL_EXPLANATION_HPP_

#include <string_view>
#include <vector>

namespace awlab::reports {

struct ExplanationLine {
  std::string_view text;  // a link's text is without its dash
  bool is_link = false;   // part of the chain
};

/// All lines, in order; points into `explanation`.
[[nodiscard]] std::vector<ExplanationLine> explanation_lines(std::string_view explanation);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_MODEL_EXPLANATION_HPP_
