#include "reports/detect/matrix_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace awlab::detect {
namespace {

using reports::CellOutcome;

std::string shown(const reports::MatrixCell& cell, std::vector<std::string>& notes) {
  std::string note;
  if (!cell.why.empty()) {
    const auto known = std::ranges::find(notes, cell.why);
    note = fmt::format(" [{}]", known - notes.begin() + 1);
    if (known == notes.end()) notes.push_back(cell.why);
  }
  switch (cell.outcome) {
    case CellOutcome::kKilled:
      return fmt::format("{:.2f} s{}", cell.seconds, note);
    case CellOutcome::kSurvived:
      return "as it must" + note;
    case CellOutcome::kMissed:
      return "MISSED" + note;
    case CellOutcome::kFlagged:
      return "FLAGGED" + note;
    case CellOutcome::kNotVisible:
      return "-" + note;
    case CellOutcome::kInconclusive:
      break;
  }
  return "?" + note;
}

}  // namespace

std::string matrix_text(const reports::KillMatrix& matrix) {
  std::string text = fmt::format("{:<22}", "fault");
  for (const std::string& lane : matrix.lanes) text += fmt::format(" {:<12}", lane);
  text += "\n";
  std::vector<std::string> notes;
  for (const reports::MatrixFault& fault : matrix.faults) {
    text += fmt::format("{:<22}", fault.fault);
    for (const std::string& lane : matrix.lanes) {
      const auto cell = std::ranges::find(fault.cells, lane, &reports::MatrixCell::lane);
      text += fmt::format(" {:<12}", cell == fault.cells.end() ? "" : shown(*cell, notes));
    }
    text.erase(text.find_last_not_of(' ') + 1);
    text += "\n";
  }
  for (std::size_t i = 0; i < notes.size(); ++i) text += fmt::format("[{}] {}\n", i + 1, notes[i]);
  const reports::MatrixTotals& totals = matrix.totals;
  text += fmt::format(
      "\n{} killed, {} missed, {} not visible; {} survived as they must, {} flagged; {} without an "
      "answer\nscore {:.1f} %: {}\n",
      totals.killed, totals.missed, totals.not_visible, totals.survived, totals.flagged,
      totals.inconclusive, 100 * matrix.score, to_string(matrix.verdict));
  return text;
}

}  // namespace awlab::detect
