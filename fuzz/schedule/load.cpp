#include "fuzz/schedule/load.hpp"

#include <fmt/format.h>

#include "core/scenario/scenario_info.hpp"
#include "fuzz/schedule/input.hpp"
#include "reports/model/report_file.hpp"
#include "reports/model/report_json.hpp"

namespace awlab {
namespace {

constexpr std::size_t kMostBytes = 1'000'000;

// The schedule, if there are such executions.
reports::Result<Schedule> checked(Schedule schedule) {
  if (schedule.program) return schedule;
  const ScenarioInfo* scenario = find_scenario(schedule.scenario);
  if (scenario == nullptr) {
    return reports::Error{fmt::format(
        "unknown scenario '{}'; accepted: those of lab list scenarios", schedule.scenario)};
  }
  if (schedule.producers < scenario->min_producers ||
      schedule.producers > scenario->max_producers()) {
    return reports::Error{fmt::format("scenario {} takes {} to {} producers, not {}",
                                      scenario->name, scenario->min_producers,
                                      scenario->max_producers(), schedule.producers)};
  }
  return schedule;
}

Schedule from_input(const std::string& bytes) {
  Input input;
  input.decode({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  input.normalize();
  return {.subject = {},
          .scenario = std::string(kProgramScenario),
          .program = input.program,
          .signature = {},
          .decisions = input.decisions,
          .steps = {}};
}

}  // namespace

reports::Result<Schedule> load_schedule(const std::string& file) {
  return reports::read_file(file, kMostBytes)
      .and_then([&](const std::string& bytes) -> reports::Result<Schedule> {
        if (bytes.starts_with(Input::kMagic)) return from_input(bytes);
        return decode(bytes).and_then(checked).map_error([&](const std::string& wrong) {
          return fmt::format("{}: {}", reports::one_line(file), wrong);
        });
      });
}

}  // namespace awlab
