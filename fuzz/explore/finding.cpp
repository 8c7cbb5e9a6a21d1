#include "fuzz/explore/finding.hpp"

#include <fmt/format.h>

#include <optional>

#include "fuzz/decide/witness.hpp"
#include "fuzz/machine/execution.hpp"
#include "reports/lane/subject_options.hpp"

namespace awlab::explore {
namespace {

constexpr std::uint64_t kReplays = 3;

struct Shown {
  std::optional<Violation> violation;
  DecisionLists decisions;
  std::vector<ScheduledStep> steps;
  Trace trace;
};

Shown show(machine::Machine& machine, const ExploreOutcome& outcome,
           const std::vector<machine::EventId>& order) {
  Shown shown;
  WitnessDecisions witness(outcome.events, order);
  NotedDecisions decisions(witness);
  machine::Execution execution(machine);
  shown.violation = execution.run(decisions, &shown.trace);
  shown.decisions = decisions.lists();
  shown.steps = steps_of(*execution.graph());
  return shown;
}

bool is(const std::optional<Violation>& seen, const Violation& expected) {
  return seen && seen->kind == expected.kind && seen->property == expected.property;
}

// The verdict of the scenario's books can depend on the order in which a graph is executed: another
// order may show another violation of the same execution first. The order for reading is taken if
// it shows the same one, else the order of the search, and what it shows.
Shown show(machine::Machine& machine, const ExploreOutcome& outcome) {
  Shown for_reading = show(machine, outcome, order_for_reading(outcome.events));
  if (is(for_reading.violation, *outcome.violation)) return for_reading;
  Shown of_search = show(machine, outcome, order_of_search(outcome.events));
  return of_search.violation ? of_search : for_reading;
}

}  // namespace

reports::Result<ExploredFinding> describe_finding(const SubjectModule& subject,
                                                  const ExploreItem& item,
                                                  machine::Machine& machine,
                                                  const ExploreOutcome& outcome) {
  const Shown shown = show(machine, outcome);
  const TraceNames names = machine.scenario().names();
  std::uint64_t again = 0;
  for (std::uint64_t i = 0; shown.violation && i < kReplays; ++i) {
    ScheduledDecisions decisions(shown.decisions);
    again += is(machine::Execution(machine).run(decisions), *shown.violation) ? 1U : 0U;
  }
  if (again == 0) {
    return reports::Error{fmt::format(
        "a {} in {}, N = {}, that the search found shows in 0 of {} replays, so it is no finding: "
        "the subject is not deterministic",
        to_string(outcome.violation->kind), item.scenario->name, item.producers, kReplays)};
  }
  lane::Found found = lane::describe_finding(
      subject.info, {.lane = "explore",
                     .scenario = std::string(item.scenario->name),
                     .producers = item.producers,
                     .where = {},
                     .violation = *shown.violation,
                     .trace = shown.trace,
                     .names = names,
                     .reproduce = lane::command_on(subject, "explore",
                                                   {"--scenario", std::string(item.scenario->name),
                                                    "--producers", std::to_string(item.producers)}),
                     .replay = {again, kReplays}});
  std::string signature = found.finding.signature;
  return ExploredFinding{std::move(found),
                         {.subject = std::string(subject.info.name),
                          .scenario = std::string(item.scenario->name),
                          .producers = item.producers,
                          .program = {},
                          .signature = std::move(signature),
                          .decisions = shown.decisions,
                          .steps = shown.steps}};
}

}  // namespace awlab::explore
