#include "stress/checkpoint.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "reports/lane/programs.hpp"
#include "reports/model/report_file.hpp"

namespace awlab::stress {
namespace {

constexpr std::string_view kLane = "stress-";

bool is_of_this_lane(const reports::Report& report) {
  return report.lanes.size() == 1 && report.lanes[0].lane.starts_with(kLane);
}

reports::Result<Checkpoint> checkpoint_of(reports::Report report) {
  if (!is_of_this_lane(report)) return reports::Error{"it is not the report of a stress run"};
  const reports::Lane& done = report.lanes[0];
  const auto options = parse_command(report.run.command);
  if (!options) return reports::Error{"its command is not one of lab stress"};
  const auto rows = done.coverage.find("rows");
  const auto batches = done.stats.find("batches");
  const auto seconds = done.stats.find("played_seconds");
  return tally_from_json(rows == done.coverage.end() ? reports::Json() : *rows, done.stats)
      .and_then([&](const Tally& tally) -> reports::Result<Checkpoint> {
        if (batches == done.stats.end() || !batches->is_number_unsigned() ||
            seconds == done.stats.end() || !seconds->is_number()) {
          return reports::Error{"its stats do not tell how much was played"};
        }
        Checkpoint checkpoint{.report = {},
                              .options = *options,
                              .tally = tally,
                              .batch = batches->get<std::uint64_t>(),
                              .seconds = seconds->get<double>()};
        checkpoint.report = std::move(report);
        return checkpoint;
      });
}

}  // namespace

std::string Checkpoint::build() const { return report->lanes[0].lane.substr(kLane.size()); }

reports::Result<Checkpoint> read_checkpoint(const std::string& directory) {
  const std::filesystem::path path = lane::report_in(directory);
  return reports::read_report(path).and_then([&](reports::Report report) {
    return checkpoint_of(std::move(report)).map_error([&](const std::string& wrong) {
      return fmt::format("cannot resume from {}: {}", path.string(), wrong);
    });
  });
}

}  // namespace awlab::stress
