#include "reports/dashboard/finding_states.hpp"

#include <algorithm>
#include <iterator>
#include <span>

#include "reports/compare/absence.hpp"

namespace awlab::reports {
namespace {

using Runs = std::vector<const RunSummary*>;

const SeenBug* find_bug(const RunSummary& run, const std::string& id) {
  const auto bug = std::ranges::find(run.findings, id, &SeenBug::id);
  return bug == run.findings.end() ? nullptr : &*bug;
}

Search search_of(const RunSummary& run) {
  Search search{.shard = run.shard, .finished = run.finished_at.has_value()};
  for (const LaneSummary& lane : run.lanes) {
    if (lane.verdict != Verdict::kInconclusive) search.lanes.insert(lane.lane);
  }
  return search;
}

StatedFinding stated(const Finding& finding, const Runs& runs, std::span<const Search> searches) {
  const std::string id = bug_id(finding);
  StatedFinding one{.finding = &finding, .first_seen = {}, .runs = runs.size()};
  std::vector<Sight> sights(runs.size());
  for (std::size_t i = 0; i < runs.size(); ++i) {
    sights[i].would_show = would_show(searches[i], finding, searches.back().shard);
    const SeenBug* const bug = find_bug(*runs[i], id);
    if (bug == nullptr) continue;
    sights[i].seen = bug->replay;
    if (one.seen_in++ == 0) one.first_seen = runs[i]->started_at;
  }
  one.is_here = sights.back().seen.has_value();
  one.state = state_of(sights);
  return one;
}

}  // namespace

Runs runs_of_subject(const History& history) {
  Runs runs;
  for (const RunSummary& run : history.runs) {
    if (run.subject == history.latest.subject.name) runs.push_back(&run);
  }
  return runs;
}

std::vector<StatedFinding> state_findings(const History& history) {
  const Runs runs = runs_of_subject(history);
  std::vector<Search> searches;
  for (const RunSummary* run : runs) searches.push_back(search_of(*run));
  std::vector<StatedFinding> all;
  for (const Finding& finding : history.latest.findings) {
    all.push_back(stated(finding, runs, searches));
  }
  if (history.previous) {
    for (const Finding& finding : history.previous->findings) {
      const bool is_here = find_bug(*runs.back(), bug_id(finding)) != nullptr;
      if (!is_here) all.push_back(stated(finding, runs, searches));
    }
  }
  std::vector<StatedFinding> ordered;
  for (const State state : kStates) {
    std::ranges::copy_if(all, std::back_inserter(ordered),
                         [&](const StatedFinding& one) { return one.state == state; });
  }
  return ordered;
}

}  // namespace awlab::reports
