#include "reports/model/kill_matrix.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <utility>

#include "core/support/as_size.hpp"
#include "reports/model/json_fields.hpp"
#include "reports/model/report_file.hpp"
#include "reports/model/report_json.hpp"

namespace awlab::reports {
namespace {

constexpr std::array<std::string_view, kCellOutcomes> kOutcomeNames = {
    "killed", "survived", "missed", "flagged", "not_visible", "inconclusive"};

template <class... Args>
Error broken(fmt::format_string<Args...> format, Args&&... args) {
  return Error{one_line(fmt::format(format, std::forward<Args>(args)...))};
}

// A report with the frame of the matrix: a report's rules check the frame.
Report framed(const KillMatrix& matrix) {
  Report report;
  report.tool = matrix.tool;
  report.host = matrix.host;
  report.build = matrix.build;
  report.run = matrix.run;
  report.subject = {"kill matrix", "core/faults", std::string(64, '0')};
  return report;
}

Status check_cell(const MatrixFault& fault, const MatrixCell& cell, const std::string& path) {
  const bool for_harmful = cell.outcome == CellOutcome::kKilled ||
                           cell.outcome == CellOutcome::kMissed ||
                           cell.outcome == CellOutcome::kNotVisible;
  if (cell.outcome != CellOutcome::kInconclusive && for_harmful != fault.harmful) {
    return broken("{}.outcome: {}, but the fault is {}", path, to_string(cell.outcome),
                  fault.harmful ? "harmful" : "harmless");
  }
  const bool explained =
      cell.outcome == CellOutcome::kNotVisible || cell.outcome == CellOutcome::kInconclusive;
  if (explained && cell.why.empty()) {
    return broken("{}.why: empty, but the outcome is {}", path, to_string(cell.outcome));
  }
  return {};
}

Status check_fault(const KillMatrix& matrix, const MatrixFault& fault, const std::string& path) {
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < fault.cells.size(); ++i) {
    const MatrixCell& cell = fault.cells[i];
    const std::string at = fmt::format("{}.cells[{}]", path, i);
    if (std::ranges::count(matrix.lanes, cell.lane) == 0) {
      return broken("{}.lane: '{}' is not in lanes", at, cell.lane);
    }
    if (!seen.insert(cell.lane).second) {
      return broken("{}.lane: there is already a cell for '{}'", at, cell.lane);
    }
    if (Status status = check_cell(fault, cell, at); !status) return status;
  }
  if (matrix.run.finished_at && seen.size() < matrix.lanes.size()) {
    return broken("{}.cells: {} of {} lanes, but the run is finished", path, seen.size(),
                  matrix.lanes.size());
  }
  return {};
}

Status check_rows(const KillMatrix& matrix) {
  std::set<std::string_view> lanes;
  for (std::size_t i = 0; i < matrix.lanes.size(); ++i) {
    if (!lanes.insert(matrix.lanes[i]).second || matrix.lanes[i].empty()) {
      return broken("lanes[{}]: '{}' is empty or there twice", i, matrix.lanes[i]);
    }
  }
  std::set<std::string_view> faults;
  for (std::size_t i = 0; i < matrix.faults.size(); ++i) {
    const MatrixFault& fault = matrix.faults[i];
    const std::string path = fmt::format("faults[{}]", i);
    if (!faults.insert(fault.fault).second || fault.fault.empty()) {
      return broken("{}.fault: '{}' is empty or there twice", path, fault.fault);
    }
    if (Status status = check_fault(matrix, fault, path); !status) return status;
  }
  return {};
}

Status check(const KillMatrix& matrix) {
  if (matrix.document != kKillMatrixDocument) {
    return broken("document: expected '{}', found '{}'", kKillMatrixDocument, matrix.document);
  }
  if (!matrix.schema_version.starts_with("1.")) {
    return broken("schema_version: this program reads 1.x, found '{}'", matrix.schema_version);
  }
  const Report frame = framed(matrix);
  if (Status status = check_schema(to_json(frame)); !status) return status;
  if (Status status = check_consistency(frame); !status) return status;
  if (Status status = check_rows(matrix); !status) return status;
  if (matrix.totals != count_cells(matrix.faults)) {
    return broken("totals: not what the cells add up to");
  }
  if (std::abs(matrix.score - kill_score(matrix.faults)) > 1e-6) {
    return broken("score: {}, but the cells say {}", matrix.score, kill_score(matrix.faults));
  }
  if (matrix.verdict != matrix_verdict(matrix)) {
    return broken("verdict: {}, but cells and run.finished_at say {}", to_string(matrix.verdict),
                  to_string(matrix_verdict(matrix)));
  }
  return {};
}

}  // namespace

