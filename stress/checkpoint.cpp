#include "stress/checkpoint.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "reports/model/report_file.hpp"

namespace awlab::stress {
namespace {

std::string complaint(const reports::Report& report, const std::string& lane,
                      const lane::Subject& subject) {
  if (report.lanes.size() != 1 || !report.lanes[0].lane.starts_with("stress-")) {
    return "it is not the report of a stress run";
  }
  if (report.lanes[0].lane != lane || report.subject.name != subject.info.name) {
    return fmt::format("it is of {} on {}, and this is {} on {}", report.lanes[0].lane,
                       report.subject.name, lane, subject.info.name);
  }
  return report.subject.sha256 == subject.info.sha256
             ? ""
             : "the subject has changed since: begin a new run";
}

}  // namespace

reports::Result<Checkpoint> read_checkpoint(const std::string& directory, const std::string& lane,
                                            const lane::Subject& subject) {
  const std::filesystem::path path = std::filesystem::path(directory) / "report.json";
  auto report = reports::read_report(path);
  if (!report) return reports::Error{report.error()};
  const auto wrong = [&](const std::string& what) {
    return reports::Error{fmt::format("cannot resume from {}: {}", path.string(), what)};
  };
  if (const std::string what = complaint(report.value(), lane, subject); !what.empty()) {
    return wrong(what);
  }
  const reports::Lane& done = report.value().lanes[0];
  auto options = parse_command(report.value().run.command);
  if (!options) return wrong("its command is not one of lab stress");
  const auto rows = done.coverage.find("rows");
  auto tally = tally_from_json(rows == done.coverage.end() ? reports::Json() : *rows, done.stats);
  const auto batches = done.stats.find("batches");
  if (!tally) return wrong(tally.error());
  const auto seconds = done.stats.find("played_seconds");
  if (batches == done.stats.end() || !batches->is_number_unsigned() ||
      seconds == done.stats.end() || !seconds->is_number()) {
    return wrong("its stats do not tell how much was played");
  }
  Checkpoint checkpoint{.report = {},
                        .options = *options,
                        .tally = tally.value(),
                        .batch = batches->get<std::uint64_t>(),
                        .seconds = seconds->get<double>()};
  checkpoint.report = std::move(report.value());
  return checkpoint;
}

}  // namespace awlab::stress
