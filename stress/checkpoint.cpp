#include "stress/checkpoint.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "reports/model/report_file.hpp"

namespace awlab::stress {
namespace {

constexpr std::string_view kLane = "stress-";

bool is_of_this_lane(const reports::Report& report) {
  return report.lanes.size() == 1 && report.lanes[0].lane.starts_with(kLane);
}

}  // namespace

std::string Checkpoint::build() const { return report->lanes[0].lane.substr(kLane.size()); }

reports::Result<Checkpoint> read_checkpoint(const std::string& directory) {
  const std::filesystem::path path = std::filesystem::path(directory) / "report.json";
  auto report = reports::read_report(path);
  if (!report) return reports::Error{report.error()};
  const auto wrong = [&](const std::string& what) {
    return reports::Error{fmt::format("cannot resume from {}: {}", path.string(), what)};
  };
  if (!is_of_this_lane(report.value())) return wrong("it is not the report of a stress run");
  const reports::Lane& done = report.value().lanes[0];
  auto options = parse_command(report.value().run.command);
  if (!options) return wrong("its command is not a lab stress command");
  const auto rows = done.coverage.find("rows");
  auto tally = tally_from_json(rows == done.coverage.end() ? reports::Json() : *rows, done.stats);
  const auto batches = done.stats.find("batches");
  if (!tally) return wrong(tally.error());
  const auto seconds = done.stats.find("played_seconds");
  if (batches == done.stats.end() || !batches->is_number_unsigned() ||
      seconds == done.stats.end() || !seconds->is_number()) {
    return wrong("its stats lack batches or played_seconds");
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
