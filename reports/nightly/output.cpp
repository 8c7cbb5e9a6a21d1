#include "reports/nightly/output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "reports/dashboard/history.hpp"
#include "reports/dashboard/page.hpp"
#include "reports/model/report_file.hpp"

namespace awlab::nightly {
namespace {

// Other commands also leave a report.json in this directory by default.
bool is_of_a_night(const reports::Report& report) {
  return (report.run.command + " ").starts_with("./lab nightly ");
}

// Adapts paths: the page stands beside the directory of its reports, not in it.
void name_from_above(std::vector<reports::Finding>& findings) {
  for (reports::Finding& finding : findings) {
    if (finding.artifact && finding.artifact->starts_with("../")) finding.artifact->erase(0, 3);
  }
}

}  // namespace

reports::Result<Output> Output::open(const std::filesystem::path& directory) {
  return lane::DirectoryLock::take(directory).and_then([&](lane::DirectoryLock lock) {
    Output output(directory, std::move(lock));
    return output.prepare_history().map([&] { return std::move(output); });
  });
}

reports::Status Output::prepare_history() const {
  std::error_code failed;
  std::filesystem::create_directory(file("history"), failed);
  if (failed) {
    return reports::Error{fmt::format("cannot make the directory {}: {}", file("history").string(),
                                      failed.message())};
  }
  reports::Result<reports::Report> last = reports::read_report(file("report.json"));
  if (last && is_of_a_night(last.value()) &&
      !std::filesystem::exists(file_in_history(last.value()))) {
    return put_into_history(std::move(last.value()));
  }
  return {};
}

std::filesystem::path Output::file_in_history(const reports::Report& report) const {
  return file("history") / (report.run.id + ".json");
}

reports::Status Output::put_into_history(reports::Report report) const {
  for (reports::Finding& finding : report.findings) {
    if (finding.artifact) finding.artifact = "../" + *finding.artifact;
  }
  return reports::write_report(file_in_history(report), report);
}

std::vector<reports::Report> Output::history(const std::string& subject) const {
  std::vector<reports::Report> nights;
  std::error_code failed;
  for (const auto& entry : std::filesystem::directory_iterator(file("history"), failed)) {
    reports::Result<reports::Report> report = reports::read_report(entry.path());
    if (!report || report.value().subject.name != subject) continue;
    for (reports::Finding& finding : report.value().findings) finding.trace.clear();
    nights.push_back(std::move(report.value()));
  }
  std::ranges::sort(nights, {}, [](const reports::Report& night) { return night.run.started_at; });
  return nights;
}

reports::Status Output::save(const reports::Report& report) const {
  return reports::write_report(file("report.json"), report);
}

reports::Status Output::keep(const reports::Report& report) const {
  return save(report).and_then([&] { return put_into_history(report); });
}

reports::Result<std::string> dashboard_of(const std::filesystem::path& directory) {
  std::vector<std::filesystem::path> sources;
  for (const char* name : {"history", "matrix.json"}) {
    if (std::filesystem::exists(directory / name)) sources.push_back(directory / name);
  }
  return reports::read_history(sources).map([](reports::History history) {
    name_from_above(history.latest.findings);
    if (history.previous) name_from_above(history.previous->findings);
    return reports::render_dashboard(history);
  });
}

}  // namespace awlab::nightly
