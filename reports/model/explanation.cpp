#include "reports/model/explanation.hpp"

#include <algorithm>

namespace awlab::reports {

std::vector<ExplanationLine> explanation_lines(std::string_view explanation) {
  constexpr std::string_view kLink = "  - ";
  std::vector<ExplanationLine> lines;
  while (!explanation.empty()) {
    const std::string_view line = explanation.substr(0, explanation.find('\n'));
    explanation.remove_prefix(std::min(line.size() + 1, explanation.size()));
    const bool is_link = line.starts_with(kLink);
    lines.push_back({is_link ? line.substr(kLink.size()) : line, is_link});
  }
  return lines;
}

}  // namespace awlab::reports
