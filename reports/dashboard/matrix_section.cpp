// The kill matrix as a table: one row per fault, one column per lane. If a lane cannot see a fault
// or gave no answer, a note below the table gives the reason.
#include <algorithm>
#include <map>

#include "reports/dashboard/sections.hpp"

namespace awlab::reports {
namespace {

// The reasons in the order in which the table needs them; equal reasons share a number.
class Notes {
 public:
  std::size_t number(const std::string& text) {
    const auto [entry, is_new] = numbers_.try_emplace(text, texts_.size() + 1);
    if (is_new) texts_.push_back(text);
    return entry->second;
  }
  [[nodiscard]] const std::vector<std::string>& texts() const { return texts_; }

 private:
  std::map<std::string, std::size_t> numbers_;
  std::vector<std::string> texts_;
};

std::string outcome_badge(const MatrixCell& cell) {
  switch (cell.outcome) {
    case CellOutcome::kKilled:
      return badge("good", "✓", "killed " + seconds_text(cell.seconds));
    case CellOutcome::kSurvived:
      return badge("quiet", "✓", "survived");
    case CellOutcome::kMissed:
      return badge("bad", "✗", "missed");
    case CellOutcome::kFlagged:
      return badge("bad", "✗", "flagged");
    case CellOutcome::kNotVisible:
      return badge("quiet", "–", "not visible");
    case CellOutcome::kInconclusive:
      break;
  }
  return badge("unsure", "?", "inconclusive");
}

void write_cell(Html& html, const MatrixFault& fault, const std::string& lane, Notes& notes) {
  const auto cell = std::ranges::find(fault.cells, lane, &MatrixCell::lane);
  if (cell == fault.cells.end()) {
    html.add("<td class=\"soft\">not run</td>");
    return;
  }
  html.put("<td class=\"outcome {}\">{}", to_string(cell->outcome), outcome_badge(*cell));
  if (!cell->why.empty()) {
    html.put(" <a class=\"note\" href=\"#matrix-note-{0}\" aria-label=\"why: note {0}\">{0}</a>",
             notes.number(cell->why));
  }
  html.add("</td>");
}

void write_fault(Html& html, const KillMatrix& matrix, const MatrixFault& fault, Notes& notes) {
  std::string kinds;
  for (const Kind kind : fault.kinds) {
    kinds += fmt::format("{}{}", kinds.empty() ? "" : ", ", to_string(kind));
  }
  html.put("<tr><th scope=\"row\"><code>{}</code><span class=\"change\">{}</span></th><td>{}</td>",
           escaped(fault.fault), escaped(fault.change),
           fault.harmful ? escaped(kinds) : std::string("harmless"));
  for (const std::string& lane : matrix.lanes) write_cell(html, fault, lane, notes);
  html.add("</tr>\n");
}

// "12 of 14" for each lane: faults killed, of those that it can see.
void write_lane_totals(Html& html, const KillMatrix& matrix) {
  html.add("<tr class=\"sum\"><th scope=\"row\">Killed of visible</th><td></td>");
  for (const std::string& lane : matrix.lanes) {
    std::vector<MatrixFault> column;
    for (const MatrixFault& fault : matrix.faults) {
      if (!fault.harmful) continue;
      MatrixFault& only = column.emplace_back();
      std::ranges::copy_if(fault.cells, std::back_inserter(only.cells),
                           [&](const MatrixCell& cell) { return cell.lane == lane; });
    }
    const MatrixTotals totals = count_cells(column);
    html.put("<td>{} of {}</td>", totals.killed,
             totals.killed + totals.missed + totals.inconclusive);
  }
  html.add("</tr>\n");
}

void write_summary(Html& html, const KillMatrix& matrix) {
  const MatrixTotals& totals = matrix.totals;
  html.put(
      "<p class=\"lead\">{} {:.1f} % of the harmful faults that a lane can see were killed. "
      "<time datetime=\"{}\">{}</time>{}; {} for each cell, and three times that again for a "
      "miss.</p>\n",
      badge(matrix.verdict), 100 * matrix.score, escaped(matrix.run.started_at),
      escaped(when_text(matrix.run.started_at)), matrix.run.finished_at ? "" : ", not finished",
      seconds_text(matrix.seconds_per_fault));
  html.add("<dl class=\"facts\">\n");
  const auto total = [&](std::string_view name, std::uint64_t count, std::string_view meaning) {
    html.put("<div><dt>{}</dt><dd><strong>{}</strong> {}</dd></div>\n", name, count_text(count),
             meaning);
  };
  total("Killed", totals.killed, "harmful, and found");
  total("Survived", totals.survived, "harmless, and not accused, as it must be");
  total("Missed", totals.missed, "harmful, visible, and not found");
  total("Flagged", totals.flagged, "harmless, but accused");
  total("Not visible", totals.not_visible, "harmful, but nothing that this lane can see");
  total("Inconclusive", totals.inconclusive, "no answer");
  html.add("</dl>\n");
}

}  // namespace

void write_matrix(Html& html, const History& history) {
  html.open_section("matrix", "Kill matrix");
  if (!history.matrix) {
    html.nothing("There is no kill matrix among these files; ./lab detect writes one.");
    html.close_section();
    return;
  }
  const KillMatrix& matrix = *history.matrix;
  write_summary(html, matrix);
  std::vector<std::string> heads = {"Fault", "Must be found as"};
  heads.insert(heads.end(), matrix.lanes.begin(), matrix.lanes.end());
  Notes notes;
  html.open_table("Every fault against every lane: the time until it was killed", heads);
  for (const MatrixFault& fault : matrix.faults) write_fault(html, matrix, fault, notes);
  write_lane_totals(html, matrix);
  html.close_table();
  if (!notes.texts().empty()) {
    html.add("<p class=\"label\">Notes to the matrix</p>\n<ol class=\"notes\">\n");
    for (std::size_t i = 0; i < notes.texts().size(); ++i) {
      html.put("<li id=\"matrix-note-{}\">{}</li>\n", i + 1, escaped(notes.texts()[i]));
    }
    html.add("</ol>\n");
  }
  html.close_section();
}

}  // namespace awlab::reports
