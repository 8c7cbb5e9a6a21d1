#include "reports/nightly/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "reports/model/inconclusive.hpp"
#include "reports/model/report_json.hpp"

namespace awlab::nightly {
namespace {

constexpr std::size_t kColumns = 96;
constexpr std::size_t kMostFindings = 4;

std::string lane_line(const reports::Report& report, const reports::Lane& lane) {
  const auto killed = std::ranges::count(lane.canaries, true, &reports::Canary::killed);
  std::string line = fmt::format(
      "  {:<14} {:<13} {:>13} executions  {} of {} canaries  {:>6.0f} s\n", lane.lane,
      to_string(lane.verdict), lane.executions, killed, lane.canaries.size(), lane.seconds);
  if (lane.verdict == reports::Verdict::kInconclusive) {
    line += fmt::format("      {}\n",
                        reports::one_line(reports::why_inconclusive(report, lane), kColumns));
  }
  return line;
}

std::string finding_lines(const reports::Finding& finding, std::string_view state) {
  std::string lanes = finding.lane;
  for (const std::string& lane : finding.also_in) lanes += ", " + lane;
  return fmt::format("  {:<8} {} ({})\n           {}\n           {}\n", state, finding.signature,
                     lanes, reports::one_line(finding.summary, kColumns), finding.reproduce);
}

std::string_view state_of(const reports::Finding& finding,
                          const std::optional<reports::Difference>& difference) {
  if (!difference) return "new";
  const auto change =
      std::ranges::find(difference->findings, finding.signature, &reports::Change::signature);
  return change == difference->findings.end() ? "new" : to_string(change->state);
}

std::string findings_text(const reports::Report& report,
                          const std::optional<reports::Difference>& difference) {
  // New findings come first.
  std::vector<const reports::Finding*> order;
  for (const bool is_new : {true, false}) {
    for (const reports::Finding& finding : report.findings) {
      if ((state_of(finding, difference) == "new") == is_new) order.push_back(&finding);
    }
  }
  std::string text;
  for (std::size_t i = 0; i < std::min(order.size(), kMostFindings); ++i) {
    text += finding_lines(*order[i], state_of(*order[i], difference));
  }
  if (order.size() > kMostFindings) {
    text += fmt::format("  and {} more\n", order.size() - kMostFindings);
  }
  return text;
}

// The changes that are not findings of this night: resolved ones, lost canaries, lost lanes.
std::string changes_text(const reports::Difference& difference) {
  std::string text;
  for (const reports::Change& change : difference.findings) {
    if (change.state == reports::State::kResolved) {
      text += fmt::format("  resolved {}\n", change.signature);
    }
  }
  for (const std::string& canary : difference.canaries_lost) {
    text += fmt::format("  no longer caught: {}\n", reports::one_line(canary, kColumns));
  }
  for (const reports::LostLane& lane : difference.lanes_lost) {
    text += fmt::format("  no longer {}: {}\n", lane.absent ? "run" : "conclusive", lane.lane);
  }
  return text;
}

}  // namespace

std::string summary(const reports::Report& report,
                    const std::optional<reports::Difference>& difference,
                    const std::filesystem::path& out) {
  std::string text = fmt::format("nightly: {} on {}{}\n", to_string(report.verdict),
                                 reports::one_line(report.subject.name, kColumns),
                                 report.run.finished_at ? "" : ", stopped before its end");
  for (const reports::Lane& lane : report.lanes) text += lane_line(report, lane);
  text += fmt::format("findings: {}\n", report.findings.size());
  text += findings_text(report, difference);
  if (difference) text += changes_text(*difference);
  text += fmt::format("see {} and {}\n", (out / "dashboard.html").string(),
                      (out / "report.json").string());
  return text;
}

}  // namespace awlab::nightly
