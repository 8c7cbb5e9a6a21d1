// Turns a violation and the trace of its execution into a finding, for the report and for people.
#ifndef AWLAB_REPORTS_LANE_EVIDENCE_HPP_
#define AWLAB_REPORTS_LANE_EVIDENCE_HPP_

#include <optional>
#include <string>
#include <vector>

#include "core/contract/contract.hpp"
#include "core/subjects/subject_module.hpp"
#include "core/trace/trace.hpp"
#include "reports/model/report.hpp"

namespace awlab::lane {

struct Evidence {
  std::string lane;
  std::string scenario;
  int producers;
  std::string where;  // description of the execution; may be empty
  Violation violation;
  const Trace& trace;
  TraceNames names;
  std::string reproduce;  // one command
  reports::Replay replay;
};

struct Found {
  reports::Finding finding;
  std::string text;  // everything for a terminal, with the history of the execution
};

/// The signature of the finding that describe_finding() makes of the same violation and execution.
std::string signature_of(const SubjectInfo& subject, const Violation& violation, const Trace& trace,
                         const TraceNames& names);

/// The finding that the evidence shows, and its text.
Found describe_finding(const SubjectInfo& subject, const Evidence& evidence);

struct ShownTrace {
  std::vector<reports::TraceStep> steps;
  std::string table;  // for a terminal
};

/// Shows an execution without a violation.
ShownTrace describe_trace(const SubjectInfo& subject, const Trace& trace, TraceNames names);

}  // namespace awlab::lane

#endif  // AWLAB_REPORTS_LANE_EVIDENCE_HPP_
