#include "reports/nightly/nightly_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <optional>
#include <string_view>
#include <vector>

#include "reports/compare/diff.hpp"
#include "reports/export/junit.hpp"
#include "reports/export/sarif.hpp"
#include "reports/lane/lane_options.hpp"
#include "reports/lane/lane_report.hpp"
#include "reports/model/report_file.hpp"
#include "reports/nightly/heartbeat.hpp"
#include "reports/nightly/night.hpp"
#include "reports/nightly/nightly_evidence.hpp"
#include "reports/nightly/nightly_options.hpp"
#include "reports/nightly/output.hpp"
#include "reports/nightly/summary.hpp"

namespace awlab::nightly {
namespace {

bool complain(const reports::Status& status) {
  if (!status) fmt::print(stderr, "lab nightly: {}\n", status.error());
  return !status;
}

int night(const NightlyOptions& options) {
  const reports::Result<Output> output = Output::open(options.out);
  if (!output) return lane::usage_error("nightly", output.error());
  const Output& out = output.value();

  Heartbeat heartbeat(out.file("heartbeat"));
  // A failed save during the night is only reported, because a full disk may have room at the end;
  // a failed first save ends the command.
  Night night(options, heartbeat,
              [&](const reports::Report& report) { complain(out.save(report)); });
  if (complain(out.save(night.report()))) return 2;
  reports::Report report = night.run();
  gather_evidence(options, heartbeat, std::max(options.evidence_seconds, night.left()), report);
  const std::vector<reports::Report> before = out.history(report.subject.name);
  bool failed = complain(out.keep(report));

  const reports::Report* last = before.empty() ? nullptr : &before.back();
  const auto write = [&](std::string_view name, const std::string& text) {
    failed = complain(reports::replace_file(out.file(name), text)) || failed;
  };
  write("report.junit.xml", reports::to_junit(report));
  write("report.sarif", reports::to_sarif(report, last));
  const reports::Status page = dashboard_of(options.out).and_then([&](const std::string& text) {
    return reports::replace_file(out.file("dashboard.html"), text);
  });
  failed = complain(page) || failed;

  std::optional<reports::Difference> difference;
  if (last != nullptr) {
    if (auto compared = reports::diff(before, report)) difference = std::move(compared.value());
  }
  heartbeat.end(report.verdict);
  fmt::print("\n{}", summary(report, difference, options.out));
  // A page that could not be written does not hide a finding.
  const bool told = report.verdict == reports::Verdict::kFail || !failed;
  return told ? reports::exit_code(report.verdict) : 2;
}

}  // namespace

int run_nightly(int argc, char** argv) {
  const auto parsed = parse(argc, argv);
  if (!parsed) return parsed.error();
  lane::end_on_signals();
  return night(*parsed);
}

}  // namespace awlab::nightly
