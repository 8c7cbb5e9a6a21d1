#include "reports/compare/united_findings.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "reports/model/report_json.hpp"
#include "reports/model/saturating.hpp"

namespace awlab::reports {
namespace {

// All findings of one bug. The lanes are kept apart until the end: counts add up within a lane
// only, so joining a lane's shards first makes no difference.
struct Bug {
  std::map<std::string, Finding> best_in;  // by lane, with the counts of all its shards
  std::set<std::string> lanes;
};

// The evidence without the fields that depend on which reports are joined.
std::string evidence_text(Finding finding) {
  finding.id.clear();
  finding.replay = {};
  finding.also_in.clear();
  return to_json(finding).dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool is_better(const Finding& a, const Finding& b) {
  const auto rank = [](const Finding& finding) {
    constexpr std::uint64_t kLast = std::numeric_limits<std::uint64_t>::max();
    const auto& schedule = finding.schedule;
    // explore < fuzz < relacy < stress-…: lanes rank by name.
    return std::tuple(!schedule || !schedule->minimized, schedule ? schedule->steps : kLast,
                      std::string_view(finding.lane));
  };
  return rank(a) != rank(b) ? rank(a) < rank(b) : evidence_text(a) < evidence_text(b);
}

void add(Bug& bug, const Finding& finding) {
  bug.lanes.insert(finding.lane);
  bug.lanes.insert(finding.also_in.begin(), finding.also_in.end());
  const auto [known, is_first] = bug.best_in.emplace(finding.lane, finding);
  if (is_first) return;
  Replay counts = known->second.replay;
  add_to(counts.k, finding.replay.k);
  add_to(counts.n, finding.replay.n);
  if (is_better(finding, known->second)) known->second = finding;
  known->second.replay = counts;
}

Finding whole(const Bug& bug) {
  const auto best = std::ranges::min_element(
      bug.best_in, [](const auto& a, const auto& b) { return is_better(a.second, b.second); });
  Finding finding = best->second;
  finding.id = finding_id(finding.signature, finding.subject);
  finding.also_in.clear();
  std::ranges::remove_copy(bug.lanes, std::back_inserter(finding.also_in), finding.lane);
  return finding;
}

}  // namespace

std::vector<Finding> unite_findings(std::span<const Report* const> reports) {
  std::map<std::pair<std::string, std::string>, Bug> bugs;
  for (const Report* report : reports) {
    for (const Finding& finding : report->findings) {
      add(bugs[{finding.signature, finding.subject}], finding);
    }
  }
  std::vector<Finding> findings;
  for (const auto& [name, bug] : bugs) findings.push_back(whole(bug));
  std::ranges::sort(findings, {}, [](const Finding& finding) {
    return std::tie(finding.lane, finding.signature, finding.subject);
  });
  return findings;
}

}  // namespace awlab::reports
