#include "reports/lane/evidence.hpp"

#include <fmt/format.h>

#include "core/scenario/scenario_info.hpp"
#include "core/support/as_size.hpp"
#include "core/trace/explain.hpp"
#include "core/trace/trace_table.hpp"

namespace awlab::lane {
namespace {

const std::vector<std::string> kStateNames = {"WAITING", "REGISTERING", "WAKING",
                                              "REGISTERING|WAKING"};

TraceNames with_states(const SubjectInfo& subject, TraceNames names) {
  if (subject.own) names.states = kStateNames;
  return names;
}

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
      step.object = object_name(event.object, complete, names);
      if (complete.in_cell(event.object)) {
        const std::string_view part = is_plain(event.step) ? "slot" : "state";
        step.object = names.cells.size() > 1 ? fmt::format("{} of {}", part, step.object) : part;
      }
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

// The pair of steps that should be ordered but is not, by their numbers in the table.
std::string missing_order(const Explanation& why, const Trace& trace, const TraceNames& names) {
  if (!why.missing) {
    return "";
  }
  const Trace complete = with_calls(trace);
  const auto step = [&](std::int32_t index) {
    const TraceEvent& event = complete.events()[static_cast<std::size_t>(index)];
    return fmt::format("step {} ({}: {})", index, actor(event, names),
                       describe(event, complete, names));
  };
  return fmt::format("  missing    no happens-before from {}\n             to {}\n",
                     step(why.missing->first), step(why.missing->second));
}

// The trace without the final checks from the outside, unless one of them failed.
Trace for_people(const Trace& trace, bool outside_failed) {
  std::size_t end = trace.events().size();
  while (!outside_failed && end > 0 && trace.events()[end - 1].thread == kOutside) {
    --end;
  }
  Trace shown = trace;
  shown.clear_events();
  for (std::size_t i = 0; i < end; ++i) shown.add(trace.events()[i]);
  return shown;
}

// A program brings its own threads and has no number of producers.
bool has_producers(const Evidence& evidence) {
  return evidence.producers > 0 || find_scenario(evidence.scenario) != nullptr;
}

std::string where_of(const Evidence& evidence) {
  return has_producers(evidence)
             ? fmt::format("{}, N = {}", evidence.scenario, evidence.producers)
             : "a " + evidence.scenario;
}

std::string signature_of(const Violation& violation, const Explanation& why) {
  if (violation.kind == Kind::kCrash) {  // of what crashed and how, whatever others had called last
    return reports::make_signature(violation.kind, info(violation.property).id, "",
                                   violation.actual);
  }
  return reports::make_signature(violation.kind, info(violation.property).id, why.site,
                                 why.operations);
}

}  // namespace

std::string signature_of(const SubjectInfo& subject, const Violation& violation, const Trace& trace,
                         const TraceNames& names) {
  return signature_of(violation, explain(violation, trace, with_states(subject, names)));
}

Found describe_finding(const SubjectInfo& subject, const Evidence& evidence) {
  const Violation& violation = evidence.violation;
  const TraceNames names = with_states(subject, evidence.names);
  const Explanation why = explain(violation, evidence.trace, names);
  const PropertyInfo& property = info(violation.property);

  reports::Finding finding;
  finding.kind = violation.kind;
  finding.property = property.id;
  finding.lane = evidence.lane;
  finding.scenario = evidence.scenario;
  if (has_producers(evidence)) finding.producers = as_size(evidence.producers);
  finding.subject = subject.name;
  finding.signature = signature_of(violation, why);
  finding.summary = why.summary;
  std::string chain;
  for (const std::string& sentence : why.chain) {
    chain += "\n  - " + sentence;
  }
  finding.explanation =
      fmt::format("Expected: {}.\nActual: {}.{}", violation.expected, violation.actual, chain);
  finding.reproduce = evidence.reproduce;
  finding.replay = evidence.replay;
  finding.schedule =
      reports::Schedule{evidence.trace.events().size(), context_switches(evidence.trace), false};
  finding.trace = trace_steps(evidence.trace, names, why);

  std::string text = fmt::format(
      "\nFINDING {}: {} in {}{}{}\n"
      "  property   {} {}: {}\n"
      "  expected   {}\n"
      "  actual     {}\n"
      "  in short   {}\n"
      "  why{}\n{}\n{}\n"
      "  reproduce  {}\n\n",
      finding.signature, awlab::to_string(violation.kind), where_of(evidence),
      evidence.where.empty() ? "" : ", ", evidence.where, property.id, property.name, property.law,
      violation.expected, violation.actual, finding.summary, chain,
      missing_order(why, evidence.trace, names),
      trace_table(for_people(evidence.trace, violation.thread == kOutside), names),
      finding.reproduce);
  return {std::move(finding), std::move(text)};
}

ShownTrace describe_trace(const SubjectInfo& subject, const Trace& trace, TraceNames names) {
  names = with_states(subject, std::move(names));
  return {trace_steps(trace, names, {}), trace_table(for_people(trace, false), names)};
}

}  // namespace awlab::lane
