// check_consistency(): the rules between the fields of a report.
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <map>
#include <set>
#include <utility>

#include "reports/model/lane_rules.hpp"
#include "reports/model/report.hpp"

namespace awlab::reports {
namespace {

template <class... Args>
Error broken(fmt::format_string<Args...> format, Args&&... args) {
  return Error{fmt::format(format, std::forward<Args>(args)...)};
}

// The schema has checked the form YYYY-MM-DDThh:mm:ssZ; the 30th of February is left to us.
bool is_real_time(const std::string& text) {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  if (std::sscanf(text.c_str(), "%4d-%2u-%2uT", &year, &month, &day) != 3) return false;
  return std::chrono::year_month_day(std::chrono::year(year), std::chrono::month(month),
                                     std::chrono::day(day))
      .ok();
}

Status check_run(const Run& run) {
  if (run.shard.index >= run.shard.total) {
    return broken("run.shard.index: {} is not below run.shard.total, {}", run.shard.index,
                  run.shard.total);
  }
  if (!is_real_time(run.started_at)) {
    return broken("run.started_at: '{}' is not a date of the calendar", run.started_at);
  }
  if (!run.finished_at) return {};
  if (!is_real_time(*run.finished_at)) {
    return broken("run.finished_at: '{}' is not a date of the calendar", *run.finished_at);
  }
  if (*run.finished_at < run.started_at) {  // one fixed-width form: text order is time order
    return broken("run.finished_at: {} is before run.started_at, {}", *run.finished_at,
                  run.started_at);
  }
  return {};
}

Status check_lanes(const Report& report) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < report.lanes.size(); ++i) {
    const Lane& lane = report.lanes[i];
    if (!names.insert(lane.lane).second) {
      return broken("lanes[{}].lane: there is already a lane '{}'", i, lane.lane);
    }
    if (lane.verdict == Verdict::kPass &&
        lane_verdict(false, true, lane.canaries) != Verdict::kPass) {
      return broken("lanes[{}].verdict: pass without canaries that were all killed", i);
    }
    if (Status status = check_lane_numbers(lane, i); !status) return status;
  }
  return {};
}

Status check_trace(const std::string& path, const std::vector<TraceStep>& trace) {
  for (std::size_t i = 0; i < trace.size(); ++i) {
    const TraceStep& step = trace[i];
    if (i > 0 && step.step <= trace[i - 1].step) {
      return broken("{}.trace[{}].step: {} does not come after {}", path, i, step.step,
                    trace[i - 1].step);
    }
    if (step.reads_from && *step.reads_from >= step.step) {
      return broken("{}.trace[{}].reads_from: step {} cannot read from step {}", path, i, step.step,
                    *step.reads_from);
    }
  }
  return {};
}

// Lanes are indexed, because a hostile report has tens of thousands of lanes and findings.
using LanesByName = std::map<std::string_view, const Lane*>;

Status check_also_in(const LanesByName& lanes, const std::string& path, const Finding& finding) {
  std::set<std::string_view> names = {finding.lane};
  for (std::size_t i = 0; i < finding.also_in.size(); ++i) {
    const std::string& other = finding.also_in[i];
    const auto found = lanes.find(other);
    if (found == lanes.end()) {
      return broken("{}.also_in[{}]: the report has no lane '{}'", path, i, other);
    }
    if (found->second->verdict != Verdict::kFail) {
      return broken("{}.also_in[{}]: lane '{}' has this finding, but its verdict is {}", path, i,
                    other, to_string(found->second->verdict));
    }
    if (!names.insert(other).second) {
      return broken("{}.also_in[{}]: lane '{}' is named twice", path, i, other);
    }
  }
  return {};
}

Status check_finding(const LanesByName& lanes, const std::string& path, const Finding& finding) {
  const auto found = lanes.find(finding.lane);
  if (found == lanes.end()) {
    return broken("{}.lane: the report has no lane '{}'", path, finding.lane);
  }
  const Lane* const lane = found->second;
  if (lane->verdict != Verdict::kFail) {
    return broken("{}.lane: lane '{}' has this finding, but its verdict is {}", path, finding.lane,
                  to_string(lane->verdict));
  }
  if (Status status = check_was_counted(*lane, finding, path); !status) return status;
  if (Status status = check_also_in(lanes, path, finding); !status) return status;
  const std::string prefix = fmt::format("{}-{}-", to_string(finding.kind), finding.property);
  if (!finding.signature.starts_with(prefix)) {
    return broken("{}.signature: '{}' does not start with its kind and property, '{}'", path,
                  finding.signature, prefix);
  }
  if (finding.replay.k > finding.replay.n) {
    return broken("{}.replay.k: {} of {} replays", path, finding.replay.k, finding.replay.n);
  }
  if (finding.schedule && finding.schedule->context_switches > finding.schedule->steps) {
    return broken("{}.schedule.context_switches: {} in {} steps", path,
                  finding.schedule->context_switches, finding.schedule->steps);
  }
  return check_trace(path, finding.trace);
}

Status check_findings(const Report& report) {
  LanesByName lanes;
  for (const Lane& lane : report.lanes) lanes.emplace(lane.lane, &lane);
  std::set<std::string_view> ids;
  std::set<std::pair<std::string_view, std::string_view>> bugs;
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    const Finding& finding = report.findings[i];
    const std::string path = fmt::format("findings[{}]", i);
    if (!ids.insert(finding.id).second) {
      return broken("{}.id: there is already a finding '{}'", path, finding.id);
    }
    if (!bugs.insert({finding.signature, finding.subject}).second) {
      return broken("{}.signature: there is already a finding with this signature in '{}'", path,
                    finding.subject);
    }
    if (Status status = check_finding(lanes, path, finding); !status) return status;
  }
  return {};
}

// A lane fails because of its findings, and for no other reason.
Status check_failures(const Report& report) {
  std::set<std::string_view> found;
  for (const Finding& finding : report.findings) {
    found.insert(finding.lane);
    found.insert(finding.also_in.begin(), finding.also_in.end());
  }
  for (std::size_t i = 0; i < report.lanes.size(); ++i) {
    const Lane& lane = report.lanes[i];
    if (lane.verdict == Verdict::kFail && !found.contains(lane.lane)) {
      return broken("lanes[{}].verdict: fail, but no finding is of lane '{}'", i, lane.lane);
    }
  }
  return {};
}

}  // namespace

Status check_consistency(const Report& report) {
  if (Status status = check_run(report.run); !status) return status;
  if (Status status = check_lanes(report); !status) return status;
  if (Status status = check_findings(report); !status) return status;
  if (Status status = check_failures(report); !status) return status;
  const Verdict expected = overall_verdict(report);
  if (report.verdict != expected) {
    return broken("verdict: {}, but lanes, findings and run.finished_at say {}",
                  to_string(report.verdict), to_string(expected));
  }
  return {};
}

}  // namespace awlab::reports
