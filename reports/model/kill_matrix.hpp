// The kill matrix: every fault of the catalogue against every lane, and whether each lane answered
// as it must. It measures the lab itself: a lane that misses a fault it should see proves less.
//
// It is a document of its own beside the reports, with the same frame (tool, host, build, run).
// Totals, score and verdict follow from the cells, by judge(); a reader refuses a file in which
// they do not. All functions are free of side effects beyond their arguments and may be called from
// any thread.
#ifndef AWLAB_REPORTS_MODEL_KILL_MATRIX_HPP_
#define AWLAB_REPORTS_MODEL_KILL_MATRIX_HPP_

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/support/result.hpp"
#include "reports/model/report.hpp"

namespace awlab::reports {

/// The value of `document` in the file; no report has this field.
inline constexpr std::string_view kKillMatrixDocument = "kill_matrix";

/// The answer of one lane to one fault.
enum class CellOutcome : std::uint8_t {
  kKilled,        // harmful, and found
  kSurvived,      // harmless, and not accused, as it must be
  kMissed,        // harmful, visible to this lane, and not found
  kFlagged,       // harmless, and accused
  kNotVisible,    // harmful, but this lane cannot see it
  kInconclusive,  // no answer: the program failed, or ran out of time
};
inline constexpr std::size_t kCellOutcomes = 6;

[[nodiscard]] std::string_view to_string(CellOutcome outcome);
/// Empty if `text` is not one of the names.
[[nodiscard]] std::optional<CellOutcome> cell_outcome_from_string(std::string_view text);

struct MatrixCell {
  std::string lane;
  CellOutcome outcome = CellOutcome::kInconclusive;
  double seconds = 0;  // until it was killed, or in vain; over all tries
  std::string why{};   // a sentence; required for not_visible and inconclusive
};

/// One row.
struct MatrixFault {
  std::string fault;   // the name in the catalogue
  std::string change;  // difference from the real cell
  bool harmful = true;
  std::vector<Kind> kinds{};        // kinds that a lane may rightly report
  std::vector<MatrixCell> cells{};  // at most one per lane; all of them once the run is finished
};

/// Cells by outcome.
struct MatrixTotals {
  std::uint64_t killed = 0;
  std::uint64_t survived = 0;
  std::uint64_t missed = 0;
  std::uint64_t flagged = 0;
  std::uint64_t not_visible = 0;
  std::uint64_t inconclusive = 0;

  friend bool operator==(const MatrixTotals&, const MatrixTotals&) = default;
};

struct KillMatrix {
  std::string schema_version{kSchemaVersion};
  std::string document{kKillMatrixDocument};
  Tool tool;
  Host host;
  Build build;
  Run run;
  double seconds_per_fault = 0;  // of a first try; a miss gets a second one, of three times that
  std::vector<std::string> lanes{};
  std::vector<MatrixFault> faults{};
  MatrixTotals totals{};
  double score = 0;
  Verdict verdict = Verdict::kInconclusive;
};

[[nodiscard]] MatrixTotals count_cells(const std::vector<MatrixFault>& faults);

/// The share of the harmful, visible cells that were killed, from 0 to 1. Cells without an answer
/// count as not killed. 0 if there are none.
[[nodiscard]] double kill_score(const std::vector<MatrixFault>& faults);

/// fail: some cell is missed or flagged. pass: the run is finished, and every cell that could
/// answer did so as it must (at least one). Else inconclusive. Looks at `run` and `faults` alone.
[[nodiscard]] Verdict matrix_verdict(const KillMatrix& matrix);

/// Sets totals, score and verdict from the cells. Call it before each checkpoint, and at the end
/// once `run.finished_at` is set.
void judge(KillMatrix& matrix);

/// Every field, in the order of the structs.
[[nodiscard]] Json to_json(const KillMatrix& matrix);

/// The text of a file: indented, ends with a newline, valid UTF-8.
[[nodiscard]] std::string to_text(const KillMatrix& matrix);

/// True if this JSON claims to be a kill matrix, valid or not.
[[nodiscard]] bool is_kill_matrix(const Json& json);

/// Reads and checks everything; unknown fields are ignored.
/// @return the matrix, or one line that starts with the JSON path: "faults[2].cells[0].lane: …"
[[nodiscard]] Result<KillMatrix> kill_matrix_from_json(const Json& json);

/// replace_file() with the matrix's text.
[[nodiscard]] Status write_kill_matrix(const std::filesystem::path& path, const KillMatrix& matrix);

/// @return the matrix, or an error that names the path
[[nodiscard]] Result<KillMatrix> read_kill_matrix(const std::filesystem::path& path);

}  // namespace awlab::reports

#endif  // AWLAB_REPORTS_MODEL_KILL_MATRIX_HPP_
