#include "reports/export/junit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/support/as_size.hpp"
#include "reports/model/inconclusive.hpp"
#include "reports/page/interleaving_text.hpp"

namespace awlab::reports {
namespace {

// The two kinds of "not passed": a failure concerns the subject or a canary, an error the run.
constexpr std::string_view kFailure = "failure";
constexpr std::string_view kError = "error";

struct CaseOutcome {
  std::string_view element;
  std::string message;
  std::string type;
  std::string body{};
};

struct Case {
  std::string classname;
  std::string name;
  double seconds = 0;
  std::optional<CaseOutcome> outcome{};  // empty: passed
};

struct Suite {
  std::string name;
  double seconds = 0;
  std::vector<Case> cases{};

  [[nodiscard]] std::size_t count(std::string_view element) const {
    return as_size(std::ranges::count_if(
        cases, [&](const Case& one) { return one.outcome && one.outcome->element == element; }));
  }
};

bool found_by(const Finding& finding, std::string_view lane) {
  return finding.lane == lane || std::ranges::count(finding.also_in, lane) > 0;
}

Case case_of(const Finding& finding, const std::string& lane) {
  std::string body = fmt::format("{}\nreproduce: {}\n", finding.explanation, finding.reproduce);
  if (finding.artifact) body += fmt::format("artifact: {}\n", *finding.artifact);
  return {.classname = fmt::format("{}.{}", lane, finding.scenario),
          .name = finding.signature,
          .outcome = CaseOutcome{kFailure, finding.summary, std::string(to_string(finding.kind)),
                                 std::move(body)}};
}

Case case_of(const Canary& canary, const std::string& lane) {
  Case result{
      .classname = lane, .name = fmt::format("canary {}", canary.fault), .seconds = canary.seconds};
  if (!canary.killed) {
    result.outcome = CaseOutcome{kFailure, "the lane did not find this fault", "canary"};
  }
  return result;
}

Case verdict_of(const Report& report, const Lane& lane) {
  Case result{.classname = lane.lane, .name = "verdict"};
  if (lane.verdict == Verdict::kInconclusive) {
    result.outcome = CaseOutcome{kError, why_inconclusive(report, lane), "inconclusive"};
  } else if (lane.verdict == Verdict::kFail) {
    result.outcome = CaseOutcome{kFailure, "the lane has findings", "fail"};
  }
  return result;
}

Suite suite_of(const Report& report, const Lane& lane) {
  Suite suite{.name = lane.lane, .seconds = lane.seconds};
  for (const Canary& canary : lane.canaries) suite.cases.push_back(case_of(canary, lane.lane));
  suite.cases.push_back(verdict_of(report, lane));
  for (const Finding& finding : report.findings) {
    if (found_by(finding, lane.lane)) suite.cases.push_back(case_of(finding, lane.lane));
  }
  return suite;
}

// Cases for the run itself: a killed run may have only green lanes, or none at all; and a report
// that did not come from parse_report() may have findings of lanes that it does not list.
Suite suite_of_run(const Report& report) {
  Suite suite{.name = "run"};
  if (!report.run.finished_at || report.lanes.empty()) {
    suite.cases.push_back(
        {.classname = "run",
         .name = "finished",
         .outcome =
             CaseOutcome{kError, report.run.finished_at ? "no lane ran" : "the run did not finish",
                         "inconclusive"}});
  }
  for (const Finding& finding : report.findings) {
    if (std::ranges::none_of(report.lanes,
                             [&](const Lane& lane) { return found_by(finding, lane.lane); })) {
      suite.cases.push_back(case_of(finding, finding.lane));
    }
  }
  return suite;
}

// The content of an attribute. A reader turns its line breaks and tabs into spaces, unless they are
// references.
std::string attribute(std::string_view text) {
  std::string out;
  for (const char c : escaped(text)) {
    out += c == '\n' ? "&#10;" : c == '\t' ? "&#9;" : std::string(1, c);
  }
  return out;
}

std::string seconds(double value) {
  return fmt::format("{:.3f}", std::isfinite(value) ? value : 0);
}

class Writer {
 public:
  std::string write(const Report& report, const std::vector<Suite>& suites) {
    std::size_t tests = 0;
    std::size_t failures = 0;
    std::size_t errors = 0;
    double time = 0;
    for (const Suite& suite : suites) {
      tests += suite.cases.size();
      failures += suite.count(kFailure);
      errors += suite.count(kError);
      time += suite.seconds;
    }
    put("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<testsuites name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"0\" "
        "time=\"{}\" timestamp=\"{}\">\n",
        attribute(report.tool.name), tests, failures, errors, seconds(time),
        attribute(report.run.started_at));
    for (const Suite& suite : suites) write_suite(suite, report.run.started_at);
    out_ += "</testsuites>\n";
    return std::move(out_);
  }

 private:
  template <class... Args>
  void put(fmt::format_string<Args...> format, Args&&... args) {
    out_ += fmt::format(format, std::forward<Args>(args)...);
  }

  void write_suite(const Suite& suite, const std::string& started_at) {
    put(" <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"0\" "
        "time=\"{}\" timestamp=\"{}\">\n",
        attribute(suite.name), suite.cases.size(), suite.count(kFailure), suite.count(kError),
        seconds(suite.seconds), attribute(started_at));
    for (const Case& one : suite.cases) write_case(one);
    out_ += " </testsuite>\n";
  }

  void write_case(const Case& one) {
    put("  <testcase classname=\"{}\" name=\"{}\" time=\"{}\"", attribute(one.classname),
        attribute(one.name), seconds(one.seconds));
    if (!one.outcome) {
      out_ += "/>\n";
      return;
    }
    put(">\n   <{0} message=\"{1}\" type=\"{2}\">{3}</{0}>\n  </testcase>\n", one.outcome->element,
        attribute(one.outcome->message), attribute(one.outcome->type), escaped(one.outcome->body));
  }

  std::string out_;
};

}  // namespace

std::string to_junit(const Report& report) {
  std::vector<Suite> suites;
  for (const Lane& lane : report.lanes) suites.push_back(suite_of(report, lane));
  if (Suite run = suite_of_run(report); !run.cases.empty()) suites.push_back(std::move(run));
  return Writer().write(report, suites);
}

}  // namespace awlab::reports
