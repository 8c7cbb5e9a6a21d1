#include "fuzz/schedule/load.hpp"

#include <fmt/format.h>

#include "core/scenario/scenario_info.hpp"
#include "fuzz/schedule/input.hpp"
#include "reports/model/report_file.hpp"
#include "reports/model/report_json.hpp"

namespace awlab {
namespace {

constexpr std::size_t kMostBytes = 1'000'000;

// The complaint about a schedule that decodes; empty if it is all right.
std::string complaint(const Schedule& schedule) {
  if (schedule.program) return "";
  const ScenarioInfo* scenario = find_scenario(schedule.scenario);
  if (scenario == nullptr) {
    return fmt::format("unknown scenario '{}'; accepted: those of lab list scenarios",
                       schedule.scenario);
  }
  if (schedule.producers < scenario->min_producers ||
      schedule.producers > scenario->max_producers()) {
    return fmt::format("scenario {} takes {} to {} producers, not {}", scenario->name,
                       scenario->min_producers, scenario->max_producers(), schedule.producers);
  }
  return "";
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
  const reports::Result<std::string> bytes = reports::read_file(file, kMostBytes);
  if (!bytes) {
    return reports::Error{bytes.error()};
  }
  if (bytes.value().starts_with(Input::kMagic)) return from_input(bytes.value());
  reports::Result<Schedule> schedule = decode(bytes.value());
  const std::string wrong = schedule ? complaint(schedule.value()) : schedule.error();
  if (!wrong.empty()) {
    return reports::Error{fmt::format("{}: {}", reports::one_line(file), wrong)};
  }
  return schedule;
}

}  // namespace awlab
