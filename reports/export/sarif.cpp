#include "reports/export/sarif.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "reports/compare/absence.hpp"
#include "reports/export/sarif_flow.hpp"
#include "reports/export/sarif_location.hpp"
#include "reports/model/inconclusive.hpp"

namespace awlab::reports {
namespace {

// The kind in words: "missed wakeup".
std::string in_words(Kind kind) {
  std::string words(to_string(kind));
  std::ranges::replace(words, '_', ' ');
  return words;
}

const PropertyInfo* find_property(std::string_view id) {
  const auto* const found = std::ranges::find(kProperties, id, &PropertyInfo::id);
  return found == kProperties.end() ? nullptr : &*found;
}

Json rule_of(const std::string& id, const Finding& finding) {
  std::string title = in_words(finding.kind);
  std::string law = "The contract of the cell has no property for this: the run itself went wrong.";
  if (const PropertyInfo* property = find_property(finding.property)) {
    title = fmt::format("{}, against {}: {}", title, property->id, property->name);
    law = fmt::format("{}, {}: {}.", property->id, property->name, property->law);
  }
  Json rule;
  rule["id"] = id;
  rule["shortDescription"] = sarif_message(title);
  rule["fullDescription"] = sarif_message(law);
  rule["help"] = sarif_message(law);
  rule["defaultConfiguration"]["level"] = "error";
  return rule;
}

// The rules of the run: one per kind and property, in the order of first use.
class Rules {
 public:
  // Sets ruleId and ruleIndex of a result.
  void refer(Json& result, const Finding& finding) {
    const std::string id = fmt::format("{}/{}", to_string(finding.kind), finding.property);
    const auto [known, is_new] = index_.try_emplace(id, rules_.size());
    if (is_new) rules_.push_back(rule_of(id, finding));
    result["ruleId"] = id;
    result["ruleIndex"] = known->second;
  }

  [[nodiscard]] Json take() { return std::move(rules_); }

 private:
  std::map<std::string, std::size_t> index_;
  Json rules_ = Json::array();
};

using BugName = std::pair<std::string_view, std::string_view>;

BugName bug_of(const Finding& finding) { return {finding.signature, finding.subject}; }

std::set<BugName> bugs_of(const Report& report) {
  std::set<BugName> bugs;
  for (const Finding& finding : report.findings) bugs.insert(bug_of(finding));
  return bugs;
}

int line_of(const Finding& finding, std::string_view source) {
  for (const TraceStep& step : finding.trace) {
    if (const std::optional<int> line = line_in(source, step.site)) return *line;
  }
  return 1;
}

Json properties_of(const Finding& finding) {
  Json properties;
  properties["lane"] = finding.lane;
  properties["also_in"] = finding.also_in;
  properties["scenario"] = finding.scenario;
  properties["reproduce"] = finding.reproduce;
  properties["replay"] = Json::object({{"k", finding.replay.k}, {"n", finding.replay.n}});
  return properties;
}

/// @param report  the report of the finding
/// @param state   of the result against the baseline; empty: there is no baseline
Json result_of(const Finding& finding, const Report& report, std::string_view state, Rules& rules) {
  const std::string& source = report.subject.source;
  Json result;
  rules.refer(result, finding);
  result["level"] = "error";
  result["message"] = sarif_message(fmt::format("{}\n{}", finding.summary, finding.explanation));
  Json location;
  location["physicalLocation"] = sarif_place(source, line_of(finding, source));
  result["locations"].push_back(std::move(location));
  result["partialFingerprints"]["awlabSignature/v1"] =
      fmt::format("{}:{}", finding.signature, finding.subject);
  if (!finding.trace.empty()) result["codeFlows"].push_back(sarif_flow(finding.trace, source));
  if (!state.empty()) result["baselineState"] = state;
  result["properties"] = properties_of(finding);
  return result;
}

Json results_of(const Report& report, const Report* baseline, Rules& rules) {
  Json results = Json::array();
  if (baseline == nullptr) {
    for (const Finding& finding : report.findings) {
      results.push_back(result_of(finding, report, "", rules));
    }
    return results;
  }
  const std::set<BugName> before = bugs_of(*baseline);
  const std::set<BugName> now = bugs_of(report);
  for (const Finding& finding : report.findings) {
    const bool known = before.contains(bug_of(finding));
    results.push_back(result_of(finding, report, known ? "unchanged" : "new", rules));
  }
  const Search search = search_of(report);
  for (const Finding& finding : baseline->findings) {
    if (now.contains(bug_of(finding))) continue;
    const std::array<Sight, 2> sights = {{
        {.seen = finding.replay},
        {.would_show = would_show(search, finding, baseline->run.shard)},
    }};
    if (state_of(sights) == State::kResolved) {
      results.push_back(result_of(finding, *baseline, "absent", rules));
    }
  }
  return results;
}

Json invocation_of(const Report& report) {
  Json invocation;
  invocation["commandLine"] = report.run.command;
  invocation["startTimeUtc"] = report.run.started_at;
  if (report.run.finished_at) {
    invocation["endTimeUtc"] = *report.run.finished_at;
    invocation["exitCode"] = exit_code(report.verdict);
  }
  invocation["executionSuccessful"] = report.run.finished_at.has_value();
  Json& notifications = invocation["toolExecutionNotifications"] = Json::array();
  for (const Lane& lane : report.lanes) {
    if (lane.verdict != Verdict::kInconclusive) continue;
    const std::string text =
        fmt::format("lane {} is inconclusive: {}", lane.lane, why_inconclusive(report, lane));
    notifications.push_back(Json::object({{"level", "warning"}, {"message", sarif_message(text)}}));
  }
  return invocation;
}

// Runs that replace one another have the part before the last slash in common.
std::string automation_id(const Report& report) {
  const Shard& shard = report.run.shard;
  std::string id = fmt::format("{}/{}/", report.tool.name, report.subject.name);
  if (shard.total != 1) id += fmt::format("shard-{}-of-{}/", shard.index, shard.total);
  return id + report.run.id;
}

}  // namespace

std::string to_sarif(const Report& report, const Report* baseline) {
  Rules rules;
  Json results = results_of(report, baseline, rules);
  Json run;
  Json& driver = run["tool"]["driver"];
  driver["name"] = report.tool.name;
  driver["semanticVersion"] = report.tool.version;
  driver["rules"] = rules.take();
  run["invocations"].push_back(invocation_of(report));
  run["automationDetails"]["id"] = automation_id(report);
  run["columnKind"] = "utf16CodeUnits";
  run["results"] = std::move(results);
  Json log;
  log["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json";
  log["version"] = "2.1.0";
  log["runs"].push_back(std::move(run));
  return log.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace awlab::reports
