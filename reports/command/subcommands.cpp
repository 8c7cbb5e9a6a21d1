#include "reports/command/subcommands.hpp"

#include <fmt/format.h>

#include <span>
#include <utility>

#include "reports/compare/diff.hpp"
#include "reports/compare/merge.hpp"
#include "reports/export/junit.hpp"
#include "reports/export/sarif.hpp"
#include "reports/model/report_file.hpp"
#include "reports/model/report_json.hpp"

namespace awlab::reports {
namespace {

// All reports, or an error that names the first file that is not one.
Result<std::vector<Report>> read_all(const std::vector<std::string>& files) {
  std::vector<Report> all;
  for (const std::string& file : files) {
    Result<Report> report = read_report(file);
    if (!report) return Error{report.error()};
    all.push_back(std::move(report.value()));
  }
  return all;
}

int written(const Status& status, const Request& request, std::string_view what) {
  if (!status) return complain(status.error());
  fmt::print("{}: {}\n", one_line(request.out), what);
  return 0;
}

}  // namespace

int complain(std::string_view message) {
  fmt::print(stderr, "lab report: {}\n", one_line(message, 1000));
  return kBadInput;
}

int merge_command(const Request& request) {
  const Result<std::vector<Report>> parts = read_all(request.files);
  if (!parts) return complain(parts.error());
  const Result<Report> whole = merge(parts.value());
  if (!whole) return complain(fmt::format("merge: {}", whole.error()));
  return written(write_report(request.out, whole.value()), request,
                 fmt::format("{} reports, {}, lanes: {}, findings: {}", request.files.size(),
                             to_string(whole.value().verdict), whole.value().lanes.size(),
                             whole.value().findings.size()));
}

int diff_command(const Request& request) {
  if (request.files.size() < 2) return complain("diff: give an old report and a new one");
  const Result<std::vector<Report>> reports = read_all(request.files);
  if (!reports) return complain(reports.error());
  const std::span<const Report> all(reports.value());
  const Result<Difference> difference = diff(all.first(all.size() - 1), all.back());
  if (!difference) return complain(fmt::format("diff: {}", difference.error()));
  if (!request.json.empty()) {
    const std::string text = to_json(difference.value()).dump(1) + "\n";
    if (const Status status = replace_file(request.json, text); !status) {
      return complain(status.error());
    }
  }
  fmt::print("{}", to_text(difference.value()));
  return is_worse(difference.value()) ? 1 : 0;
}

int junit_command(const Request& request) {
  if (request.files.size() > 1) return complain("junit: one FILE at a time");
  const Result<Report> report = read_report(request.files.front());
  if (!report) return complain(report.error());
  return written(replace_file(request.out, to_junit(report.value())), request, "JUnit XML");
}

int sarif_command(const Request& request) {
  if (request.files.size() > 1) return complain("sarif: one FILE at a time");
  const Result<Report> report = read_report(request.files.front());
  if (!report) return complain(report.error());
  if (request.baseline.empty()) {
    return written(replace_file(request.out, to_sarif(report.value())), request, "SARIF 2.1.0");
  }
  const Result<Report> before = read_report(request.baseline);
  if (!before) return complain(before.error());
  return written(replace_file(request.out, to_sarif(report.value(), &before.value())), request,
                 "SARIF 2.1.0");
}

}  // namespace awlab::reports
