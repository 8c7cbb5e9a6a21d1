#include "reports/nightly/output.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "reports/dashboard/history.hpp"
#include "reports/dashboard/page.hpp"
#include "reports/report_file.hpp"

namespace awlab::nightly {
namespace {

std::filesystem::path file_in_history(const reports::Report& report) {
  return std::filesystem::path("history") / (report.run.id + ".json");
}

}  // namespace

reports::Result<Output> Output::open(const std::filesystem::path& directory) {
  std::error_code failed;
  std::filesystem::create_directories(directory / "history", failed);
  if (failed) {
    return reports::Error{
        fmt::format("cannot make the directory {}: {}", directory.string(), failed.message())};
  }
  const int lock = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) != 0) {
    close(lock);
    return reports::Error{fmt::format(
        "another run writes to {}: wait for its end, or give another --out", directory.string())};
  }
  Output output(directory, lock);
  const auto last = reports::read_report(output.file("report.json"));
  if (last && !std::filesystem::exists(output.file(file_in_history(last.value())))) {
    const reports::Status kept =
        reports::write_report(output.file(file_in_history(last.value())), last.value());
    if (!kept) return reports::Error{kept.error()};
  }
  return output;
}

Output::Output(Output&& other) noexcept
    : directory_(std::move(other.directory_)), lock_(std::exchange(other.lock_, -1)) {}

Output::~Output() {
  if (lock_ >= 0) close(lock_);
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

reports::Result<std::string> Output::dashboard() const {
  std::vector<std::filesystem::path> sources = {file("history")};
  if (std::filesystem::exists(file("matrix.json"))) sources.push_back(file("matrix.json"));
  const reports::Result<reports::History> history = reports::read_history(sources);
  if (!history) return reports::Error{history.error()};
  return reports::render_dashboard(history.value());
}

reports::Status Output::save(const reports::Report& report) const {
  return reports::write_report(file("report.json"), report);
}

reports::Status Output::keep(const reports::Report& report) const {
  if (reports::Status saved = save(report); !saved) return saved;
  return reports::write_report(file(file_in_history(report)), report);
}

}  // namespace awlab::nightly