std::string_view to_string(CellOutcome outcome) { return kOutcomeNames[as_size(outcome)]; }

std::optional<CellOutcome> cell_outcome_from_string(std::string_view text) {
  const auto found = std::ranges::find(kOutcomeNames, text);
  if (found == kOutcomeNames.end()) return std::nullopt;
  return static_cast<CellOutcome>(found - kOutcomeNames.begin());
}

std::string accepted(CellOutcome) { return fmt::format("{}", fmt::join(kOutcomeNames, ", ")); }
std::optional<CellOutcome> parse_as(CellOutcome, std::string_view text) {
  return cell_outcome_from_string(text);
}

void describe(auto& io, Is<MatrixCell> auto& v) {
  io("lane", v.lane), io("outcome", v.outcome), io("seconds", v.seconds), io("why", v.why);
}

void describe(auto& io, Is<MatrixFault> auto& v) {
  io("fault", v.fault), io("change", v.change), io("harmful", v.harmful), io("kinds", v.kinds);
  io("cells", v.cells);
}

void describe(auto& io, Is<MatrixTotals> auto& v) {
  io("killed", v.killed), io("survived", v.survived), io("missed", v.missed);
  io("flagged", v.flagged), io("not_visible", v.not_visible), io("inconclusive", v.inconclusive);
}

void describe(auto& io, Is<KillMatrix> auto& v) {
  io("schema_version", v.schema_version), io("document", v.document), io("tool", v.tool);
  io("host", v.host), io("build", v.build), io("run", v.run);
  io("seconds_per_fault", v.seconds_per_fault), io("lanes", v.lanes), io("faults", v.faults);
  io("totals", v.totals), io("score", v.score), io("verdict", v.verdict);
}

MatrixTotals count_cells(const std::vector<MatrixFault>& faults) {
  std::array<std::uint64_t, kCellOutcomes> n{};
  for (const MatrixFault& fault : faults) {
    for (const MatrixCell& cell : fault.cells) ++n[as_size(cell.outcome)];
  }
  return {n[0], n[1], n[2], n[3], n[4], n[5]};
}

double kill_score(const std::vector<MatrixFault>& faults) {
  std::vector<MatrixFault> harmful;
  std::ranges::copy_if(faults, std::back_inserter(harmful), &MatrixFault::harmful);
  const MatrixTotals totals = count_cells(harmful);
  const std::uint64_t visible = totals.killed + totals.missed + totals.inconclusive;
  return visible == 0 ? 0 : static_cast<double>(totals.killed) / static_cast<double>(visible);
}

Verdict matrix_verdict(const KillMatrix& matrix) {
  const MatrixTotals totals = count_cells(matrix.faults);
  if (totals.missed + totals.flagged > 0) return Verdict::kFail;
  const bool answered = totals.inconclusive == 0 && totals.killed + totals.survived > 0;
  return matrix.run.finished_at && answered ? Verdict::kPass : Verdict::kInconclusive;
}

void judge(KillMatrix& matrix) {
  matrix.totals = count_cells(matrix.faults);
  matrix.score = kill_score(matrix.faults);
  matrix.verdict = matrix_verdict(matrix);
}

Json to_json(const KillMatrix& matrix) { return Writer::object(matrix); }

std::string to_text(const KillMatrix& matrix) {
  return to_json(matrix).dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

bool is_kill_matrix(const Json& json) {
  const auto document = json.is_object() ? json.find("document") : json.end();
  return document != json.end() && *document == kKillMatrixDocument;
}

Result<KillMatrix> kill_matrix_from_json(const Json& json) {
  return Reader::read<KillMatrix>(json, "kill matrix").and_then([](KillMatrix matrix) {
    return check(matrix).map([&] { return std::move(matrix); });
  });
}

Status write_kill_matrix(const std::filesystem::path& path, const KillMatrix& matrix) {
  return replace_file(path, to_text(matrix));
}

Result<KillMatrix> read_kill_matrix(const std::filesystem::path& path) {
  return read_file(path, JsonLimits{}.bytes).and_then([&](const std::string& text) {
    return parse_json(text).and_then(kill_matrix_from_json).map_error(ErrorIn{path});
  });
}

}  // namespace awlab::reports
