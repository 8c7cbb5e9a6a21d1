#include "reports/lane/evidence.hpp"

#include <fmt/format.h>

#include <algorithm>

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

bool is_decisive(Index i, const Story& why) {
  return i == why.site || i == why.other ||
         std::ranges::any_of(why.claims, [&](const Claim& claim) { return claim.a == i; });
}

std::vector<reports::TraceStep> trace_steps(const History& history, const Wording& wording,
                                            const TraceNames& names, const Story& why) {
  std::vector<reports::TraceStep> steps;
  for (Index i = 0; i < history.size(); ++i) {
    const TraceEvent& event = history[i];
    reports::TraceStep step;
    step.step = steps.size();
    step.thread = static_cast<std::uint64_t>(event.thread);
    step.thread_name = event.thread == kOutside ? "outside" : names.threads[as_size(event.thread)];
    step.call = awlab::to_string(event.call);
    step.operation = awlab::to_string(event.step);
    if (event.step < Step::kCall) {
      if (is_atomic(event.step) || is_of_waiting(event.step) || is_plain(event.step)) {
        step.object = wording.objects().name(i).text;
      }
      step.site = short_function(event.function);
    } else if (event.waker != kNoWaker) {
      step.object = names.wakers[as_size(event.waker)];
    }
    if (is_atomic(event.step)) {
      step.order = awlab::to_string(event.order);
      if (is_read(event.step)) {
        step.value_read = wording.objects().value(event.read, i);
        if (event.reads_from != kInitial) {
          step.reads_from = static_cast<std::uint64_t>(event.reads_from);
        }
      }
      if (is_write(event.step)) {
        step.value_written = wording.objects().value(event.written, i);
      }
    }
    if (is_decisive(i, why)) step.note = "decisive";
    steps.push_back(std::move(step));
  }
  return steps;
}

// The pair of steps that should be ordered but is not, by their numbers in the table.
std::string missing_order(const Story& why, const Wording& wording) {
  if (!why.missing) {
    return "";
  }
  const auto step = [&](Index i) {
    return fmt::format("step {} ({}: {})", i, wording.actor(i), wording.event(i));
  };
  return fmt::format("  missing    no happens-before from {}\n             to {}\n",
                     step(why.missing->first), step(why.missing->second));
}

// The end of what people see: without the final checks from the outside, unless one of them failed.
Index end_for_people(const History& history, bool outside_failed) {
  Index end = history.size();
  while (!outside_failed && end > 0 && history[end - 1].thread == kOutside) --end;
  return end;
}

// A program brings its own threads and has no number of producers.
bool has_producers(const Evidence& evidence) {
  return evidence.producers > 0 || find_scenario(evidence.scenario) != nullptr;
}

std::string where_of(const Evidence& evidence) {
  return has_producers(evidence) ? fmt::format("{}, N = {}", evidence.scenario, evidence.producers)
                                 : "a " + evidence.scenario;
}

std::string signature_of(const Violation& violation, const Explanation& why) {
  if (violation.kind == Kind::kCrash) {  // of what crashed and how, whatever others had called last
    return reports::make_signature(violation.kind, info(violation.property).id, "",
                                   violation.actual);
  }
  return reports::make_signature(violation.kind, info(violation.property).id, why.site, why.cause);
}

}  // namespace

std::string signature_of(const SubjectInfo& subject, const Violation& violation, const Trace& trace,
                         const TraceNames& names) {
  const TraceNames all_names = with_states(subject, names);
  const History history(trace);
  const Wording wording(history, all_names);
  return signature_of(violation, explain(violation, history, wording, subject.own));
}

Found describe_finding(const SubjectInfo& subject, const Evidence& evidence) {
  const Violation& violation = evidence.violation;
  const TraceNames names = with_states(subject, evidence.names);
  const History history(evidence.trace);
  const Wording wording(history, names);
  const Explanation why = explain(violation, history, wording, subject.own);
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
  finding.trace = trace_steps(history, wording, names, why.story);

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
      missing_order(why.story, wording),
      trace_table(history, wording, names, end_for_people(history, violation.thread == kOutside)),
      finding.reproduce);
  return {std::move(finding), std::move(text)};
}

ShownTrace describe_trace(const SubjectInfo& subject, const Trace& trace, TraceNames names) {
  names = with_states(subject, std::move(names));
  const History history(trace);
  const Wording wording(history, names);
  return {trace_steps(history, wording, names, {}),
          trace_table(history, wording, names, end_for_people(history, false))};
}

}  // namespace awlab::lane
