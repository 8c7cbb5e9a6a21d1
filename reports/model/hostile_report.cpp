#include "reports/model/hostile_report.hpp"

#include <string_view>
#include <utility>

#include "reports/model/example_report.hpp"

namespace awlab::reports {
namespace {

void spoil(Finding& finding) {
  const std::string text = hostile_text();
  for (std::string* field :
       {&finding.property, &finding.scenario, &finding.subject, &finding.signature,
        &finding.summary, &finding.explanation, &finding.reproduce}) {
    *field += text;
  }
  finding.artifact = text;
  for (TraceStep& step : finding.trace) {
    for (std::string* field :
         {&step.thread_name, &step.call, &step.operation, &step.object, &step.note, &step.site}) {
      *field += text;
    }
    step.order = step.value_read = step.value_written = text;
  }
}

std::vector<TraceStep> long_trace() {
  std::vector<TraceStep> trace;
  for (std::uint64_t i = 0; i < 5000; ++i) {
    trace.push_back(
        {.step = 2 * i, .thread = i % 7, .thread_name = "producer", .operation = "load"});
  }
  return trace;
}

}  // namespace

std::string hostile_text() {
  using namespace std::string_view_literals;
  return std::string(
      "<b a='1'>&amp;\"]]><!-- --\r\n\t\0\x1B\x7F\x85\xC3(\xE2\x82\xED\xA0\x80\xFF\uFFFE\uFFFF"
      "\u202E\U0001D11E{0}%n[link](https://example.invalid/)\\"sv);
}

Report hostile_report() {
  const std::string text = hostile_text();
  Report report = example_failing_report();
  for (std::string* field : {&report.tool.name, &report.tool.version, &report.run.id,
                             &report.run.command, &report.subject.name, &report.subject.source}) {
    *field += text;
  }
  Finding finding = report.findings.front();
  report.findings.clear();
  finding.trace[0].thread_name = "thread \xFE";
  finding.trace[1].thread_name = "thread \xFF";
  spoil(finding);
  add_finding(report, finding);
  finding.trace.clear();
  finding.signature += "-2";
  add_finding(report, finding);
  finding.trace = long_trace();
  finding.signature += "-3";
  add_finding(report, finding);
  for (Lane& lane : report.lanes) {
    lane.lane += text;
    for (Canary& canary : lane.canaries) canary.fault += text;
  }
  for (Finding& one : report.findings) one.lane += text;
  report.findings.back().lane = "a lane that is not there " + text;
  return report;
}

}  // namespace awlab::reports
