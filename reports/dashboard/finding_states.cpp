#include "finding_states.hpp"

#include <algorithm>
#include <iterator>

namespace awlab::reports {
namespace {

using Runs = std::vector<const RunSummary*>;

bool has(const RunSummary& run, const std::string& id) {
  return std::ranges::find(run.findings, id) != run.findings.end();
}

// Whether this run had a lane that has found it.
bool was_looked_for(const Report& now, const Finding& finding) {
  return std::ranges::any_of(now.lanes, [&](const Lane& lane) {
    return lane.lane == finding.lane || std::ranges::count(finding.also_in, lane.lane) > 0;
  });
}

// Whether that it is gone now says something. @param first  the first run that has it
bool absence_tells(const Finding& finding, const History& history, std::size_t first,
                   std::size_t seen_in) {
  const Report& now = history.latest;
  const bool was_always_there = seen_in + first + 1 == runs_of_subject(history).size();
  const bool replays = finding.replay.n > 0 && finding.replay.k == finding.replay.n;
  return was_always_there && replays && now.run.finished_at && was_looked_for(now, finding);
}

StatedFinding stated(const Finding& finding, const History& history, const Runs& runs) {
  const std::string id = bug_id(finding);
  StatedFinding one{
      .finding = &finding, .is_here = has(*runs.back(), id), .first_seen = {}, .runs = runs.size()};
  std::size_t first = runs.size();
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (!has(*runs[i], id)) continue;
    if (one.seen_in++ == 0) first = i;
  }
  if (first < runs.size()) one.first_seen = runs[first]->started_at;
  const bool just_before = runs.size() > 1 && has(*runs[runs.size() - 2], id);
  if (one.is_here) {
    one.state = just_before ? State::ongoing : one.seen_in > 1 ? State::rare : State::new_;
  } else {
    one.state = absence_tells(finding, history, first, one.seen_in) ? State::resolved : State::rare;
  }
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
  std::vector<StatedFinding> all;
  for (const Finding& finding : history.latest.findings) {
    all.push_back(stated(finding, history, runs));
  }
  if (history.previous) {
    for (const Finding& finding : history.previous->findings) {
      if (!has(*runs.back(), bug_id(finding))) all.push_back(stated(finding, history, runs));
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
