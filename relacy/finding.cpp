#include "relacy/finding.hpp"

#include <fmt/format.h>

#include "core/trace_table.hpp"

namespace awlab::relacy {
namespace {

const std::vector<std::string> kStateNames = {"WAITING", "REGISTERING", "WAKING",
                                              "REGISTERING|WAKING"};

std::vector<reports::TraceStep> trace_steps(const Trace& trace, const TraceNames& names,
                                            const Explanation& why) {
  std::vector<reports::TraceStep> steps;
  const Trace complete = with_calls(trace);
  for (const TraceEvent& event : complete.events()) {
    reports::TraceStep step;
    step.step = steps.size();
    step.thread = static_cast<std::uint64_t>(event.thread);
    step.thread_name = event.thread == kOutside
                           ? "outside"
                           : names.threads[static_cast<std::size_t>(event.thread)];
    step.call = awlab::to_string(event.call);
    step.operation = awlab::to_string(event.step);
    if (event.step < Step::kCall) {
      const bool in_cell = complete.in_cell(event.object);
      step.object = in_cell ? (is_plain(event.step) ? "slot" : "state") : names.publication;
      step.site = short_function(event.function);
    } else if (event.waker != kNoWaker) {
      step.object = names.wakers[static_cast<std::size_t>(event.waker)];
    }
    if (is_atomic(event.step)) {
      step.order = awlab::to_string(event.order);
      if (is_read(event.step)) {
        step.value_read = value_name(event.read, event, complete, names);
        if (event.reads_from != kInitial) {
          step.reads_from = static_cast<std::uint64_t>(event.reads_from);
        }
      }
      if (is_write(event.step)) {
        step.value_written = value_name(event.written, event, complete, names);
      }
    }
    for (const std::int32_t decisive : why.steps) {
      if (static_cast<std::size_t>(decisive) == steps.size()) {
        step.note = "decisive";
      }
    }
    steps.push_back(std::move(step));
  }
  return steps;
}

}  // namespace

std::string reproduce_command(const SubjectInfo& subject, const PlanItem& item,
                              std::uint64_t seed) {
  std::string command = "./lab relacy";
  if (subject.source.starts_with("core/faults/")) {
    command += fmt::format(" --fault {}", subject.name);
  }
  command += fmt::format(" --scenario {} --producers {} --search {}", item.scenario->name,
                         item.producers, to_string(item.search));
  if (item.search == Search::kBound) {
    command += fmt::format(" --context-bound {}", item.context_bound);
  } else if (item.search == Search::kRandom) {
    command += fmt::format(" --seed {} --executions 1", seed);
  }
  return command;
}

Found describe_finding(const SubjectInfo& subject, const PlanItem& item, const Outcome& outcome) {
  const Violation& violation = *outcome.violation;
  TraceNames names = outcome.names;
  if (subject.own) {
    names.states = kStateNames;
  }
  const Explanation why = explain(violation, outcome.trace, names);
  const PropertyInfo& property = info(violation.property);

  reports::Finding finding;
  finding.kind = violation.kind;
  finding.property = property.id;
  finding.lane = "relacy";
  finding.scenario = item.scenario->name;
  finding.subject = subject.name;
  finding.signature =
      reports::make_signature(finding.kind, finding.property, why.site, why.operations);
  finding.summary = why.summary;
  std::string chain;
  for (const std::string& sentence : why.chain) {
    chain += "\n  - " + sentence;
  }
  finding.explanation =
      fmt::format("Expected: {}.\nActual: {}.{}", violation.expected, violation.actual, chain);
  finding.reproduce = reproduce_command(subject, item, outcome.violating_execution);
  // Relacy ran the execution a second time, for its history, and it failed again.
  finding.replay = {1, 1};
  finding.schedule =
      reports::Schedule{outcome.trace.events().size(), context_switches(outcome.trace), false};
  finding.trace = trace_steps(outcome.trace, names, why);

  std::string text = fmt::format(
      "\nFINDING {}: {} in {}, N = {}, execution {}\n"
      "  property   {} {}: {}\n"
      "  expected   {}\n"
      "  actual     {}\n"
      "  in short   {}\n"
      "  why{}\n\n{}\n"
      "  reproduce  {}\n\n",
      finding.signature, awlab::to_string(violation.kind), item.scenario->name, item.producers,
      outcome.violating_execution, property.id, property.name, property.law, violation.expected,
      violation.actual, finding.summary, chain, trace_table(outcome.trace, names),
      finding.reproduce);
  return {std::move(finding), std::move(text)};
}

}  // namespace awlab::relacy
