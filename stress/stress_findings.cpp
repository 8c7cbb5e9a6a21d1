#include "stress/stress_findings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/lane/evidence.hpp"
#include "stress/story.hpp"
#include "stress/stress_plan.hpp"

namespace awlab::stress {

std::string StressFindings::reproduce(std::string_view scenario, int producers) const {
  const ScenarioInfo* info = find_stress_scenario(scenario);
  return info == nullptr ? command_
         : info->name == "program"
             ? command_ + " --scenario program"
             : fmt::format("{} --scenario {} --producers {}", command_, scenario, producers);
}

// The kind and property identify a violation; a sanitizer's finding needs its signature as well.
StressFindings::Key StressFindings::key_of(const reports::Finding& finding) {
  const bool counted = finding.replay.n > 0;
  return {finding.kind, finding.property, counted ? "" : finding.signature};
}

void StressFindings::keep(Found& known, const Rank& rank, reports::Finding finding,
                          std::string text) {
  finding.lane = lane_;
  known.rank = rank;
  known.finding = std::move(finding);
  known.text = std::move(text);
}

void StressFindings::add(std::string_view scenario, int producers, Round& round,
                         const Violation& violation) {
  const std::lock_guard lock(mutex_);
  Found& known = found_[{violation.kind, std::string(info(violation.property).id), ""}];
  ++known.count;
  std::size_t events = 0;
  for (int i = 0; i < round.roles(); ++i) {
    events += round.recorder(i).operations();
  }
  const Rank rank{events == 0, !round.was_rescued(), round.roles(), events};
  if (!known.text.empty() && known.rank <= rank) return;
  describe(known, rank, scenario, producers,
           round.was_rescued() ? "the consumer was parked, and nobody left to wake it" : "",
           reproduce(scenario, producers), violation, story_of(round), round.scenario().names());
}

void StressFindings::add_unfinished(std::string_view scenario, int producers, std::uint64_t seed,
                                    std::string where, const Violation& violation,
                                    const Trace& trace, const TraceNames& names) {
  const std::lock_guard lock(mutex_);
  Found& known = found_[{violation.kind, std::string(info(violation.property).id), ""}];
  ++known.count;
  if (known.text.empty()) {
    describe(known, {}, scenario, producers, std::move(where),
             fmt::format("{} --seed {}", reproduce(scenario, producers), seed), violation, trace,
             names);
  }
}

void StressFindings::describe(Found& known, const Rank& rank, std::string_view scenario,
                              int producers, std::string where, std::string reproduce,
                              const Violation& violation, const Trace& trace,
                              const TraceNames& names) {
  lane::Found found = lane::describe_finding(subject_, {.lane = lane_,
                                                        .scenario = std::string(scenario),
                                                        .producers = producers,
                                                        .where = std::move(where),
                                                        .violation = violation,
                                                        .trace = trace,
                                                        .names = names,
                                                        .reproduce = std::move(reproduce),
                                                        .replay = {}});
  found.finding.schedule.reset();  // the schedule was the system's
  keep(known, rank, std::move(found.finding), std::move(found.text));
}

void StressFindings::add(std::string_view scenario, int producers, const SanitizerReport& report) {
  Reported reported = describe_report(subject_, report);
  reports::Finding& finding = reported.finding;
  const std::lock_guard lock(mutex_);
  Found& known = found_[{finding.kind, finding.property, finding.signature}];
  if (!known.text.empty()) return;
  known.is_consequence = is_consequence(finding);
  finding.scenario = scenario;
  if (scenario != "program") finding.producers = as_size(producers);
  finding.reproduce = reproduce(scenario, producers);
  reported.text += fmt::format("  reproduce  {}\n\n", finding.reproduce);
  keep(known, {}, std::move(finding), std::move(reported.text));
}

void StressFindings::add_known(std::vector<reports::Finding> findings) {
  const std::lock_guard lock(mutex_);
  for (reports::Finding& finding : findings) {
    Found& known = found_[key_of(finding)];
    known.count = finding.replay.k;
    known.is_consequence = is_consequence(finding);
    std::string text = fmt::format("\nFINDING {}, from before: {}\n  reproduce  {}\n\n",
                                   finding.signature, finding.summary, finding.reproduce);
    keep(known, {}, std::move(finding), std::move(text));
  }
}

std::vector<const StressFindings::Found*> StressFindings::shown() const {
  const bool causes = std::ranges::any_of(found_, [](const auto& entry) {
    return entry.first.kind == Kind::kDataRace && !entry.second.is_consequence;
  });
  std::vector<const Found*> shown;
  for (const auto& [key, found] : found_) {
    if (!(causes && found.is_consequence)) shown.push_back(&found);
  }
  return shown;
}

std::size_t StressFindings::size() const {
  const std::lock_guard lock(mutex_);
  return shown().size();
}

std::vector<reports::Finding> StressFindings::findings(std::uint64_t rounds) const {
  const std::lock_guard lock(mutex_);
  std::vector<reports::Finding> all;
  for (const Found* found : shown()) {
    all.push_back(found->finding);
    // Violations of the batch in progress may exceed the rounds counted so far.
    all.back().replay = {found->count, found->count == 0 ? 0 : std::max(rounds, found->count)};
  }
  return all;
}

std::string StressFindings::text() const {
  const std::lock_guard lock(mutex_);
  std::string all;
  for (const Found* found : shown()) all += found->text;
  return all;
}

}  // namespace awlab::stress
