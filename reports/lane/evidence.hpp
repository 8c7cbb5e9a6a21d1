// From a violation and the trace of its execution to a finding: for the report, and for people.
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
  std::string where;  // which execution it was, in words; may be empty
  Violation violation;
  const Trace& trace;
  TraceNames names;
  std::string reproduce;  // one command
  reports::Replay replay;
};

struct Found {
  reports::Finding finding;
  std::string text;  // all of it for a terminal, with the history of the execution
};

/// What the evidence amounts to.
Found describe_finding(const SubjectInfo& subject, const Evidence& evidence);

struct ShownTrace {
  std::vector<reports::TraceStep> steps;
  std::string table;  // for a terminal
};

/// An execution without a violation.
ShownTrace describe_trace(const SubjectInfo& subject, const Trace& trace, TraceNames names);

}  // namespace awlab::lane

#endif  // AWLAB_REPORTS_LANE_EVIDENCE_HPP_
